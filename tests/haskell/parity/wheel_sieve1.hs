-- parity
-- args: 25000
-- stress-args: 60
-- Each wheel offers the numbers that the first primes do not divide; the rest are found by trial division.
import System.Environment

data Wheel = Wheel Int [Int]

wheels :: [Wheel]
wheels = scanl grow (Wheel 1 [1]) primes
  where grow (Wheel c spokes) p = Wheel (c * p) [n | turn <- [0 .. p - 1], s <- spokes, let n = turn * c + s, n `mod` p /= 0]

primes :: [Int]
primes = 2 : 3 : 5 : concat (zipWith3 roll (drop 2 wheels) (drop 2 primes) (iterate tail (drop 2 primes)))
  where roll (Wheel c spokes) p divisors = [n | turn <- [1 .. p - 1], s <- spokes, let n = turn * c + s, noneDivides divisors n]
        noneDivides (d : ds) n | d * d > n = True
                               | n `mod` d == 0 = False
                               | otherwise = noneDivides ds n
        noneDivides [] _ = True

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (primes !! n)
  print (sum (take n primes))
