-- parity
-- args: 60000
-- stress-args: 60
-- A wheel of four primes rolls on; what it lets through is freed of multiples, which are merged lazily in a tree.
import System.Environment

primes :: [Int]
primes = 2 : 3 : 5 : 7 : 11 : minus (tail rolled) (merged [map (p *) (dropWhile (< p) rolled) | p <- drop 4 primes])

rolled :: [Int]
rolled = scanl (+) 11 (cycle (zipWith (-) (tail spokes) spokes))
  where spokes = [n | n <- [11 .. 221], all (\p -> n `mod` p /= 0) [2, 3, 5, 7]]

minus :: [Int] -> [Int] -> [Int]
minus as@(a : as') bs@(b : bs') = case compare a b of
  LT -> a : minus as' bs
  EQ -> minus as' bs'
  GT -> minus as bs'
minus as _ = as

union :: [Int] -> [Int] -> [Int]
union as@(a : as') bs@(b : bs') = case compare a b of
  LT -> a : union as' bs
  EQ -> a : union as' bs'
  GT -> b : union as bs'
union as [] = as
union [] bs = bs

merged :: [[Int]] -> [Int]
merged ((a : as) : rest) = a : union as (merged (pairs rest))
  where pairs ((x : xs) : ys : more) = (x : union xs ys) : pairs more
        pairs short = short
merged _ = []

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (primes !! n)
  print (sum (take n primes))
