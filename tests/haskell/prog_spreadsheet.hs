-- A spreadsheet evaluated lazily through a knot of cells: formulas with ranges, dependencies in order, cycles found before they are followed, a rendered table.
import Data.Array
import Data.Char
import Data.List
import Data.Maybe

type Ref = (Int, Int)

data Formula = Num Double | Label String | Cell Ref | Bin Char Formula Formula | Fn String [Formula] | Range Ref Ref deriving (Show, Eq)
data Value = Number Double | Text String | Fault String deriving Eq

instance Show Value where
  show (Number d) | d == fromInteger (round d) = show (round d :: Integer)
                  | otherwise = show (fromInteger (round (d * 1000)) / 1000 :: Double)
  show (Text s) = s
  show (Fault e) = "#" ++ e

parse :: String -> Formula
parse s = case dropWhile isSpace s of
  '=' : e -> case expr (filter (not . isSpace) e) of
    Just (f, "") -> f
    _ -> Fn "fault" [Label "syntax"]
  t | [(d, "")] <- reads t -> Num d
    | otherwise -> Label t

type P = String -> Maybe (Formula, String)

expr, term, factor :: P
expr s = term s >>= more
  where more (a, c : r) | c `elem` "+-" = term r >>= \(b, r') -> more (Bin c a b, r')
        more r = Just r
term s = factor s >>= more
  where more (a, c : r) | c `elem` "*/" = factor r >>= \(b, r') -> more (Bin c a b, r')
        more r = Just r
factor s@(c : cs)
  | isDigit c = case reads s of { [(d, r)] -> Just (Num d, r); _ -> Nothing }
  | c == '-' = fmap (\(a, r) -> (Bin '-' (Num 0) a, r)) (factor cs)
  | c == '(' = expr cs >>= \(a, r) -> case r of { ')' : r' -> Just (a, r'); _ -> Nothing }
  | isUpper c = ref s >>= \(a, r) -> case r of
      ':' : r' -> fmap (\(b, r'') -> (Range a b, r'')) (ref r')
      _ -> Just (Cell a, r)
  | isLower c = case span isLower s of
      (f, '(' : r) -> args r >>= \(as, r') -> Just (Fn f as, r')
      _ -> Nothing
factor _ = Nothing

args :: String -> Maybe ([Formula], String)
args s = expr s >>= \(a, r) -> case r of
  ',' : r' -> fmap (\(as, r'') -> (a : as, r'')) (args r')
  ')' : r' -> Just ([a], r')
  _ -> Nothing

ref :: String -> Maybe (Ref, String)
ref (c : r) | isUpper c, (ds@(_ : _), r') <- span isDigit r = Just ((read ds - 1, ord c - 65), r')
ref _ = Nothing

name :: Ref -> String
name (r, c) = chr (65 + c) : show (r + 1)

references :: Formula -> [Ref]
references f = case f of
  Cell r -> [r]
  Bin _ a b -> references a ++ references b
  Fn _ as -> concatMap references as
  Range a b -> range (a, b)
  _ -> []

type Sheet = Array Ref Formula

sheet :: [[String]] -> Sheet
sheet rows = listArray ((0, 0), (length rows - 1, width - 1)) (concatMap (\r -> map parse (take width (r ++ repeat ""))) rows)
  where width = maximum (map length rows)

-- Every cell that reaches itself.
cyclic :: Sheet -> [Ref]
cyclic s = [c | c <- indices s, c `elem` reach (targets c) []]
  where
    targets c = filter (inRange (bounds s)) (references (s ! c))
    reach [] seen = seen
    reach (r : rs) seen | r `elem` seen = reach rs seen
                        | otherwise = reach (targets r ++ rs) (r : seen)

