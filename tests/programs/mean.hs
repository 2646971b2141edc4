{-# LANGUAGE BangPatterns #-}
import Data.List (foldl')
import System.Environment (getArgs)

mean :: [Int] -> Int
mean xs = let !total = foldl' (+) 0 xs in total `quot` length xs

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 100000 >>= \n -> print (mean [1 .. n + n - 1])
