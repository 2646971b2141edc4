-- Miller-Rabin, Pollard rho, continued fractions, exact reals as streams, power series as lazy lists with a Num instance.
module Main (main) where
import Data.Bits
import Data.List
import Data.Ratio

powMod :: Integer -> Integer -> Integer -> Integer
powMod b e m = go (b `mod` m) e 1 where
  go _ 0 acc = acc
  go x k acc = go (x * x `mod` m) (k `shiftR` 1) (if testBit k 0 then acc * x `mod` m else acc)
millerRabin :: Integer -> Bool
millerRabin n | n < 2 = False
              | n < 4 = True
              | even n = False
              | otherwise = all witness (takeWhile (< n) [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37])
  where (s, d) = decompose (n - 1) 0
        decompose m k | even m = decompose (m `div` 2) (k + 1) | otherwise = (k :: Int, m)
        witness a = let x = powMod a d n in x == 1 || x == n - 1 || any (== n - 1) (take (s - 1) (tail (iterate (\y -> y * y `mod` n) x)))
rho :: Integer -> Integer
rho n | even n = 2
      | otherwise = head [g | c <- [1 ..], let g = go c 2 2, g /= n]
  where go c x y = let { x' = f c x; y' = f c (f c y); g = gcd (abs (x' - y')) n } in if g == 1 then go c x' y' else g
        f c x = (x * x + c) `mod` n
factor :: Integer -> [Integer]
factor 1 = []
factor n | millerRabin n = [n]
         | otherwise = let d = rho n in sort (factor d ++ factor (n `div` d))

newtype Series = S [Rational]
instance Num Series where
  S xs + S ys = S (zipLong xs ys)
    where { zipLong (a : as) (b : bs) = a + b : zipLong as bs; zipLong as [] = as; zipLong [] bs = bs }
  S (x : xs) * g@(S (y : ys)) = S (x * y : rest) where S rest = S (map (x *) ys) + (S xs * g)
  S _ * S _ = S []
  negate (S xs) = S (map negate xs)
  fromInteger n = S (fromInteger n : repeat 0)
  abs = undefined
  signum = undefined
instance Fractional Series where
  S (x : xs) / S (y : ys) = S qs where { q = x / y; qs = q : rest; S rest = (S xs - S (map (q *) ys)) / S (y : ys) }
  S _ / S _ = error "series"
  fromRational r = S (r : repeat 0)
integrate, derive :: Series -> Series
integrate (S xs) = S (0 : zipWith (/) xs [1 ..])
derive (S xs) = S (zipWith (*) (tail xs) [1 ..])
sinS, cosS, expS :: Series
sinS = integrate cosS
cosS = 1 - integrate sinS
expS = S (1 : rest) where S (_ : rest) = integrate expS
coeffs :: Int -> Series -> [Rational]
coeffs n (S xs) = take n xs

cf :: Rational -> [Integer]
cf r = let n = floor r in n : if r == fromInteger n then [] else cf (1 / (r - fromInteger n))
convergents :: [Integer] -> [Rational]
convergents ns = [foldr1 (\a b -> a + 1 / b) (map fromInteger p) | p <- drop 1 (inits ns)]
piDigits :: [Integer]
piDigits = go (1, 0, 1, 1) where
  go (q, r, t, k) = let n = (3 * q + r) `div` t in if (4 * q + r) `div` t == n then n : go (10 * q, 10 * (r - n * t), t, k) else go (q * k, q * (4 * k + 2) + r * (2 * k + 1), t * (2 * k + 1), k + 1)

main :: IO ()
main = do
  print (filter millerRabin [10 ^ 18 .. 10 ^ 18 + 100], millerRabin (2 ^ 89 - 1), millerRabin (2 ^ 83 - 1))
  print (map factor [1001, 2 ^ 32 + 1, 600851475143, 2 ^ 59 - 1, 10 ^ 15 + 37])
  print (coeffs 8 expS, coeffs 8 (sinS * sinS + cosS * cosS), coeffs 8 (sinS / cosS), coeffs 6 (derive (1 / (1 - S (0 : 1 : repeat 0)))))
  print (cf (415 % 93), map (\r -> (numerator r, denominator r)) (convergents (take 8 (cf (toRational (pi :: Double))))))
  putStrLn (concatMap show (take 150 piDigits))
  print (foldl' (\(a, b) q -> (b, a + q * b)) (0, 1) (take 60 (cycle [1, 2, 3])) :: (Integer, Integer))
