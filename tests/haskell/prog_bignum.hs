-- Whole numbers by hand: lists of digits in base 10000, addition to division with Karatsuba's product, beside Integer; primes by Miller–Rabin, factors by Pollard's rho, RSA on toy keys.
import Data.Char
import Data.List

newtype Nat = Nat [Int] deriving Eq

base :: Int
base = 10000

instance Show Nat where
  show (Nat []) = "0"
  show (Nat ds) = let (d : rest) = reverse ds in show d ++ concatMap (\k -> let s = show k in replicate (4 - length s) '0' ++ s) rest
instance Ord Nat where
  compare (Nat a) (Nat b) = compare (length a) (length b) <> compare (reverse a) (reverse b)

nat :: String -> Nat
nat = trim . go . reverse
  where go [] = []
        go s = let (a, b) = splitAt 4 s in read (reverse a) : go b

trim :: [Int] -> Nat
trim = Nat . dropWhileEnd (== 0)

carry :: [Int] -> [Int]
carry = go 0
  where go 0 [] = []
        go c [] = c `mod` base : go (c `div` base) []
        go c (d : ds) = let s = c + d in s `mod` base : go (s `div` base) ds

long :: (Int -> Int -> Int) -> [Int] -> [Int] -> [Int]
long f (a : as) (b : bs) = f a b : long f as bs
long f as [] = map (`f` 0) as
long f [] bs = map (0 `f`) bs

add, sub, mul, school, karatsuba :: Nat -> Nat -> Nat
add (Nat a) (Nat b) = trim (carry (long (+) a b))
sub (Nat a) (Nat b) = trim (carry (long (-) a b))
school (Nat a) (Nat b) = trim (carry (foldr (\x acc -> long (+) (map (* x) b) (0 : acc)) [] a))
karatsuba x@(Nat a) y@(Nat b)
  | min (length a) (length b) < 8 = school x y
  | otherwise = add (add low (shift n (sub (sub middle low) high))) (shift (2 * n) high)
  where
    n = max (length a) (length b) `div` 2
    (a0, a1) = halves a
    (b0, b1) = halves b
    halves ds = let (p, q) = splitAt n ds in (trim p, trim q)
    low = karatsuba a0 b0
    high = karatsuba a1 b1
    middle = karatsuba (add a0 a1) (add b0 b1)
mul = karatsuba

shift :: Int -> Nat -> Nat
shift _ (Nat []) = Nat []
shift n (Nat ds) = Nat (replicate n 0 ++ ds)

small :: Int -> Nat
small = trim . carry . (: [])

-- Long division, each digit found by bisection.
divide :: Nat -> Nat -> (Nat, Nat)
divide (Nat a) b = let (qs, r) = foldl step ([], Nat []) (reverse a) in (trim qs, r)
  where step (qs, r) d = let r' = add (shift 1 r) (small d); q = search r' 0 (base - 1) in (q : qs, sub r' (school (small q) b))
        search r lo hi | lo == hi = lo
                       | otherwise = let m = (lo + hi + 1) `div` 2 in if school (small m) b <= r then search r m hi else search r lo (m - 1)

power :: Nat -> Int -> Nat
power _ 0 = small 1
power b n | even n = let h = power b (n `div` 2) in mul h h
          | otherwise = mul b (power b (n - 1))

root :: Nat -> Nat
root n = go (add n (small 1))
  where go x = let y = fst (divide (add x (fst (divide n x))) (small 2)) in if y >= x then x else go y

powMod :: Integer -> Integer -> Integer -> Integer
powMod b e m = go (b `mod` m) e 1
  where go _ 0 acc = acc
        go x k acc = go (x * x `mod` m) (k `div` 2) (if odd k then acc * x `mod` m else acc)

isPrime :: Integer -> Bool
isPrime n | n < 2 = False
          | n `elem` smallPrimes = True
          | any ((== 0) . mod n) smallPrimes = False
          | otherwise = all passes smallPrimes
  where
    smallPrimes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    (s, d) = let k = length (takeWhile even (iterate (`div` 2) (n - 1))) in (k, (n - 1) `div` 2 ^ k)
    passes a = let x = powMod a d n in x == 1 || (n - 1) `elem` take s (iterate (\y -> y * y `mod` n) x)

factors :: Integer -> [Integer]
factors 1 = []
factors n | isPrime n = [n]
          | even n = 2 : factors (n `div` 2)
          | otherwise = let d = head [g | c <- [1 ..], Just g <- [rho c]] in sort (factors d ++ factors (n `div` d))
  where
    rho c = go 2 2
      where f x = (x * x + c) `mod` n
            go x y = let x' = f x; y' = f (f y); g = gcd (abs (x' - y')) n in if g == 1 then go x' y' else if g == n then Nothing else Just g

inverse :: Integer -> Integer -> Integer
inverse a m = let (_, x, _) = extended a m in x `mod` m
  where extended 0 b = (b, 0, 1)
        extended p q = let (g, x, y) = extended (q `mod` p) p in (g, y - (q `div` p) * x, x)

main :: IO ()
main = do
  let a = nat "123456789012345678901234567890123456789"
      b = nat "98765432109876543210"
  print (add a b, sub a b, mul a b)
  print (divide a b, compare a b, root (mul b b) == b, root a)
  let big = power (small 7) 160
      huge = power (small 1234567) 40
  print big
  print (show big == show (7 ^ (160 :: Int) :: Integer), school huge huge == karatsuba huge huge, show (mul huge big) == show (1234567 ^ (40 :: Int) * 7 ^ (160 :: Int) :: Integer))
  print (let (q, r) = divide huge big in (show q, show r) == (show (1234567 ^ (40 :: Int) `div` 7 ^ (160 :: Int) :: Integer), show (1234567 ^ (40 :: Int) `mod` 7 ^ (160 :: Int) :: Integer)))
  print (filter isPrime [10 ^ (12 :: Int) .. 10 ^ (12 :: Int) + 100], isPrime (2 ^ (89 :: Int) - 1), isPrime (2 ^ (67 :: Int) - 1), isPrime 561)
  print (map factors [1001, 600851475143, 2 ^ (49 :: Int) - 1, 1000003 * 1000033, 13 ^ (4 :: Int)])
  let (p, q) = (1000000007, 998244353); n = p * q; e = 65537; d = inverse e ((p - 1) * (q - 1))
      message = map (toInteger . ord) "GC"
      secret = map (\m -> powMod m e n) message
  print (d, secret, map (chr . fromInteger . (\c -> powMod c d n)) secret)
