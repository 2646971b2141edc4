{-# LANGUAGE BangPatterns #-}
import System.Environment (getArgs)

sumN :: Int -> Int
sumN 0 = 0
sumN n = let !others = sumN (n - 1) in n + others

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 10000000 >>= \n -> print (sumN n)
