-- Classes: superclasses, default methods that refer to each other, polymorphic instances, operators as methods, dictionaries kept in data.
class Shape a where
  area, perimeter :: a -> Double
  name :: a -> String
  name _ = "shape"
  describe :: a -> String
  describe s = name s ++ " of area " ++ show (area s) ++ " and perimeter " ++ show (perimeter s)
  {-# MINIMAL area, perimeter #-}

data Circle = Circle Double
data Rect = Rect Double Double
newtype Square = Square Double

instance Shape Circle where
  area (Circle r) = 3 * r * r
  perimeter (Circle r) = 6 * r
  name _ = "circle"
instance Shape Rect where
  area (Rect a b) = a * b
  perimeter (Rect a b) = 2 * (a + b)
instance Shape Square where
  area (Square a) = area (Rect a a)
  perimeter (Square a) = perimeter (Rect a a)
  describe s = "a " ++ name s ++ "-ish square of area " ++ show (area s)

class Eq a => Group a where
  unit :: a
  (|+|) :: a -> a -> a
  inverse :: a -> a
  power :: a -> Int -> a
  power a n | n < 0 = power (inverse a) (negate n)
            | n == 0 = unit
            | even n = let h = power a (n `div` 2) in h |+| h
            | otherwise = a |+| power a (n - 1)
  order :: a -> Int
  order a = 1 + length (takeWhile (/= unit) (iterate (|+| a) a))
infixl 6 |+|

newtype Mod7 = Mod7 Int deriving (Eq, Show)
instance Group Mod7 where
  unit = Mod7 1
  Mod7 a |+| Mod7 b = Mod7 (a * b `mod` 7)
  inverse (Mod7 a) = head [Mod7 b | b <- [1 .. 6], a * b `mod` 7 == 1]

instance (Group a, Group b) => Group (a, b) where
  unit = (unit, unit)
  (a, b) |+| (c, d) = (a |+| c, b |+| d)
  inverse (a, b) = (inverse a, inverse b)

newtype Perm = Perm [Int] deriving (Eq, Show)
instance Group Perm where
  unit = Perm [0 .. 4]
  Perm p |+| Perm q = Perm (map (p !!) q)
  inverse (Perm p) = Perm [i | k <- [0 .. 4], (i, v) <- zip [0 ..] p, v == k]

class Parity a where
  isEven', isOdd' :: a -> Bool
  isEven' = not . isOdd'
  isOdd' = not . isEven'
instance Parity Int where isEven' n = n `mod` 2 == 0
instance Parity Bool where isOdd' = id
instance Parity a => Parity [a] where isOdd' = foldr (\x odd' -> isOdd' x /= odd') False

class (Show a, Ord a) => Key a where
  next :: a -> a
instance Key Int where next = (+ 1)
instance Key Char where next = succ
instance (Key a, Key b) => Key (a, b) where next (a, b) = (next a, next b)

summary :: Key a => [a] -> String
summary ks = show (maximum ks) ++ "/" ++ show (next (minimum ks)) ++ concatMap show ks

main :: IO ()
main = do
  putStrLn (describe (Circle 2))
  putStrLn (describe (Rect 2 3.5))
  putStrLn (describe (Square 1.5))
  print [power (Mod7 3) k | k <- [-2 .. 6]]
  print (map (order . Mod7) [1 .. 6])
  let p = Perm [1, 2, 0, 4, 3]
  print (p |+| p, inverse p, order p, power p (-5), order (p, Mod7 3))
  print (power (Mod7 2, (p, Mod7 5)) 11)
  print (isEven' (3 :: Int), isOdd' (3 :: Int), isEven' True, isOdd' [1, 2, 3 :: Int], isEven' [[True, False], [True]])
  putStrLn (summary [3, 1, 2 :: Int] ++ summary "hello" ++ summary [(1 :: Int, 'z'), (2, 'a')])
