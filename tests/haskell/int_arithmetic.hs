-- Int: overflow wraps around; the four divisions and their signs; powers, gcd, bounds.
import Control.Exception

ops :: [(String, Int -> Int -> Int)]
ops = [("div", div), ("mod", mod), ("quot", quot), ("rem", rem)]

attempt :: Show a => a -> IO ()
attempt a = (evaluate a >>= print) `catch` \e -> putStrLn ("raises " ++ show (e :: ArithException))

main :: IO ()
main = do
  print (minBound :: Int, maxBound :: Int)
  print (maxBound + 1 :: Int, minBound - 1 :: Int, maxBound * 2 :: Int, negate minBound :: Int, abs minBound :: Int)
  print (2 ^ (62 :: Int) + 2 ^ (62 :: Int) :: Int, 3 ^ (50 :: Int) :: Int, (-2) ^ (63 :: Int) :: Int)
  mapM_ (\(name, op) -> putStrLn (name ++ " " ++ show [op a b | a <- [7, -7, 8, -8, 0], b <- [2, -2, 3, -3]])) ops
  print [divMod a b | a <- [7, -7], b <- [2, -2 :: Int]]
  print [quotRem a b | a <- [7, -7], b <- [2, -2 :: Int]]
  print (map signum [-5, 0, 5 :: Int], map abs [-5, 0, 5 :: Int], map negate [-5, 0, 5 :: Int])
  mapM_ attempt [1 `div` 0, 1 `mod` 0, 1 `quot` 0, 1 `rem` 0, minBound `div` (-1), minBound `mod` (-1), minBound `quot` (-1), minBound `rem` (-1 :: Int)]
  attempt (divMod 1 (0 :: Int))
  attempt (2 ^ (10 :: Int) :: Int)
  (evaluate (2 ^ (-1 :: Int) :: Int) >>= print) `catch` \e -> case e of ErrorCall m -> putStrLn m
  print [gcd a b | a <- [0, 12, -18], b <- [0, 8, -27 :: Int]]
  print [lcm a b | a <- [0, 4, -6], b <- [0, 10, -15 :: Int]]
  print (even (-3 :: Int), odd (-3 :: Int), even (0 :: Int))
  print (fromIntegral (2 ^ (64 :: Int) + 5 :: Integer) :: Int, fromIntegral (-1 :: Int) :: Integer, toInteger (minBound :: Int))
  print (sum [1 .. 100000 :: Int], product [1 .. 25 :: Int], foldl (\h c -> h * 31 + c) 7 [1 .. 30 :: Int])
  print (take 5 (iterate (\n -> n * 6364136223846793005 + 1442695040888963407) (1 :: Int)))
  print (compare (-1) (1 :: Int), max (-1) (1 :: Int), min minBound (0 :: Int), succ 5 :: Int, pred (-5) :: Int)
  (evaluate (succ (maxBound :: Int)) >>= print) `catch` \e -> case e of ErrorCall m -> putStrLn m
  (evaluate (pred (minBound :: Int)) >>= print) `catch` \e -> case e of ErrorCall m -> putStrLn m
