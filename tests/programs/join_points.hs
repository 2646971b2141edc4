sumTo :: Int -> Int
sumTo n = go 1 0
  where
    go i total = if i > n then total else go (i + 1) (total + i)

sumSquares :: Int -> (Int -> Int) -> Int
sumSquares n square = go n 0
  where
    go 0 total = total
    go i total = go (i - 1) (total + square i)

parity :: Int -> String
parity = evenStep
  where
    evenStep, oddStep :: Int -> String
    evenStep 0 = "even"
    evenStep i = oddStep (i - 1)
    oddStep 0 = "odd"
    oddStep i = evenStep (i - 1)

climb :: Double -> Double -> Double
climb step goal = go 0
  where
    go x = if x >= goal then x else go (x + step)

size :: Int -> String
size n
  | n > 100 = large
  | n < -100 = large
  | otherwise = "small"
  where
    large = "large"

main :: IO ()
main = do
  print (sumTo 10)
  print (sumSquares 10 (\x -> x * x))
  putStrLn (parity 7)
  putStrLn (parity 1000)
  putStrLn ("5.0 thousandths: " ++ show (truncate (climb 0.5 4.75 * 1000) :: Int))
  putStrLn (size 10)
  putStrLn (size (-1000))
