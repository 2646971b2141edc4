-- stdin: word_count.in
-- wc, word frequencies, longest words, letter histogram, of what comes from stdin; a search tree of one's own counts.
import Data.Char
import Data.List
import Data.Ord

data Tree k v = Tip | Bin (Tree k v) k v (Tree k v)

bump :: Ord k => k -> Tree k Int -> Tree k Int
bump k Tip = Bin Tip k 1 Tip
bump k (Bin l k' n r) = case compare k k' of
  LT -> Bin (bump k l) k' n r
  GT -> Bin l k' n (bump k r)
  EQ -> let n' = n + 1 in n' `seq` Bin l k' n' r

toList :: Tree k v -> [(k, v)]
toList t = go t []
  where go Tip = id
        go (Bin l k v r) = go l . ((k, v) :) . go r

clean :: String -> [String]
clean = words . map (\c -> if isAlpha c || c == '\'' then toLower c else ' ')

bar :: Int -> Int -> String
bar top n = replicate (n * 40 `div` top) '#'

main :: IO ()
main = do
  text <- getContents
  let ls = lines text; ws = clean text
  putStrLn (unwords (map show [length ls, length (words text), length text, maximum (map length ls)]))
  let counts = sortBy (comparing (Down . snd) <> comparing fst) (toList (foldl' (flip bump) Tip ws))
  mapM_ (\(w, n) -> putStrLn (w ++ replicate (12 - length w) ' ' ++ show n)) (takeWhile ((> 1) . snd) counts)
  print (length counts, take 3 (sortOn (Down . length) (nub ws)))
  let letters = foldl' (flip bump) Tip (filter isAlpha (map toLower text))
      top = maximum (map snd (toList letters))
  mapM_ (\(c, n) -> putStrLn (c : ' ' : bar top n ++ " " ++ show n)) (toList letters)
  mapM_ (\(n, l) -> putStrLn (show n ++ " " ++ l)) [(n, l) | (n, l) <- zip [1 :: Int ..] ls, "heap" `isInfixOf` l]
