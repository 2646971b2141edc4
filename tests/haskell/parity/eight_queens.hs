-- parity
-- args: 8 100
-- stress-args: 5 2
-- All ways to place the queens, a number of times, on boards that differ in where columns begin.
import System.Environment

queens :: Int -> Int -> [[Int]]
queens size from = place size
  where
    place 0 = [[]]
    place k = [q : qs | qs <- place (k - 1), q <- [from .. from + size - 1], safe q 1 qs]
    safe :: Int -> Int -> [Int] -> Bool
    safe _ _ [] = True
    safe q d (c : cs) = q /= c && q /= c + d && q /= c - d && safe q (d + 1) cs

main :: IO ()
main = do
  [size, times] <- fmap (map read) getArgs
  print (sum [length (queens size k) | k <- [1 .. times]])
  print (head (queens size 0))
