import Data.List (foldl')
import System.Environment (getArgs)

hailstone :: Int -> [Int]
hailstone 1 = [1]
hailstone n = n : hailstone (if even n then n `quot` 2 else 3 * n + 1)

better :: (Int, Int) -> Int -> (Int, Int)
better best@(_, bestLength) start =
  let size = length (hailstone start)
   in size `seq` if size > bestLength then (start, size) else best

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 1000
  print (foldl' better (0, 0) [1 .. n - 1])
  print (take 10 (hailstone 27))
