-- parity
-- args: 6000000
-- stress-args: 3000
-- A list made lazily, consumed as it comes into being.
import System.Environment

upFrom :: Int -> Int -> [Int]
upFrom lo hi | lo > hi = []
             | otherwise = lo : upFrom (lo + 1) hi

total :: Int -> [Int] -> Int
total acc [] = acc
total acc (x : xs) = let acc' = acc + x in acc' `seq` total acc' xs

main :: IO ()
main = do
  [n] <- getArgs
  print (total 0 (upFrom 1 (read n)))
