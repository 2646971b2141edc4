-- parity
-- args: 6000
-- stress-args: 70
-- Reversal by appending at the end: quadratic, and nothing but pattern matching and construction.
import System.Environment

append :: [a] -> [a] -> [a]
append [] ys = ys
append (x : xs) ys = x : append xs ys

naive :: [a] -> [a]
naive [] = []
naive (x : xs) = append (naive xs) [x]

check :: Int -> [Int] -> Int
check acc [] = acc
check acc (x : xs) = let acc' = (acc * 3 + x) `mod` 1000003 in acc' `seq` check acc' xs

main :: IO ()
main = do
  [n] <- getArgs
  print (check 0 (naive [1 .. read n]))
