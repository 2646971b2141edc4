-- JSON: a parser with positions of errors, a compact and an indenting printer, queries by path, merging, a generator for a round trip.
import Data.Char
import Data.List
import Numeric

data Json = Null | Bool Bool | Number Double | String String | Array [Json] | Object [(String, Json)] deriving (Show, Eq, Ord)

newtype Parser a = Parser { parse :: String -> Int -> Either (Int, String) (a, String, Int) }
instance Functor Parser where fmap f p = p >>= return . f
instance Applicative Parser where { pure a = Parser (\s n -> Right (a, s, n)); pf <*> pa = pf >>= \f -> fmap f pa }
instance Monad Parser where Parser p >>= f = Parser (\s n -> p s n >>= \(a, s', n') -> parse (f a) s' n')

failAt :: String -> Parser a
failAt message = Parser (\_ n -> Left (n, message))

peek :: Parser Char
peek = Parser (\s n -> Right (case s of { c : _ -> c; [] -> '\0' }, s, n))

next :: Parser Char
next = Parser (\s n -> case s of { c : cs -> Right (c, cs, n + 1); [] -> Left (n, "unexpected end") })

spaces :: Parser ()
spaces = peek >>= \c -> if c /= '\0' && isSpace c then next >> spaces else return ()

token :: Char -> Parser ()
token c = do
  spaces
  d <- peek
  if c == d then next >> return () else failAt ("expected " ++ show c ++ (if d == '\0' then " at the end" else " but found " ++ show d))

value :: Parser Json
value = spaces >> peek >>= \c -> case c of
  '{' -> next >> Object <$> items '}' member
  '[' -> next >> Array <$> items ']' value
  '"' -> next >> String <$> string
  't' -> word "true" (Bool True)
  'f' -> word "false" (Bool False)
  'n' -> word "null" Null
  _ | c == '-' || isDigit c -> number
    | c == '\0' -> failAt "unexpected end"
    | otherwise -> failAt ("unexpected " ++ show c)
  where member = do { token '"'; k <- string; token ':'; v <- value; return (k, v) }

word :: String -> Json -> Parser Json
word w j = mapM_ (\c -> peek >>= \d -> if c == d then next >> return () else failAt ("expected " ++ w)) w >> return j

items :: Char -> Parser a -> Parser [a]
items end item = spaces >> peek >>= \c -> if c == end then next >> return [] else go
  where go = do
          x <- item
          spaces
          c <- peek
          if c == ',' then next >> fmap (x :) go else token end >> return [x]

number :: Parser Json
number = do
  sign <- optional (== '-')
  whole <- digits
  fraction <- peek >>= \c -> if c == '.' then next >> fmap ('.' :) digits else return ""
  e <- optional (`elem` "eE")
  expo <- if null e then return "" else do { s <- optional (`elem` "+-"); d <- digits; return ('e' : filter (/= '+') s ++ d) }
  return (Number ((if null sign then id else negate) (read (whole ++ (if null fraction then ".0" else fraction) ++ expo))))
  where optional test = peek >>= \c -> if test c then next >> return [c] else return ""
        digits = do
          c <- peek
          if isDigit c then next >> more [c] else failAt "expected a digit"
        more acc = peek >>= \c -> if isDigit c then next >> more (c : acc) else return (reverse acc)

string :: Parser String
string = next >>= \c -> case c of
  '"' -> return ""
  '\\' -> next >>= escape >>= \d -> fmap (d :) string
  _ | c < ' ' -> failAt "control character in a string"
    | otherwise -> fmap (c :) string
  where escape e = case lookup e (zip "\"\\/bfnrt" "\"\\/\b\f\n\r\t") of
          Just d -> return d
          Nothing | e == 'u' -> chr . fst . head . readHex <$> mapM (const next) [1 .. 4 :: Int]
                  | otherwise -> failAt ("unknown escape " ++ show e)

decode :: String -> Either String Json
decode s = case parse (value <* spaces) s 0 of
  Left (n, m) -> Left (let before = take n s in show (1 + length (filter (== '\n') before)) ++ ":" ++ show (1 + length (takeWhile (/= '\n') (reverse before))) ++ ": " ++ m)
  Right (j, "", _) -> Right j
  Right (_, rest, _) -> Left ("left over: " ++ take 10 rest)

