import System.Environment (getArgs)

primes, oddNumbers :: [Int]
primes = 2 : filter isPrime oddNumbers
oddNumbers = [3, 5 ..]

isPrime :: Int -> Bool
isPrime n = all (\p -> n `rem` p /= 0) (takeWhile (\p -> p * p <= n) primes)

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  print (takeWhile (< 50) primes)
  print (sum (takeWhile (< 100) primes))
  n <- sizeArgument 1000
  print (primes !! (n - 1))
