-- Huffman coding: frequencies, a priority queue, canonical codes, encoding to bits and bytes and back; entropy against length.
import Data.Bits
import Data.Char
import Data.List
import Data.Ord
import Data.Word
import Numeric

data Tree = Leaf Int Char | Fork Int Tree Tree deriving (Show, Eq)

weight :: Tree -> Int
weight (Leaf n _) = n
weight (Fork n _ _) = n

firstChar :: Tree -> Char
firstChar (Leaf _ c) = c
firstChar (Fork _ l r) = min (firstChar l) (firstChar r)

data Queue a = None | Queue a [Queue a]

meld :: (a -> a -> Ordering) -> Queue a -> Queue a -> Queue a
meld _ None q = q
meld _ q None = q
meld cmp p@(Queue a as) q@(Queue b bs)
  | cmp a b /= GT = Queue a (q : as)
  | otherwise = Queue b (p : bs)

popMin :: (a -> a -> Ordering) -> Queue a -> Maybe (a, Queue a)
popMin _ None = Nothing
popMin cmp (Queue a as) = Just (a, pairs as)
  where pairs (x : y : rest) = meld cmp (meld cmp x y) (pairs rest)
        pairs [x] = x
        pairs [] = None

frequencies :: String -> [(Char, Int)]
frequencies = map (\g -> (head g, length g)) . group . sort

build :: [(Char, Int)] -> Tree
build = go . foldr (\(c, n) q -> push (Leaf n c) q) None
  where
    order = comparing weight <> comparing firstChar
    push t = meld order (Queue t [])
    go q = case popMin order q of
      Nothing -> error "nothing to code"
      Just (t, q') -> case popMin order q' of
        Nothing -> t
        Just (u, q'') -> go (push (Fork (weight t + weight u) t u) q'')

lengths :: Tree -> [(Char, Int)]
lengths (Leaf _ c) = [(c, 1)]
lengths t = sortBy (comparing snd <> comparing fst) (go 0 t)
  where go d (Leaf _ c) = [(c, d)]
        go d (Fork _ l r) = go (d + 1) l ++ go (d + 1) r

canonical :: [(Char, Int)] -> [(Char, [Bool])]
canonical ls = snd (mapAccumL assign (0 :: Integer, snd (head ls)) ls)
  where assign (code, previous) (c, n) = let code' = code `shiftL` (n - previous) in ((code' + 1, n), (c, [testBit code' k | k <- [n - 1, n - 2 .. 0]]))

encode :: [(Char, [Bool])] -> String -> [Bool]
encode table = concatMap (\c -> maybe (error ("no code for " ++ show c)) id (lookup c table))

data Decoder = Stop Char | Go Decoder Decoder | Dead

decoder :: [(Char, [Bool])] -> Decoder
decoder = foldr (\(c, bs) d -> add c bs d) Dead
  where add c [] _ = Stop c
        add c (b : bs) d = let (l, r) = case d of { Go x y -> (x, y); _ -> (Dead, Dead) }
                           in if b then Go l (add c bs r) else Go (add c bs l) r

decode :: Decoder -> [Bool] -> String
decode root = go root
  where go (Stop c) bs = c : go root bs
        go (Go l r) (b : bs) = go (if b then r else l) bs
        go _ _ = []

pack :: [Bool] -> [Word8]
pack [] = []
pack bs = foldl (\w b -> w * 2 + (if b then 1 else 0)) 0 (take 8 (bs ++ repeat False)) : pack (drop 8 bs)

unpack :: Int -> [Word8] -> [Bool]
unpack n = take n . concatMap (\w -> [testBit w k | k <- [7, 6 .. 0]])

entropy :: [(Char, Int)] -> Double
entropy fs = sum [-p * logBase 2 p | (_, n) <- fs, let p = fromIntegral n / total]
  where total = fromIntegral (sum (map snd fs))

draw :: Tree -> [String]
draw (Leaf n c) = [show c ++ " " ++ show n]
draw (Fork n l r) = show n : limb "+-" "| " (draw l) ++ limb "+-" "  " (draw r)
  where limb a b (x : xs) = (a ++ x) : map (b ++) xs
        limb _ _ [] = []

showBits :: [Bool] -> String
showBits = map (intToDigit . fromEnum)

report :: String -> IO ()
report text = do
  let fs = frequencies text
      tree = build fs
      table = canonical (lengths tree)
      bits = encode table text
      bytes = pack bits
  putStrLn (intercalate " " [show c ++ "=" ++ showBits b | (c, b) <- table])
  putStrLn (unwords (map (\w -> let h = showHex w "" in replicate (2 - length h) '0' ++ h) (take 40 bytes)))
  print (length text * 8, length bits, length bytes, decode (decoder table) (unpack (length bits) bytes) == text)
  putStrLn (showFFloat (Just 4) (entropy fs) "" ++ " bits of entropy, " ++ showFFloat (Just 4) (fromIntegral (length bits) / fromIntegral (length text) :: Double) "" ++ " bits used")
  print (sum [0.5 ^^ length b | (_, b) <- table] <= (1 :: Double), nub (map snd table) == map snd table)

main :: IO ()
main = do
  mapM_ putStrLn (draw (build (frequencies "abracadabra alakazam")))
  mapM_ report
    [ "abracadabra alakazam", "aaaaaaab", "zzzz"
    , concat (replicate 3 "a collector copies what lives and never looks at what is dead; the mutator only allocates. ")
    , take 400 (concatMap show (iterate (\n -> n * 1103515245 `mod` 2147483647) (12345 :: Int))) ]
