import System.Environment (getArgs)

main :: IO ()
main = do
  arguments <- getArgs
  print arguments
  let numbers = map read arguments :: [Int]
  print (sum (take 2 numbers))
  print (numbers !! 2)
