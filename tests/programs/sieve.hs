import System.Environment (getArgs)

sieve :: [Int] -> [Int]
sieve [] = []
sieve (p : rest) = p : sieve (filter (\x -> x `rem` p /= 0) rest)

primes :: [Int]
primes = sieve [2 ..]

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 2000 >>= \n -> print (primes !! (n - 1))
