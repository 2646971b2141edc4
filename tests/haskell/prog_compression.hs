-- Compression: run lengths, LZ77 with a window, LZW with a growing dictionary, move-to-front after Burrows–Wheeler; each goes back exactly.
import Data.Char
import Data.List
import Data.Maybe
import Data.Ord

data Token = Literal Char | Copy Int Int deriving (Show, Eq)

rle :: String -> [(Char, Int)]
rle = map (\g -> (head g, length g)) . group

unrle :: [(Char, Int)] -> String
unrle = concatMap (\(c, n) -> replicate n c)

lz77 :: Int -> String -> [Token]
lz77 window s = go "" s
  where
    go _ [] = []
    go past rest@(c : cs) = case best past rest of
      (len, back) | len >= 3 -> Copy back len : go (remember (reverse (take len rest) ++ past)) (drop len rest)
      _ -> Literal c : go (remember (c : past)) cs
    remember = take window
    best past rest = maximumBy (comparing fst <> comparing (Down . snd)) ((0, 0) : [(common rest (cycled back past rest), back) | back <- [1 .. length past]])
    cycled back past rest = reverse (take back past) ++ rest
    common xs ys = length (takeWhile id (zipWith (==) (take 40 xs) ys))

unlz77 :: [Token] -> String
unlz77 = reverse . foldl' step ""
  where step out (Literal c) = c : out
        step out (Copy back len) = iterate (\o -> (o !! (back - 1)) : o) out !! len

data Trie = Trie { code :: Int, children :: [(Char, Trie)] }

lzw :: String -> [Int]
lzw [] = []
lzw s = go 128 (Trie 0 [(chr k, Trie k []) | k <- [0 .. 127]]) s
  where
    go _ _ [] = []
    go n t rest = let (k, len) = longest t rest 0 in k : go (n + 1) (add n (take (len + 1) rest) t) (drop len rest)
    longest t (c : cs) len | Just u <- lookup c (children t) = longest u cs (len + 1)
    longest t _ len = (code t, len)
    add _ [] t = t
    add n (c : cs) t = case lookup c (children t) of
      Just u -> t { children = (c, add n cs u) : filter ((/= c) . fst) (children t) }
      Nothing -> t { children = (c, Trie n []) : children t }

unlzw :: [Int] -> String
unlzw [] = []
unlzw (k : ks) = let first = entry [] k in first ++ go [] first ks
  where
    entry dict n | n < 128 = [chr n]
                 | otherwise = dict !! (length dict - 1 - (n - 128))
    go _ _ [] = []
    go dict previous (n : ns) = let word = if n - 128 < length dict then entry dict n else previous ++ [head previous]
                                in word ++ go ((previous ++ [head word]) : dict) word ns

bwt :: String -> (Int, String)
bwt s = (fromJust (elemIndex s rotations), map last rotations)
  where rotations = sort (take (length s) (iterate (\r -> tail r ++ [head r]) s))

unbwt :: (Int, String) -> String
unbwt (_, "") = ""
unbwt (start, l) = take (length l) (map snd (tail (iterate (\(k, _) -> order !! k) (start, ' '))))
  where order = [(k, c) | (c, k) <- sort (zip l [0 ..])]

mtf :: String -> [Int]
mtf = snd . mapAccumL step alphabet
  where step table c = let (before, _ : after) = break (== c) table in (c : before ++ after, length before)

unmtf :: [Int] -> String
unmtf = snd . mapAccumL step alphabet
  where step table k = let (before, c : after) = splitAt k table in (c : before ++ after, c)

alphabet :: String
alphabet = map chr [32 .. 126]

bitsFor :: Int -> Int
bitsFor n = length (takeWhile (> 0) (iterate (`div` 2) n))

samples :: [(String, String)]
samples =
  [ ("runs", concatMap (\k -> replicate k (chr (96 + k))) [1 .. 20])
  , ("english", "she sells sea shells by the sea shore; the shells she sells are sea shells for sure, so if she sells shells on the sea shore")
  , ("periodic", take 200 (cycle "abcab"))
  , ("digits", take 150 (concatMap show (iterate (\n -> n * 48271 `mod` 2147483647) (7 :: Int))))
  , ("single", "x"), ("empty", "") ]

main :: IO ()
main = mapM_ report samples
  where
    report (name, s) = do
      let r = rle s; z = lz77 64 s; w = lzw s; b = bwt s; m = mtf (snd b)
      putStrLn (name ++ " " ++ show (length s))
      putStrLn ("  run lengths " ++ show (length r) ++ " " ++ show (take 5 r) ++ ok (unrle r == s))
      putStrLn ("  lz77 " ++ show (length z, length [() | Copy _ _ <- z]) ++ " " ++ show (take 12 z) ++ ok (unlz77 z == s))
      putStrLn ("  lzw " ++ show (length w, maximum (0 : w), sum (zipWith (\n _ -> bitsFor n) [128 ..] w)) ++ " " ++ show (take 12 w) ++ ok (unlzw w == s))
      if null s then return () else putStrLn ("  bwt " ++ show (fst b) ++ " " ++ show (take 40 (snd b)) ++ ok (unbwt b == s))
      putStrLn ("  mtf " ++ show (length (filter (== 0) m), sum m) ++ " " ++ show (map (\(k, n) -> (ord k, n)) (take 6 (rle (map chr m)))) ++ ok (unmtf m == snd b))
    ok True = " ok"
    ok False = " WRONG"
