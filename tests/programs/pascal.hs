import Data.List

rows :: [[Int]]
rows = iterate (\row -> zipWith (+) (0 : row) (row ++ [0])) [1]

main :: IO ()
main = do
  print (rows !! 10)
  print (scanl (+) 0 [1 .. 5 :: Int])
  let rising = [1 .. 6] ++ [1 :: Int]
  print (span (<= 3) rising)
  print (partition even rising)
  print (groupBy (==) (1 : 1 : 2 : replicate 3 3 ++ [1 :: Int]))
  print (take 8 (cycle [1 .. 3 :: Int]))
  print [10, 8 .. 0 :: Int]
  print (unzip (zip [1 .. 3 :: Int] [4 :: Int ..]))
  print (2 ^ (10 :: Int) :: Int)
  print (gcd 84 (-36) :: Int)
