{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Division, fractions, and how numbers of one type become those of another.
module GHC.Real
    ( Ratio (..), Rational, (%), numerator, denominator, reduce, infinity, notANumber
    , Real (..), Integral (..), Fractional (..), RealFrac (..)
    , fromIntegral, realToFrac, truncateDefault
    , showSigned, even, odd, (^), (^^), gcd, lcm, stimesDefault
    , numericEnumFrom, numericEnumFromThen, numericEnumFromTo, numericEnumFromThenTo
    , ratioPrec, ratioPrec1, divZeroError, ratioZeroDenominatorError, overflowError, underflowError
    , integralEnumFrom, integralEnumFromThen, integralEnumFromTo, integralEnumFromThenTo
    ) where

import GHC.Base
import GHC.Enum
import GHC.List
import GHC.Num
import GHC.Num.BigNat (gcdWords)
import GHC.Show
import {-# SOURCE #-} GHC.Exception.Type (divZeroException, overflowException, ratioZeroDenomException, underflowException)

infixr 8 ^, ^^
infixl 7 /, `quot`, `rem`, `div`, `mod`
infixl 7 %

divZeroError, ratioZeroDenominatorError, overflowError, underflowError :: a
divZeroError = raise# divZeroException
ratioZeroDenominatorError = raise# ratioZeroDenomException
overflowError = raise# overflowException
underflowError = raise# underflowException
{-# NOINLINE divZeroError #-}
{-# NOINLINE ratioZeroDenominatorError #-}
{-# NOINLINE overflowError #-}
{-# NOINLINE underflowError #-}

-- Fractions

data Ratio a = !a :% !a
    deriving (Eq)

type Rational = Ratio Integer

ratioPrec, ratioPrec1 :: Int
ratioPrec = 7
ratioPrec1 = 8

-- | What Float's and Double's own values become that are no fractions.
infinity, notANumber :: Rational
infinity = 1 :% 0
notANumber = 0 :% 0

(%) :: Integral a => a -> a -> Ratio a
x % y = reduce (x * signum y) (abs y)
{-# SPECIALISE (%) :: Integer -> Integer -> Rational #-}

reduce :: Integral a => a -> a -> Ratio a
reduce x y
    | y == 0 = ratioZeroDenominatorError
    | otherwise = (x `quot` d) :% (y `quot` d)
  where
    d = gcd x y
{-# SPECIALISE reduce :: Integer -> Integer -> Rational #-}

numerator, denominator :: Ratio a -> a
numerator (x :% _) = x
denominator (_ :% y) = y

-- Classes

class (Num a, Ord a) => Real a where
    toRational :: a -> Rational

class (Real a, Enum a) => Integral a where
    quot, rem, div, mod :: a -> a -> a
    quotRem, divMod :: a -> a -> (a, a)
    toInteger :: a -> Integer
    n `quot` d = case quotRem n d of (q, _) -> q
    n `rem` d = case quotRem n d of (_, r) -> r
    n `div` d = case divMod n d of (q, _) -> q
    n `mod` d = case divMod n d of (_, r) -> r
    divMod n d = if signum r == negate (signum d) then (q - 1, r + d) else qr
      where
        qr@(q, r) = quotRem n d
    {-# INLINE quot #-}
    {-# INLINE rem #-}
    {-# INLINE div #-}
    {-# INLINE mod #-}
    {-# MINIMAL quotRem, toInteger #-}

class Num a => Fractional a where
    (/) :: a -> a -> a
    x / y = x * recip y
    recip :: a -> a
    recip x = 1 / x
    fromRational :: Rational -> a
    {-# INLINE recip #-}
    {-# INLINE (/) #-}
    {-# MINIMAL fromRational, (recip | (/)) #-}

class (Real a, Fractional a) => RealFrac a where
    properFraction :: Integral b => a -> (b, a)
    truncate, round, ceiling, floor :: Integral b => a -> b
    truncate = truncateDefault
    {-# INLINE truncate #-}
    round x = case signum (abs r - 0.5) of
        -1 -> n
        0 -> if even n then n else m
        1 -> m
        _ -> errorWithoutStackTrace "round default defn: Bad value"
      where
        (n, r) = properFraction x
        m = if r < 0 then n - 1 else n + 1
    ceiling x = if r > 0 then n + 1 else n
      where
        (n, r) = properFraction x
    floor x = if r < 0 then n - 1 else n
      where
        (n, r) = properFraction x
    {-# MINIMAL properFraction #-}

truncateDefault :: (RealFrac a, Integral b) => a -> b
truncateDefault x = case properFraction x of (m, _) -> m
{-# INLINE truncateDefault #-}

-- Int

instance Real Int where
    toRational x = toInteger x :% 1

instance Integral Int where
    toInteger (I# i) = IS i
    {-# INLINE quot #-}
    {-# INLINE rem #-}
    {-# INLINE div #-}
    {-# INLINE mod #-}
    {-# INLINE quotRem #-}
    {-# INLINE divMod #-}
    a `quot` b
        | b == 0 = divZeroError
        | b == -1 && a == minBound = overflowError
        | otherwise = a `quotInt` b
    !a `rem` b
        | b == 0 = divZeroError
        | b == -1 = 0
        | otherwise = a `remInt` b
    !a `div` b
        | b == 0 = divZeroError
        | b == -1 && a == minBound = overflowError
        | otherwise = a `divInt` b
    !a `mod` b
        | b == 0 = divZeroError
        | b == -1 = 0
        | otherwise = a `modInt` b
    !a `quotRem` b
        | b == 0 = divZeroError
        | b == -1 && a == minBound = (overflowError, 0)
        | otherwise = a `quotRemInt` b
    !a `divMod` b
        | b == 0 = divZeroError
        | b == -1 && a == minBound = (overflowError, 0)
        | otherwise = a `divModInt` b

-- Word

instance Real Word where
    toRational x = toInteger x :% 1

instance Integral Word where
    toInteger (W# w) = integerFromWord# w
    quot (W# x) y@(W# y#)
        | y /= 0 = W# (x `quotWord#` y#)
        | otherwise = divZeroError
    rem (W# x) y@(W# y#)
        | y /= 0 = W# (x `remWord#` y#)
        | otherwise = divZeroError
    div = quot
    mod = rem
    quotRem (W# x) y@(W# y#)
        | y /= 0 = case x `quotRemWord#` y# of (# q, r #) -> (W# q, W# r)
        | otherwise = divZeroError
    divMod = quotRem

-- Integer, Natural

instance Real Integer where
    toRational x = x :% 1

instance Integral Integer where
    toInteger n = n
    {-# INLINE quot #-}
    {-# INLINE rem #-}
    {-# INLINE div #-}
    {-# INLINE mod #-}
    _ `quot` 0 = divZeroError
    n `quot` d = integerQuot n d
    _ `rem` 0 = divZeroError
    n `rem` d = integerRem n d
    _ `div` 0 = divZeroError
    n `div` d = integerDiv n d
    _ `mod` 0 = divZeroError
    n `mod` d = integerMod n d
    _ `divMod` 0 = divZeroError
    n `divMod` d = integerDivMod n d
    _ `quotRem` 0 = divZeroError
    n `quotRem` d = integerQuotRem n d

instance Real Natural where
    toRational n = integerFromNatural n :% 1

instance Integral Natural where
    toInteger = integerFromNatural
    quot = naturalQuot
    rem = naturalRem
    div = naturalQuot
    mod = naturalRem
    quotRem n d = case naturalQuotRem# n d of (# q, r #) -> (q, r)
    divMod = quotRem

-- Ratio

instance Integral a => Ord (Ratio a) where
    {-# SPECIALISE instance Ord Rational #-}
    (x :% y) <= (x' :% y') = x * y' <= x' * y
    (x :% y) < (x' :% y') = x * y' < x' * y

instance Integral a => Num (Ratio a) where
    {-# SPECIALISE instance Num Rational #-}
    (x :% y) + (x' :% y') = reduce (x * y' + x' * y) (y * y')
    (x :% y) - (x' :% y') = reduce (x * y' - x' * y) (y * y')
    (x :% y) * (x' :% y') = reduce (x * x') (y * y')
    negate (x :% y) = negate x :% y
    abs (x :% y) = abs x :% y
    signum (x :% _) = signum x :% 1
    fromInteger x = fromInteger x :% 1

instance Integral a => Fractional (Ratio a) where
    {-# SPECIALISE instance Fractional Rational #-}
    (x :% y) / (x' :% y') = (x * y') % (y * x')
    recip (x :% y)
        | x == 0 = ratioZeroDenominatorError
        | x < 0 = negate y :% negate x
        | otherwise = y :% x
    fromRational (n :% d) = fromInteger n % fromInteger d

instance Integral a => Real (Ratio a) where
    {-# SPECIALISE instance Real Rational #-}
    toRational (x :% y) = toInteger x :% toInteger y

instance Integral a => RealFrac (Ratio a) where
    {-# SPECIALISE instance RealFrac Rational #-}
    properFraction (x :% y) = let (q, r) = quotRem x y in (fromInteger (toInteger q), r :% y)
    round r =
        let (n, f) = properFraction r
            x = if r < 0 then -1 else 1
        in case (compare (abs f) 0.5, odd n) of
            (LT, _) -> n
            (EQ, False) -> n
            (EQ, True) -> n + x
            (GT, _) -> n + x

instance Show a => Show (Ratio a) where
    {-# SPECIALISE instance Show Rational #-}
    showsPrec p (x :% y) = showParen (p > ratioPrec) (showsPrec ratioPrec1 x . showString " % " . showsPrec ratioPrec1 y)

instance Integral a => Enum (Ratio a) where
    {-# SPECIALISE instance Enum Rational #-}
    succ x = x + 1
    pred x = x - 1
    toEnum n = fromIntegral n :% 1
    fromEnum = fromInteger . truncate
    enumFrom = numericEnumFrom
    enumFromThen = numericEnumFromThen
    enumFromTo = numericEnumFromTo
    enumFromThenTo = numericEnumFromThenTo

-- Counting in fractions

numericEnumFrom :: Fractional a => a -> [a]
numericEnumFrom n = go 0
  where
    go !k = let !n' = n + k in n' : go (k + 1)

numericEnumFromThen :: Fractional a => a -> a -> [a]
numericEnumFromThen n m = go 0
  where
    step = m - n
    go !k = let !n' = n + k * step in n' : go (k + 1)

numericEnumFromTo :: (Ord a, Fractional a) => a -> a -> [a]
numericEnumFromTo n m = takeWhile (<= m + 1 / 2) (numericEnumFrom n)

numericEnumFromThenTo :: (Ord a, Fractional a) => a -> a -> a -> [a]
numericEnumFromThenTo e1 e2 e3 = takeWhile predicate (numericEnumFromThen e1 e2)
  where
    mid = (e2 - e1) / 2
    predicate
        | e2 >= e1 = (<= e3 + mid)
        | otherwise = (>= e3 + mid)

-- | Counting in a type that can be counted in Integers.
integralEnumFrom :: (Integral a, Bounded a) => a -> [a]
integralEnumFrom n = map fromInteger [toInteger n .. toInteger (maxBound `asTypeOf` n)]

integralEnumFromThen :: (Integral a, Bounded a) => a -> a -> [a]
integralEnumFromThen n1 n2
    | n2 >= n1 = map fromInteger [toInteger n1, toInteger n2 .. toInteger (maxBound `asTypeOf` n1)]
    | otherwise = map fromInteger [toInteger n1, toInteger n2 .. toInteger (minBound `asTypeOf` n1)]

integralEnumFromTo :: Integral a => a -> a -> [a]
integralEnumFromTo n m = map fromInteger [toInteger n .. toInteger m]

integralEnumFromThenTo :: Integral a => a -> a -> a -> [a]
integralEnumFromThenTo n1 n2 m = map fromInteger [toInteger n1, toInteger n2 .. toInteger m]

-- Between types

fromIntegral :: (Integral a, Num b) => a -> b
fromIntegral x = fromInteger (toInteger x)
{-# INLINE [1] fromIntegral #-}

{-# RULES
"fromIntegral/Int->Int" fromIntegral = id :: Int -> Int
"fromIntegral/Int->Word" fromIntegral = \(I# i) -> W# (int2Word# i)
"fromIntegral/Word->Int" fromIntegral = \(W# w) -> I# (word2Int# w)
"fromIntegral/Word->Word" fromIntegral = id :: Word -> Word
"fromIntegral/Int->Natural" fromIntegral = naturalFromInt
"fromIntegral/Word->Natural" fromIntegral = \(W# w) -> naturalFromWord# w
"fromIntegral/Natural->Word" fromIntegral = \n -> W# (naturalToWord# n)
"fromIntegral/Natural->Integer" fromIntegral = integerFromNatural
"fromIntegral/Natural->Natural" fromIntegral = id :: Natural -> Natural
  #-}

naturalFromInt :: Int -> Natural
naturalFromInt (I# i)
    | isTrue# (i >=# 0#) = naturalFromWord# (int2Word# i)
    | otherwise = underflowError

realToFrac :: (Real a, Fractional b) => a -> b
realToFrac x = fromRational (toRational x)
{-# NOINLINE [1] realToFrac #-}

-- What the Prelude has besides

showSigned :: Real a => (a -> ShowS) -> Int -> a -> ShowS
showSigned showPos p x
    | x < 0 = showParen (p > 6) (showChar '-' . showPos (negate x))
    | otherwise = showPos x

even, odd :: Integral a => a -> Bool
even n = n `rem` 2 == 0
odd n = n `rem` 2 /= 0
{-# INLINEABLE even #-}
{-# INLINEABLE odd #-}

-- | By squaring. Its loops are within it, so that what they need of the dictionaries is taken once.
(^) :: (Num a, Integral b) => a -> b -> a
x0 ^ y0
    | y0 < 0 = errorWithoutStackTrace "Negative exponent"
    | y0 == 0 = 1
    | otherwise = power x0 y0
  where
    power x y
        | even y = power (x * x) (y `quot` 2)
        | y == 1 = x
        | otherwise = powerTimes (x * x) (y `quot` 2) x
    powerTimes x y z
        | even y = powerTimes (x * x) (y `quot` 2) z
        | y == 1 = x * z
        | otherwise = powerTimes (x * x) (y `quot` 2) (x * z)
{-# INLINABLE [1] (^) #-}
{-# SPECIALISE [1] (^) :: Integer -> Integer -> Integer, Integer -> Int -> Integer, Int -> Int -> Int #-}

(^^) :: (Fractional a, Integral b) => a -> b -> a
x ^^ n = if n >= 0 then x ^ n else recip (x ^ negate n)
{-# INLINABLE (^^) #-}

gcd, lcm :: Integral a => a -> a -> a
gcd x y = go (abs x) (abs y)
  where
    go a b
        | b == 0 = a
        | otherwise = go b (a `rem` b)
{-# NOINLINE [1] gcd #-}
lcm x y
    | y == 0 || x == 0 = 0
    | otherwise = abs ((x `quot` gcd x y) * y)
{-# NOINLINE [1] lcm #-}
{-# SPECIALISE lcm :: Int -> Int -> Int #-}
{-# SPECIALISE lcm :: Word -> Word -> Word #-}

{-# RULES
"gcd/Integer" gcd = integerGcd
"lcm/Integer" lcm = integerLcm
"gcd/Natural" gcd = naturalGcd
"lcm/Natural" lcm = naturalLcm
"gcd/Int" gcd = gcdInt
"gcd/Word" gcd = gcdWord
  #-}

gcdInt :: Int -> Int -> Int
gcdInt (I# a) (I# b) = I# (word2Int# (gcdWords (size a) (size b)))
  where
    size i = int2Word# (if isTrue# (i <# 0#) then negateInt# i else i)

gcdWord :: Word -> Word -> Word
gcdWord (W# a) (W# b) = W# (gcdWords a b)

-- | As power, of a semigroup.
stimesDefault :: (Integral b, Semigroup a) => b -> a -> a
stimesDefault n x0
    | n <= 0 = errorWithoutStackTrace "stimes: positive multiplier expected"
    | otherwise = go x0 n
  where
    go x y
        | even y = go (x <> x) (y `quot` 2)
        | y == 1 = x
        | otherwise = more (x <> x) (y `quot` 2) x
    more x y z
        | even y = more (x <> x) (y `quot` 2) z
        | y == 1 = x <> z
        | otherwise = more (x <> x) (y `quot` 2) (x <> z)
