import Data.List (foldl')
import System.Environment (getArgs)

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 100000
  print (foldl (+) 0 [1 .. n])
  print (foldl' (+) 0 [1 .. n])
  print (foldr (+) 0 [1 .. n])
  print (foldr (\x others -> if x > 3 then x else others) 0 [1 :: Int ..])
