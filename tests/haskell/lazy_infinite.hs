-- Infinite lists: only what is asked for is made.
primes :: [Int]
primes = 2 : filter isPrime [3, 5 ..]

isPrime :: Int -> Bool
isPrime n = all (\p -> n `mod` p /= 0) (takeWhile (\p -> p * p <= n) primes)

fibs :: [Integer]
fibs = 0 : 1 : zipWith (+) fibs (tail fibs)

collatz :: Int -> [Int]
collatz = takeWhile (/= 1) . iterate (\n -> if even n then n `div` 2 else 3 * n + 1)

triangle :: [[Integer]]
triangle = iterate (\row -> zipWith (+) (0 : row) (row ++ [0])) [1]

ruler :: [Int]
ruler = interleave (repeat 0) (map (+ 1) ruler)

interleave :: [a] -> [a] -> [a]
interleave (x : xs) ys = x : interleave ys xs
interleave [] ys = ys

main :: IO ()
main = do
  print (take 25 primes)
  print (takeWhile (< 100) (dropWhile (< 50) primes))
  print (fibs !! 150)
  print (map (length . collatz) [1 .. 30])
  mapM_ print (take 8 triangle)
  print (take 40 ruler)
  print (take 5 (cycle [1 :: Int, 2]), take 3 (repeat 'x'), replicate 3 True)
  print (head (filter ((> 300) . sum . collatz) [1 ..]))
  print (zip3 [1 :: Int ..] "lazy" [LT ..])
  print (lookup 9 (zip [1 :: Integer ..] (tail primes)))
  print (takeWhile (/= 'k') ['a' ..], take 4 [10 :: Integer, 7 ..], [5, 4 .. -3 :: Int])
  print (and (map (< 5) [1 :: Int ..]), or (map (> 100) [1 :: Int ..]), elem 91 [1 :: Int, 4 ..])
