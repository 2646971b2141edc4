import System.Environment (getArgs)

random :: Int -> [Int]
random = iterate (\y -> (75 * y + 74) `mod` 65537)

mergeSort :: [Int] -> [Int]
mergeSort [] = []
mergeSort [x] = [x]
mergeSort xs = let (a, b) = split xs in merge (mergeSort a) (mergeSort b)

split :: [a] -> ([a], [a])
split [] = ([], [])
split (x : rest) = let (evens, odds) = split rest in (x : odds, evens)

merge :: [Int] -> [Int] -> [Int]
merge [] ys = ys
merge xs [] = xs
merge (x : xs) (y : ys)
  | x <= y = x : merge xs (y : ys)
  | otherwise = y : merge (x : xs) ys

isSorted :: [Int] -> Bool
isSorted xs = and (zipWith (<=) xs (drop 1 xs))

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 2000
  let sorted = mergeSort (take n (random 17))
  print (take 5 sorted)
  print (isSorted sorted)
  print (length sorted)
