-- parity
-- stdin: gen_regexps.in
-- Expands patterns with alternatives in brackets and numeric ranges, a line each; prints how many there are, and some of them.
import Data.Char

expand :: String -> [String]
expand [] = [""]
expand ('<' : s) = let (inner, rest) = splitClosing s in [a ++ b | a <- choices inner, b <- expand rest]
expand (c : s) = map (c :) (expand s)

splitClosing :: String -> (String, String)
splitClosing = go (0 :: Int)
  where go 0 ('>' : r) = ("", r)
        go d (c : r) = let (a, b) = go (if c == '<' then d + 1 else if c == '>' then d - 1 else d) r in (c : a, b)
        go _ [] = error "a bracket is open"

choices :: String -> [String]
choices s = case span isDigit s of
  (a@(_ : _), '-' : r) | (b@(_ : _), "") <- span isDigit r -> map (padded (length a) . show) [read a .. read b :: Int]
  _ -> case s of
    [x, '-', y] -> map (: []) [x .. y]
    _ -> concatMap expand (alternatives s)
  where padded n t = replicate (n - length t) '0' ++ t

alternatives :: String -> [String]
alternatives = go (0 :: Int) ""
  where go 0 acc (',' : r) = reverse acc : go 0 "" r
        go d acc (c : r) = go (if c == '<' then d + 1 else if c == '>' then d - 1 else d) (c : acc) r
        go _ acc [] = [reverse acc]

hash :: [String] -> Int
hash = foldl (foldl (\h c -> (h * 31 + ord c) `mod` 1000003)) 7

main :: IO ()
main = interact (unlines . map report . lines)
  where report l = let all' = expand l in l ++ ": " ++ show (length all') ++ " " ++ show (hash all') ++ " " ++ unwords (take 3 all') ++ " … " ++ last all'
