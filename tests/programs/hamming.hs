import System.Environment (getArgs)

hamming :: [Int]
hamming = 1 : merge (multiples 2) (merge (multiples 3) (multiples 5))

multiples :: Int -> [Int]
multiples n = map (n *) hamming

merge :: [Int] -> [Int] -> [Int]
merge allX@(x : restX) allY@(y : restY) = case compare x y of
  LT -> x : merge restX allY
  EQ -> x : merge restX restY
  GT -> y : merge allX restY
merge [] ys = ys
merge xs [] = xs

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  print (take 15 hamming)
  n <- sizeArgument 1500
  print (hamming !! (n - 1))
