-- parity
-- args: 10
-- stress-args: 5
-- How many ways there are, by lists of rows and of both diagonals in use.
import System.Environment

count :: Int -> Int
count n = go n [] [] []
  where
    go 0 _ _ _ = 1
    go k rows ups downs = sum [go (k - 1) (r : rows) (r + k : ups) (r - k : downs) | r <- [1 .. n], r `notElem` rows, (r + k) `notElem` ups, (r - k) `notElem` downs]

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (map count [1 .. n])