quote :: String -> String
quote s = "\"" ++ concatMap q s ++ "\""
  where q c | Just e <- lookup c (zip "\"\\\b\f\n\r\t" "\"\\bfnrt") = ['\\', e]
            | c < ' ' || (c > '~' && c < '\x10000') = "\\u" ++ replicate (4 - length (hex c)) '0' ++ hex c
            | otherwise = [c]
        hex c = showHex (ord c) ""

compact :: Json -> String
compact j = case j of
  Null -> "null"
  Bool b -> map toLower (show b)
  Number d | d == fromInteger (round d) && abs d < 1e15 -> show (round d :: Integer)
           | otherwise -> show d
  String s -> quote s
  Array js -> "[" ++ intercalate "," (map compact js) ++ "]"
  Object ms -> "{" ++ intercalate "," [quote k ++ ":" ++ compact v | (k, v) <- ms] ++ "}"

pretty :: Int -> Json -> [String]
pretty width j
  | length (compact j) <= width = [compact j]
  | otherwise = case j of
      Array js -> ["["] ++ indent (separate (map (pretty (width - 2)) js)) ++ ["]"]
      Object ms -> ["{"] ++ indent (separate [label k (pretty (width - 2) v) | (k, v) <- ms]) ++ ["}"]
      _ -> [compact j]
  where indent = map ("  " ++)
        separate bs = concat (zipWith (\k b -> if k == length bs then b else init b ++ [last b ++ ","]) [1 ..] bs)
        label k (l : ls) = (quote k ++ ": " ++ l) : ls
        label _ [] = []

at :: [String] -> Json -> Maybe Json
at [] j = Just j
at (k : ks) (Object ms) = lookup k ms >>= at ks
at (k : ks) (Array js) | all isDigit k, n <- read k, n < length js = at ks (js !! n)
at _ _ = Nothing

merge :: Json -> Json -> Json
merge (Object a) (Object b) = Object ([(k, maybe v (merge v) (lookup k b)) | (k, v) <- a] ++ [m | m@(k, _) <- b, k `notElem` map fst a])
merge _ b = b

generate :: Int -> Int -> Json
generate depth seed = case seed `mod` (if depth == 0 then 4 else 6) of
  0 -> Null
  1 -> Bool (even (seed `div` 7))
  2 -> Number (fromIntegral (seed `mod` 10007 - 5000) / 8)
  3 -> String (map (\k -> chr (30 + seed * k `mod` 400)) [1 .. seed `mod` 9])
  4 -> Array [generate (depth - 1) (step (seed + k)) | k <- [1 .. seed `mod` 5]]
  _ -> Object [("k" ++ show k, generate (depth - 1) (step (seed * k))) | k <- [1 .. seed `mod` 4]]
  where step s = (s * 69069 + 12345) `mod` 1000003

sample :: String
sample = "{ \"name\": \"heap \\\"A\\\"\", \"size\": 4096, \"ratio\": -2.5e-3, \"tags\": [\"old\", \"\\u03bb\\n\", null, true],\n  \"generations\": [{\"n\": 0, \"blocks\": [1, 2, 3]}, {\"n\": 1, \"blocks\": [], \"limits\": {\"low\": 1E2, \"high\": 1e+3}}] }"

main :: IO ()
main = do
  let Right j = decode sample
  putStrLn (compact j)
  mapM_ putStrLn (pretty 40 j)
  print (fmap compact (at ["generations", "1", "limits", "high"] j), at ["tags", "9"] j, at ["tags", "1"] j)
  putStrLn (compact (merge j (Object [("size", Number 8192), ("new", Null), ("generations", String "gone")])))
  mapM_ (putStrLn . either ("error " ++) compact . decode)
    ["", "[1, 2", "{\"a\" 1}", "[1,]", "nul", "\"abc", "[1] 2", "{\"a\":\n  [tru]}", "-", "01", "\"\\x\"", "[[[[]]]]", "  -0.5  ", "1e5", "123456789012345678", "\"tab\there\""]
  let js = map (generate 4) [1 .. 60]
  print (and [decode (compact x) == Right x && decode (unlines (pretty 30 x)) == Right x | x <- js])
  print (sum (map (length . compact) js), maximum (map depth js), take 3 (sort js))
  where depth (Array as) = 1 + maximum (0 : map depth as)
        depth (Object ms) = 1 + maximum (0 : map (depth . snd) ms)
        depth _ = 0 :: Int