evaluate :: Sheet -> Array Ref Value
evaluate s = values
  where
    loops = cyclic s
    values = array (bounds s) [(c, if c `elem` loops then Fault "cycle" else go f) | (c, f) <- assocs s]
    at c | inRange (bounds s) c = values ! c
         | otherwise = Fault "ref"
    go f = case f of
      Num d -> Number d
      Label t -> Text t
      Cell c -> at c
      Range _ _ -> Fault "range"
      Bin o a b -> operate o (go a) (go b)
      Fn "if" [c, a, b] -> case go c of { Number 0 -> go b; Number _ -> go a; e@(Fault _) -> e; Text _ -> Fault "type" }
      Fn "fault" _ -> Fault "syntax"
      Fn g as -> apply g (concatMap spread as)
    spread (Range a b) = filter (/= Text "") (map at (range (a, b)))
    spread f = [go f]

operate :: Char -> Value -> Value -> Value
operate _ e@(Fault _) _ = e
operate _ _ e@(Fault _) = e
operate '/' (Number _) (Number 0) = Fault "div"
operate o (Number a) (Number b) = Number (case o of { '+' -> a + b; '-' -> a - b; '*' -> a * b; _ -> a / b })
operate '+' a b = Text (show a ++ show b)
operate _ _ _ = Fault "type"

apply :: String -> [Value] -> Value
apply f vs
  | e : _ <- [e | e@(Fault _) <- vs] = e
  | f == "count" = Number (fromIntegral (length vs))
  | null numbers = Fault "empty"
  | otherwise = maybe (Fault "name") (\g -> Number (g numbers)) (lookup f table)
  where
    numbers = [d | Number d <- vs]
    table = [("sum", sum), ("max", maximum), ("min", minimum), ("avg", \ds -> sum ds / fromIntegral (length ds)), ("less", \ds -> if and (zipWith (<) ds (drop 1 ds)) then 1 else 0), ("sqrt", sqrt . head)]

order :: Sheet -> [Ref]
order s = reverse (foldl visit [] (indices s))
  where visit done c | c `elem` done || c `elem` cyclic s || not (inRange (bounds s) c) = done
                     | otherwise = c : foldl visit done (references (s ! c))

render :: Array Ref Value -> [String]
render vs = map (intercalate " | ") (transpose [map (pad (maximum (map length col))) col | col <- columns])
  where
    ((r0, c0), (r1, c1)) = bounds vs
    columns = ("" : map show [r0 + 1 .. r1 + 1]) : [[chr (65 + c)] : [show (vs ! (r, c)) | r <- [r0 .. r1]] | c <- [c0 .. c1]]
    pad n t = replicate (n - length t) ' ' ++ t

main :: IO ()
main = do
  let invoice = sheet
        [ ["item", "price", "count", "total"], ["blocks", "4.096", "256", "=B2*C2"], ["thunks", "0.5", "33", "=B3*C3"], ["arrows", "-1", "=C3-C2", "=B4*C4"]
        , ["", "", "sum", "=sum(D2:D4)"], ["", "", "=count(A1:A9)", "=if(less(100,D5),D5*0.9,D5)"], ["mean", "=avg(B2:B4)", "=max(C2:C4)-min(C2:C4)", "=sqrt(D6)"] ]
      broken = sheet [["=B1", "=C1+1", "=A1", "=D1"], ["1", "=A2/0", "=B2+1", "=sum(A2:C2)"], ["=Z99", "=1+", "=nope(1)", "=A3:B3"], ["text", "=A4*2", "=A4+1", "=if(A2,A1,D4)"], ["=E5", "=count(A1:D1)", "=sum(B9:B9)", "=if(A2,A2,A1)"]]
  mapM_ putStrLn (render (evaluate invoice))
  mapM_ putStrLn (render (evaluate broken))
  print (map name (cyclic broken), map name (order invoice))
  let steps = sheet [["1"] ++ ["=" ++ [chr (64 + k)] ++ "1*2+1" | k <- [1 .. 20]]]
  print (evaluate steps ! (0, 20), length (references (parse "=sum(A1:C9)+D1")), parse "=A1+B2*3", parse "=(1", parse "12.5")
