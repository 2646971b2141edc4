{-# LANGUAGE BangPatterns #-}
import System.Environment (getArgs)

sumNAcc :: Int -> Int -> Int
sumNAcc !acc 0 = acc
sumNAcc !acc n = sumNAcc (acc + n) (n - 1)

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 10000000 >>= \n -> print (sumNAcc 0 n)
