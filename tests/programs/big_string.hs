import Data.List (intercalate)
import System.Environment (getArgs)

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 1000
  let strings = map show [1 .. n]
      right = intercalate "," strings
      left = foldl1 (\done str -> done ++ ',' : str) strings
  print (length right)
  print (length left)
  print (left == right)
  putStrLn (drop (length right - 12) right)
