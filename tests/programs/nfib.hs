{-# LANGUAGE BangPatterns #-}
import System.Environment (getArgs)

nfib :: Int -> Int
nfib n =
  if n < 2
    then 1
    else
      let !left = nfib (n - 1)
          !right = nfib (n - 2)
       in left + right + 1

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 25 >>= \n -> print (nfib n)
