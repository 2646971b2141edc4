-- parity
-- args: 32
-- stress-args: 16
-- How many calls of itself nfib makes: calls, comparisons and additions, nothing else.
import System.Environment

nfib :: Int -> Int
nfib n = if n < 2 then 1 else nfib (n - 1) + nfib (n - 2) + 1

main :: IO ()
main = do
  [n] <- getArgs
  print (nfib (read n))
