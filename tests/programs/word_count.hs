import Data.List (sortBy)

count :: [(String, Int)] -> String -> [(String, Int)]
count [] word = [(word, 1)]
count (p@(known, n) : rest) word
  | known == word = (known, n + 1) : rest
  | otherwise = p : count rest word

byFrequency :: (String, Int) -> (String, Int) -> Ordering
byFrequency (wordA, countA) (wordB, countB) =
  case compare countB countA of
    EQ -> compare wordA wordB
    order -> order

main :: IO ()
main = do
  let counts = foldl count [] (words "to be or not to be that is the question")
  print (sortBy byFrequency counts)
  print (lookup "be" counts)
  print (lookup "" counts)
