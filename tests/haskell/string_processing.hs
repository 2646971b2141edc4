-- Strings: justification, wrapping, splitting, replacing, run lengths, anagrams, Pig Latin, bracket matching, a table.
import Data.Char
import Data.List

wrap :: Int -> String -> [String]
wrap width = go [] 0 . words
  where go line _ [] = [unwords (reverse line) | not (null line)]
        go line used (w : ws)
          | null line = go [w] (length w) ws
          | used + 1 + length w <= width = go (w : line) (used + 1 + length w) ws
          | otherwise = unwords (reverse line) : go [] 0 (w : ws)

justify :: Int -> String -> String
justify width line = case words line of
  [] -> ""
  [w] -> w
  ws -> let gaps = length ws - 1
            spaces = width - sum (map length ws)
            pads = [spaces `div` gaps + fromEnum (k <= spaces `mod` gaps) | k <- [1 .. gaps]]
        in concat (zipWith (++) ws (map (`replicate` ' ') pads ++ [""]))

splitOn :: Eq a => a -> [a] -> [[a]]
splitOn d xs = case break (== d) xs of
  (a, []) -> [a]
  (a, _ : rest) -> a : splitOn d rest

replace :: String -> String -> String -> String
replace from to s@(c : cs) | Just rest <- stripPrefix from s = to ++ replace from to rest
                           | otherwise = c : replace from to cs
replace _ _ [] = []

runLengths :: String -> String
runLengths = concatMap (\g -> (if length g > 1 then show (length g) else "") ++ [head g]) . group

expand :: String -> String
expand [] = []
expand s = case span isDigit s of
  ("", c : cs) -> c : expand cs
  (n, c : cs) -> replicate (read n) c ++ expand cs
  (_, []) -> []

pigLatin :: String -> String
pigLatin w = case break (`elem` "aeiou") w of
  ("", _) -> w ++ "way"
  (consonants, rest) -> rest ++ consonants ++ "ay"

balanced :: String -> Maybe Int
balanced = go [] . zip [0 ..]
  where go [] [] = Nothing
        go ((_, n) : _) [] = Just n
        go stack ((n, c) : rest)
          | Just close <- lookup c (zip "([{" ")]}") = go ((close, n) : stack) rest
          | c `elem` ")]}" = case stack of
              ((close, _) : stack') | close == c -> go stack' rest
              _ -> Just n
          | otherwise = go stack rest

anagrams :: [String] -> [[String]]
anagrams ws = filter ((> 1) . length) (map (map snd) (groupBy (\a b -> fst a == fst b) (sort [(sort w, w) | w <- ws])))

table :: [[String]] -> String
table rows = unlines (map (intercalate " | " . zipWith pad widths) rows)
  where widths = map (maximum . map length) (transpose rows)
        pad n s | all isDigit s = replicate (n - length s) ' ' ++ s
                | otherwise = s ++ replicate (n - length s) ' '

text :: String
text = "It is a truth universally acknowledged by nobody in particular that a program in possession of a good type must be in want of a test suite which it will not get without asking"

main :: IO ()
main = do
  mapM_ putStrLn (wrap 40 text)
  mapM_ (putStrLn . ('|' :) . (++ "|") . justify 36) (wrap 36 text)
  print (splitOn ',' "a,b,,c,", splitOn 0 [1, 0, 0, 2], intercalate ";" (splitOn ' ' "x y z"))
  putStrLn (replace "in" "<IN>" text)
  let runs = runLengths "aaabccddddddddddddde"
  print (runs, expand runs, expand (runLengths "abc") == "abc")
  putStrLn (unwords (map pigLatin (words "the quick apple spins")))
  print (map balanced ["([]{})", "(]", "((", "a(b[c]d)e)", ""])
  print (anagrams (words "listen silent enlist google elbow below inlets banana"))
  putStr (table [["name", "count", "note"], ["apple", "12", "red"], ["fig", "7", ""], ["watermelon", "1000", "heavy"]])
  print (map (\w -> (length w, w)) (sortOn length (nub (words (map toLower text)))))
  print (zip (map head (group (sort (filter isAlpha text)))) (map length (group (sort (filter isAlpha text)))))
  putStrLn (map (\c -> if isUpper c then toLower c else toUpper c) "Swap Case é É")
