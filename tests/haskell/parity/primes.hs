-- parity
-- args: 2500
-- stress-args: 40
-- The sieve by filters, one on top of the other.
import System.Environment

sieve :: [Int] -> [Int]
sieve (p : xs) = p : sieve (filter (\n -> n `mod` p /= 0) xs)
sieve [] = []

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (sieve [2 ..] !! n)
