-- Integer: beyond machine words, all signs, division, powers, roots, conversion at the boundaries.
import Data.Bits

big :: [Integer]
big = [2 ^ (63 :: Int) - 1, 2 ^ (63 :: Int), -(2 ^ (63 :: Int)), -(2 ^ (63 :: Int)) - 1, 2 ^ (64 :: Int), 10 ^ (40 :: Int) + 7, -(10 ^ (25 :: Int))]

isqrt :: Integer -> Integer
isqrt 0 = 0
isqrt n = go n
  where go r | r * r <= n = r
             | otherwise = go ((r + n `div` r) `div` 2)

powMod :: Integer -> Integer -> Integer -> Integer
powMod _ 0 _ = 1
powMod b e m
  | even e = powMod (b * b `mod` m) (e `div` 2) m
  | otherwise = b * powMod b (e - 1) m `mod` m

main :: IO ()
main = do
  mapM_ print big
  print [a + b | a <- big, b <- take 3 big]
  print [a * b | a <- take 4 big, b <- take 4 big]
  print [a - b | a <- take 4 big, b <- drop 2 big]
  mapM_ (\(a, b) -> print (a `div` b, a `mod` b, a `quot` b, a `rem` b)) [(a, b) | a <- big, b <- [10 ^ (19 :: Int), -(2 ^ (64 :: Int)), 3, -7]]
  print (product [1 .. 60 :: Integer])
  print (2 ^ (300 :: Int) `div` 3 ^ (100 :: Int) :: Integer)
  print (isqrt (2 * 10 ^ (80 :: Int)))
  print (powMod 3 (10 ^ (30 :: Int)) (10 ^ (18 :: Int) + 9), powMod 2 (2 ^ (61 :: Int) - 2) (2 ^ (61 :: Int) - 1))
  print (gcd (product [1 .. 30]) (2 ^ (50 :: Int) * 3 ^ (40 :: Int) :: Integer), lcm (2 ^ (40 :: Int)) (3 ^ (30 :: Int) :: Integer))
  print (map fromInteger big :: [Int])
  print (map fromInteger big :: [Double])
  print (map signum big, map abs (take 4 big))
  print (sum (map (\n -> (-1) ^ n * n) [2 ^ (70 :: Int) .. 2 ^ (70 :: Int) + 9]) :: Integer)
  print (compare (big !! 0) (big !! 1), big !! 2 > big !! 3, maximum big, minimum big, big !! 4 == 18446744073709551616)
  print [shiftL 1 100 :: Integer, shiftR (10 ^ (40 :: Int)) 64, shiftR (-(10 ^ (40 :: Int))) 64, shiftR (-1) 200]
  print ((2 ^ (100 :: Int) - 1) .&. 10 ^ (20 :: Int) :: Integer, (-1) .&. 2 ^ (70 :: Int) :: Integer, (2 ^ (70 :: Int)) .|. 5 :: Integer, xor (2 ^ (65 :: Int) - 1) (-1) :: Integer)
  print (testBit (2 ^ (90 :: Int) :: Integer) 90, popCount (2 ^ (90 :: Int) - 1 :: Integer), complement (2 ^ (80 :: Int)) :: Integer)
  print (read "-123456789012345678901234567890" + 1 :: Integer, length (show (3 ^ (2000 :: Int) :: Integer)))
  print (fromIntegral (maxBound :: Int) + 1 :: Integer, [10 ^ (20 :: Int) .. 10 ^ (20 :: Int) + 3] :: [Integer], take 3 [0, -(10 ^ (20 :: Int)) ..] :: [Integer])
