-- Tries over words: insertion, deletion, completion, fuzzy search by an edit-distance row, pattern with blanks, longest prefixes, a Boggle board.
import Data.Array
import Data.Char
import Data.List
import Data.Maybe
import Data.Ord

data Trie = Trie { count :: Int, subs :: [(Char, Trie)] } deriving (Show, Eq)

empty :: Trie
empty = Trie 0 []

insertW :: String -> Trie -> Trie
insertW [] t = t { count = count t + 1 }
insertW (c : cs) t = t { subs = go (subs t) }
  where go [] = [(c, insertW cs empty)]
        go ((d, u) : rest) | d == c = (d, insertW cs u) : rest
                           | d > c = (c, insertW cs empty) : (d, u) : rest
                           | otherwise = (d, u) : go rest

deleteW :: String -> Trie -> Trie
deleteW w t = fromMaybe empty (go w t)
  where go [] u = prune u { count = max 0 (count u - 1) }
        go (c : cs) u = prune u { subs = [(d, v') | (d, v) <- subs u, Just v' <- [if d == c then go cs v else Just v]] }
        prune u | count u == 0 && null (subs u) = Nothing
                | otherwise = Just u

find' :: String -> Trie -> Maybe Trie
find' w t = foldl (\acc c -> acc >>= lookup c . subs) (Just t) w

wordsOf :: Trie -> [(String, Int)]
wordsOf t = [("", count t) | count t > 0] ++ [(c : w, n) | (c, u) <- subs t, (w, n) <- wordsOf u]

complete :: Int -> String -> Trie -> [String]
complete k prefix t = map ((prefix ++) . fst) (take k (sortBy (comparing (Down . snd) <> comparing fst) (maybe [] wordsOf (find' prefix t))))

size :: Trie -> Int
size t = 1 + sum (map (size . snd) (subs t))

-- All words within a distance, following the last row of the table down the trie.
fuzzy :: Int -> String -> Trie -> [(Int, String)]
fuzzy limit w t = sort (concat [go [c] [0 .. length w] u | (c, u) <- subs t])
  where
    go path row u
      | minimum row' > limit = []
      | otherwise = [(last row', reverse path) | count u > 0, last row' <= limit] ++ concat [go (c : path) row' v | (c, v) <- subs u]
      where row' = scanl step (head row + 1) (zip3 w row (tail row))
            step left (c, diagonal, above) = minimum [left + 1, above + 1, diagonal + (if c == head path then 0 else 1)]

pattern' :: String -> Trie -> [String]
pattern' [] t = ["" | count t > 0]
pattern' ('*' : cs) t = pattern' cs t ++ [c : w | (c, u) <- subs t, w <- pattern' ('*' : cs) u]
pattern' (p : cs) t = [c : w | (c, u) <- subs t, p == '?' || p == c, w <- pattern' cs u]

segment :: Trie -> String -> Maybe [String]
segment t s = table ! 0
  where
    n = length s
    table = listArray (0, n) (map best [0 .. n])
    best k | k == n = Just []
           | otherwise = listToMaybe (sortOn length (catMaybes [fmap (w :) (table ! (k + length w)) | w <- prefixes (drop k s)]))
    prefixes = go "" t
    go acc u rest = [reverse acc | count u > 0, not (null acc)] ++ case rest of
      c : cs | Just v <- lookup c (subs u) -> go (c : acc) v cs
      _ -> []

boggle :: Trie -> [String] -> [String]
boggle t rows = nub (sort (concat [go p [] "" t | p <- indices board]))
  where
    board = listArray ((0, 0), (length rows - 1, length (head rows) - 1)) (concat rows)
    go p seen acc u
      | not (inRange (bounds board) p) || p `elem` seen = []
      | otherwise = case lookup (board ! p) (subs u) of
          Nothing -> []
          Just v -> let w = board ! p : acc in [reverse w | count v > 0, length w > 2] ++ concat [go (fst p + i, snd p + j) (p : seen) w v | i <- [-1, 0, 1], j <- [-1, 0, 1]]

text :: String
text = "the heap holds the objects that the program made and the collector moves the objects that the program can still reach so that the rest of the heap can be used again for the objects to come while thunks hold what has not been computed yet and are held by those that may ask for it the mutator and the collector share the heap and each has to tell the other what it did to the part that the other knows"

dictionary :: Trie
dictionary = foldr insertW empty (words text)

main :: IO ()
main = do
  print (size dictionary, length (wordsOf dictionary), sum (map snd (wordsOf dictionary)))
  print (map (\p -> complete 4 p dictionary) ["th", "ho", "c", "zz", ""])
  print (fuzzy 1 "the" dictionary, fuzzy 2 "collektor" dictionary, fuzzy 2 "objcts" dictionary)
  print (pattern' "?he" dictionary, pattern' "h*" dictionary, pattern' "*o*e*" dictionary)
  print (map (segment dictionary) ["theheapholdsobjects", "thecollectorcantell", "thexheap", "canstillreach", ""])
  let smaller = foldr deleteW dictionary (words "the the the heap nothing thunks program")
  print (fmap count (find' "the" smaller), fmap count (find' "heap" smaller), find' "thunks" smaller, size smaller)
  print (foldr deleteW dictionary (words text) == empty)
  print (boggle dictionary ["thec", "aeoa", "pamr", "slne"])
  print (subs (foldr insertW empty ["to", "tea", "ten", "i", "in", "inn"]))
