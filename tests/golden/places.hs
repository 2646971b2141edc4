-- What is asked of a trace of this program names places here: tests/run-cli. places.stg is what the exporter makes of it at -O0.
module Main where

mean :: [Int] -> Int
mean xs = total xs `div` size xs

total, size :: [Int] -> Int
total [] = 0
total (x : xs) = x + total xs

size [] = 0
size (_ : xs) = 1 + size xs

main :: IO ()
main = do
  let scores = [3, 4 + 1, 10]
  print (mean scores)
