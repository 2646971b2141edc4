{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, ScopedTypeVariables, UnboxedTuples #-}
-- | Floating point numbers, and how they are written.
module GHC.Float
    ( Float (..), Double (..), Floating (..), RealFloat (..)
    , float2Double, double2Float, int2Double, double2Int, int2Float, float2Int
    , showFloat, showSignedFloat, floatToDigits, fromRat, rationalToDouble, rationalToFloat
    , FFFormat (..), formatRealFloat, formatRealFloatAlt, roundTo, expt
    , castWord32ToFloat, castFloatToWord32, castWord64ToDouble, castDoubleToWord64
    , sqrtDouble, sqrtFloat, powerDouble
    ) where

import GHC.Base
import GHC.Enum
import GHC.Float.RealFracMethods
import GHC.List
import GHC.Num
import GHC.Real
import GHC.Show
import GHC.Word

infixr 8 **

class Fractional a => Floating a where
    pi :: a
    exp, log, sqrt :: a -> a
    (**), logBase :: a -> a -> a
    sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh :: a -> a
    log1p, expm1, log1pexp, log1mexp :: a -> a
    x ** y = exp (log x * y)
    logBase x y = log y / log x
    sqrt x = x ** 0.5
    tan x = sin x / cos x
    tanh x = sinh x / cosh x
    log1p x = log (1 + x)
    expm1 x = exp x - 1
    log1pexp x = log1p (exp x)
    log1mexp x = log1p (negate (exp x))
    {-# INLINE (**) #-}
    {-# INLINE logBase #-}
    {-# MINIMAL pi, exp, log, sin, cos, asin, acos, atan, sinh, cosh, asinh, acosh, atanh #-}

class (RealFrac a, Floating a) => RealFloat a where
    floatRadix :: a -> Integer
    floatDigits :: a -> Int
    floatRange :: a -> (Int, Int)
    decodeFloat :: a -> (Integer, Int)
    encodeFloat :: Integer -> Int -> a
    exponent :: a -> Int
    significand :: a -> a
    scaleFloat :: Int -> a -> a
    isNaN, isInfinite, isDenormalized, isNegativeZero, isIEEE :: a -> Bool
    atan2 :: a -> a -> a
    exponent x = case decodeFloat x of
        (0, _) -> 0
        (_, n) -> n + floatDigits x
    significand x = case decodeFloat x of (m, _) -> encodeFloat m (negate (floatDigits x))
    scaleFloat 0 x = x
    scaleFloat k x
        | x == 0 || isNaN x || isInfinite x = x
        | otherwise = case decodeFloat x of
            (m, n) -> encodeFloat m (n + clamp (high - low + 4 * floatDigits x) k)
      where
        (low, high) = floatRange x
        clamp most i = max (negate most) (min most i)
    atan2 y x
        | x > 0 = atan (y / x)
        | x == 0 && y > 0 = pi / 2
        | x < 0 && y > 0 = pi + atan (y / x)
        | (x <= 0 && y < 0) || (x < 0 && isNegativeZero y) || (isNegativeZero x && isNegativeZero y) = negate (atan2 (negate y) x)
        | y == 0 && (x < 0 || isNegativeZero x) = pi
        | x == 0 && y == 0 = y
        | otherwise = x + y
    {-# MINIMAL floatRadix, floatDigits, floatRange, decodeFloat, encodeFloat, isNaN, isInfinite, isDenormalized, isNegativeZero, isIEEE #-}


-- Double

instance Num Double where
    D# x + D# y = D# (x +## y)
    D# x - D# y = D# (x -## y)
    D# x * D# y = D# (x *## y)
    negate (D# x) = D# (negateDouble# x)
    abs (D# x) = D# (fabsDouble# x)
    signum x
        | x > 0 = 1
        | x < 0 = -1
        | otherwise = x
    fromInteger i = D# (integerToDouble# i)
    {-# INLINE fromInteger #-}

instance Real Double where
    toRational x = case decodeFloat x of
        (m, e)
            | e >= 0 -> (m * 2 ^ e) :% 1
            | otherwise -> m % (2 ^ negate e)

instance Fractional Double where
    D# x / D# y = D# (x /## y)
    recip x = 1 / x
    fromRational (n :% d) = rationalToDouble n d

instance Floating Double where
    pi = 3.141592653589793238
    exp (D# x) = D# (expDouble# x)
    log (D# x) = D# (logDouble# x)
    sqrt (D# x) = D# (sqrtDouble# x)
    sin (D# x) = D# (sinDouble# x)
    cos (D# x) = D# (cosDouble# x)
    tan (D# x) = D# (tanDouble# x)
    asin (D# x) = D# (asinDouble# x)
    acos (D# x) = D# (acosDouble# x)
    atan (D# x) = D# (atanDouble# x)
    sinh (D# x) = D# (sinhDouble# x)
    cosh (D# x) = D# (coshDouble# x)
    tanh (D# x) = D# (tanhDouble# x)
    asinh (D# x) = D# (asinhDouble# x)
    acosh (D# x) = D# (acoshDouble# x)
    atanh (D# x) = D# (atanhDouble# x)
    D# x ** D# y = D# (x **## y)
    logBase x y = log y / log x
    log1p (D# x) = D# (log1pDouble# x)
    expm1 (D# x) = D# (expm1Double# x)
    log1mexp a
        | a <= log 2 = log (negate (expm1 a))
        | otherwise = log1p (negate (exp a))
    log1pexp a
        | a <= 18 = log1p (exp a)
        | a <= 100 = a + exp (negate a)
        | otherwise = a
    {-# INLINE log1mexp #-}
    {-# INLINE log1pexp #-}

instance RealFrac Double where
    properFraction x = case decodeFloat x of
        (m, n)
            | n >= 0 -> (fromInteger m * 2 ^ n, 0)
            | otherwise -> case integerQuotRem m (integerBit# (int2Word# (case negate n of I# k -> k))) of
                (w, r) -> (fromInteger w, encodeFloat r n)
    round x = case properFraction x of
        (n, r) -> case compare (abs r) 0.5 of
            LT -> n
            EQ -> if even n then n else next
            GT -> next
          where
            next = if r < 0 then n - 1 else n + 1
    ceiling x = case properFraction x of (n, r) -> if r > 0 then n + 1 else n
    floor x = case properFraction x of (n, r) -> if r < 0 then n - 1 else n
    {-# NOINLINE [1] properFraction #-}
    {-# NOINLINE [1] truncate #-}
    {-# NOINLINE [1] round #-}
    {-# NOINLINE [1] ceiling #-}
    {-# NOINLINE [1] floor #-}
    truncate x = case properFraction x of (n, _) -> n

{-# RULES
"properFraction/Double->Int" properFraction = properFractionDoubleInt
"properFraction/Double->Integer" properFraction = properFractionDoubleInteger
"truncate/Double->Int" truncate = double2Int
"truncate/Double->Integer" truncate = truncateDoubleInteger
"floor/Double->Int" floor = floorDoubleInt
"floor/Double->Integer" floor = floorDoubleInteger
"ceiling/Double->Int" ceiling = ceilingDoubleInt
"ceiling/Double->Integer" ceiling = ceilingDoubleInteger
"round/Double->Int" round = roundDoubleInt
"round/Double->Integer" round = roundDoubleInteger
"fromIntegral/Int->Double" fromIntegral = int2Double
"fromIntegral/Word->Double" fromIntegral = \(W# w) -> D# (word2Double# w)
"realToFrac/Int->Double" realToFrac = int2Double
"realToFrac/Double->Double" realToFrac = id :: Double -> Double
  #-}

instance Enum Double where
    succ x = x + 1
    pred x = x - 1
    toEnum = int2Double
    fromEnum = double2Int
    enumFrom = numericEnumFrom
    enumFromTo = numericEnumFromTo
    enumFromThen = numericEnumFromThen
    enumFromThenTo = numericEnumFromThenTo

instance Show Double where
    showsPrec p x = showSignedFloat showFloat p x

-- Float

instance Num Float where
    F# x + F# y = F# (plusFloat# x y)
    F# x - F# y = F# (minusFloat# x y)
    F# x * F# y = F# (timesFloat# x y)
    negate (F# x) = F# (negateFloat# x)
    abs (F# x) = F# (fabsFloat# x)
    signum x
        | x > 0 = 1
        | x < 0 = -1
        | otherwise = x
    fromInteger i = F# (integerToFloat# i)
    {-# INLINE fromInteger #-}

instance Real Float where
    toRational x = case decodeFloat x of
        (m, e)
            | e >= 0 -> (m * 2 ^ e) :% 1
            | otherwise -> m % (2 ^ negate e)

instance Fractional Float where
    F# x / F# y = F# (divideFloat# x y)
    recip x = 1 / x
    fromRational (n :% d) = rationalToFloat n d

instance Floating Float where
    pi = 3.141592653589793238
    exp (F# x) = F# (expFloat# x)
    log (F# x) = F# (logFloat# x)
    sqrt (F# x) = F# (sqrtFloat# x)
    sin (F# x) = F# (sinFloat# x)
    cos (F# x) = F# (cosFloat# x)
    tan (F# x) = F# (tanFloat# x)
    asin (F# x) = F# (asinFloat# x)
    acos (F# x) = F# (acosFloat# x)
    atan (F# x) = F# (atanFloat# x)
    sinh (F# x) = F# (sinhFloat# x)
    cosh (F# x) = F# (coshFloat# x)
    tanh (F# x) = F# (tanhFloat# x)
    asinh (F# x) = F# (asinhFloat# x)
    acosh (F# x) = F# (acoshFloat# x)
    atanh (F# x) = F# (atanhFloat# x)
    F# x ** F# y = F# (powerFloat# x y)
    logBase x y = log y / log x
    log1p (F# x) = F# (log1pFloat# x)
    expm1 (F# x) = F# (expm1Float# x)
    log1mexp a
        | a <= log 2 = log (negate (expm1 a))
        | otherwise = log1p (negate (exp a))
    log1pexp a
        | a <= 18 = log1p (exp a)
        | a <= 100 = a + exp (negate a)
        | otherwise = a
    {-# INLINE log1mexp #-}
    {-# INLINE log1pexp #-}

instance RealFrac Float where
    properFraction x = case decodeFloat x of
        (m, n)
            | n >= 0 -> (fromInteger m * 2 ^ n, 0)
            | otherwise -> case integerQuotRem m (integerBit# (int2Word# (case negate n of I# k -> k))) of
                (w, r) -> (fromInteger w, encodeFloat r n)
    round x = case properFraction x of
        (n, r) -> case compare (abs r) 0.5 of
            LT -> n
            EQ -> if even n then n else next
            GT -> next
          where
            next = if r < 0 then n - 1 else n + 1
    ceiling x = case properFraction x of (n, r) -> if r > 0 then n + 1 else n
    floor x = case properFraction x of (n, r) -> if r < 0 then n - 1 else n
    {-# NOINLINE [1] properFraction #-}
    {-# NOINLINE [1] truncate #-}
    {-# NOINLINE [1] round #-}
    {-# NOINLINE [1] ceiling #-}
    {-# NOINLINE [1] floor #-}
    truncate x = case properFraction x of (n, _) -> n

{-# RULES
"properFraction/Float->Int" properFraction = properFractionFloatInt
"properFraction/Float->Integer" properFraction = properFractionFloatInteger
"truncate/Float->Int" truncate = float2Int
"truncate/Float->Integer" truncate = truncateFloatInteger
"floor/Float->Int" floor = floorFloatInt
"floor/Float->Integer" floor = floorFloatInteger
"ceiling/Float->Int" ceiling = ceilingFloatInt
"ceiling/Float->Integer" ceiling = ceilingFloatInteger
"round/Float->Int" round = roundFloatInt
"round/Float->Integer" round = roundFloatInteger
"fromIntegral/Int->Float" fromIntegral = int2Float
"fromIntegral/Word->Float" fromIntegral = \(W# w) -> F# (word2Float# w)
"realToFrac/Int->Float" realToFrac = int2Float
"realToFrac/Float->Float" realToFrac = id :: Float -> Float
  #-}

instance Enum Float where
    succ x = x + 1
    pred x = x - 1
    toEnum = int2Float
    fromEnum = float2Int
    enumFrom = numericEnumFrom
    enumFromTo = numericEnumFromTo
    enumFromThen = numericEnumFromThen
    enumFromThenTo = numericEnumFromThenTo

instance Show Float where
    showsPrec p x = showSignedFloat showFloat p x

instance RealFloat Double where
    floatRadix _ = 2
    floatDigits _ = 53
    floatRange _ = (-1021, 1024)
    decodeFloat (D# x) = case integerDecodeDouble# x of (# m, e #) -> (m, I# e)
    encodeFloat m (I# e) = D# (integerEncodeDouble# m e)
    isNaN x = x /= x
    isInfinite x = abs x > 1.7976931348623157e308
    isDenormalized x = x /= 0 && abs x < 2.2250738585072014e-308
    isNegativeZero x = x == 0 && 1 / x < 0
    isIEEE _ = True

instance RealFloat Float where
    floatRadix _ = 2
    floatDigits _ = 24
    floatRange _ = (-125, 128)
    decodeFloat (F# x) = case decodeFloat_Int# x of (# m, e #) -> (IS m, I# e)
    encodeFloat m (I# e) = F# (integerEncodeFloat# m e)
    isNaN x = x /= x
    isInfinite x = abs x > 3.4028235e38
    isDenormalized x = x /= 0 && abs x < 1.17549435e-38
    isNegativeZero x = x == 0 && 1 / x < 0
    isIEEE _ = True

-- Conversions

float2Double :: Float -> Double
float2Double (F# x) = D# (float2Double# x)

double2Float :: Double -> Float
double2Float (D# x) = F# (double2Float# x)

sqrtDouble :: Double -> Double
sqrtDouble = sqrt

sqrtFloat :: Float -> Float
sqrtFloat = sqrt

powerDouble :: Double -> Double -> Double
powerDouble = (**)

{-# RULES
"realToFrac/Float->Double" realToFrac = float2Double
"realToFrac/Double->Float" realToFrac = double2Float
  #-}

-- | Through memory, where the bits are the same.
castWord64ToDouble :: Word64 -> Double
castWord64ToDouble (W64# w) = case runRW# through of (# _, d #) -> D# d
  where
    through s = case newByteArray# 8# s of
        (# s1, m #) -> case writeWord64Array# m 0# w s1 of s2 -> readDoubleArray# m 0# s2

castDoubleToWord64 :: Double -> Word64
castDoubleToWord64 (D# d) = case runRW# through of (# _, w #) -> W64# w
  where
    through s = case newByteArray# 8# s of
        (# s1, m #) -> case writeDoubleArray# m 0# d s1 of s2 -> readWord64Array# m 0# s2

castWord32ToFloat :: Word32 -> Float
castWord32ToFloat (W32# w) = case runRW# through of (# _, f #) -> F# f
  where
    through s = case newByteArray# 4# s of
        (# s1, m #) -> case writeWord32Array# m 0# w s1 of s2 -> readFloatArray# m 0# s2

castFloatToWord32 :: Float -> Word32
castFloatToWord32 (F# f) = case runRW# through of (# _, w #) -> W32# w
  where
    through s = case newByteArray# 4# s of
        (# s1, m #) -> case writeFloatArray# m 0# f s1 of s2 -> readWord32Array# m 0# s2

-- From fractions: the nearest, and of two that are as near the even one

rationalToDouble :: Integer -> Integer -> Double
rationalToDouble n d
    | d == 0 = if n == 0 then 0 / 0 else if n < 0 then -1 / 0 else 1 / 0
    | n < 0 = negate (nearest (-1074) 53 (negate n) d)
    | n == 0 = 0
    | otherwise = nearest (-1074) 53 n d
{-# NOINLINE [1] rationalToDouble #-}

rationalToFloat :: Integer -> Integer -> Float
rationalToFloat n d
    | d == 0 = if n == 0 then 0 / 0 else if n < 0 then -1 / 0 else 1 / 0
    | n < 0 = negate (nearest (-149) 24 (negate n) d)
    | n == 0 = 0
    | otherwise = nearest (-149) 24 n d
{-# NOINLINE [1] rationalToFloat #-}

fromRat :: RealFloat a => Rational -> a
fromRat (n :% d)
    | d == 0 = if n == 0 then 0 / 0 else if n < 0 then -1 / 0 else 1 / 0
    | n < 0 = negate (fromRat (negate n :% d))
    | n == 0 = 0
    | otherwise = x
  where
    x = nearest (fst' (floatRange x) - floatDigits x) (floatDigits x) n d
    fst' (a, _) = a

-- | The least exponent, and how many bits a mantissa has; both numbers are above zero. The quotient is computed to two bits more than
-- the mantissa has; what is beneath these two only matters by not being zero.
nearest :: RealFloat a => Int -> Int -> Integer -> Integer -> a
nearest least size n d = encodeFloat (if up then m + 1 else m) (e + k)
  where
    e = log2 n - log2 d - size - 1
    (q, r) = if e >= 0 then n `integerQuotRem` (shiftedLeft d e) else shiftedLeft n (negate e) `integerQuotRem` d
    k = max (log2 q + 1 - size) (least - e)
    m = shiftedRight q k
    dropped = q - shiftedLeft m k
    half = shiftedLeft 1 (k - 1)
    up = case compare dropped half of
        LT -> False
        EQ -> r /= 0 || odd m
        GT -> True

log2 :: Integer -> Int
log2 n = I# (word2Int# (integerLog2# n))

shiftedLeft, shiftedRight :: Integer -> Int -> Integer
shiftedLeft n (I# k) = integerShiftL# n (int2Word# k)
shiftedRight n (I# k) = integerShiftR# n (int2Word# k)

-- Writing

showSignedFloat :: RealFloat a => (a -> ShowS) -> Int -> a -> ShowS
showSignedFloat showPos p x
    | x < 0 || isNegativeZero x = showParen (p > 6) (showChar '-' . showPos (negate x))
    | otherwise = showPos x

showFloat :: RealFloat a => a -> ShowS
showFloat x = showString (formatRealFloat FFGeneric Nothing x)

-- | With an exponent, with digits only, or as Show does.
data FFFormat = FFExponent | FFFixed | FFGeneric

formatRealFloat :: RealFloat a => FFFormat -> Maybe Int -> a -> String
formatRealFloat format decimals x = formatRealFloatAlt format decimals False x

-- | With a point even if nothing stands behind it, or without.
formatRealFloatAlt :: RealFloat a => FFFormat -> Maybe Int -> Bool -> a -> String
formatRealFloatAlt format decimals point x
    | isNaN x = "NaN"
    | isInfinite x = if x < 0 then "-Infinity" else "Infinity"
    | x < 0 || isNegativeZero x = '-' : written format (floatToDigits 10 (negate x))
    | otherwise = written format (floatToDigits 10 x)
  where
    written FFGeneric (ds, e) = written (if e < 0 || e > 7 then FFExponent else FFFixed) (ds, e)
    written FFExponent (ds, e) = case decimals of
        Nothing -> withExponent ds e
        Just n -> rounded (max n (if n <= 0 then 0 else 1)) ds e
    written FFFixed (ds, e) = case decimals of
        Nothing -> plain ds e
        Just n -> fixed (max n 0) ds e

    withExponent [0] _ = "0.0e0"
    withExponent (d : ds) e = intToDigit d : '.' : orZero (map intToDigit ds) ++ 'e' : show (e - 1)
    withExponent [] _ = errorWithoutStackTrace "formatRealFloat: no digits"

    rounded n [0] _ = '0' : (if n == 0 then "" else '.' : replicate n '0') ++ "e0"
    rounded n ds e = case roundTo 10 (n + 1) ds of
        (carry, ds') -> case map intToDigit (if carry > 0 then init ds' else ds') of
            first : rest -> first : (if n == 0 then "" else '.' : rest) ++ 'e' : show (e - 1 + carry)
            [] -> errorWithoutStackTrace "formatRealFloat: no digits"

    plain ds e
        | e <= 0 = "0." ++ replicate (negate e) '0' ++ map intToDigit ds
        | otherwise = case splitAt e (map intToDigit ds) of
            (before, after) -> before ++ replicate (e - length before) '0' ++ '.' : orZero after

    fixed n ds e
        | e >= 0 = case roundTo 10 (n + e) ds of
            (carry, ds') -> case splitAt (e + carry) (map intToDigit ds') of
                (before, after) -> orZero before ++ behindPoint after
        | otherwise = case roundTo 10 n (replicate (negate e) 0 ++ ds) of
            (carry, ds') -> case map intToDigit (if carry > 0 then ds' else 0 : ds') of
                first : rest -> first : behindPoint rest
                [] -> errorWithoutStackTrace "formatRealFloat: no digits"

    behindPoint ds = if null ds && not point then "" else '.' : ds
    orZero ds = if null ds then "0" else ds

-- | Digits, rounded to as many; a half goes to the even digit. The carry is 1 if there is a digit more.
roundTo :: Int -> Int -> [Int] -> (Int, [Int])
roundTo base n ds = case go n True ds of
    (0, ds') -> (0, ds')
    (c, ds') -> (c, c : ds')
  where
    half = base `quot` 2
    go k _ [] = (0, replicate k 0)
    go 0 isEven (x : xs)
        | x == half && isEven && all (== 0) xs = (0, [])
        | otherwise = (if x >= half then 1 else 0, [])
    go k _ (x : xs) = case go (k - 1) (even x) xs of
        (c, rest)
            | c + x == base -> (1, 0 : rest)
            | otherwise -> (0, c + x : rest)

-- | The shortest digits that are read back as the same number, and the exponent, of 0.d1d2…: the algorithm of Burger and Dybvig,
-- "Printing Floating-Point Numbers Quickly and Accurately" (1996). Numerator and denominator are r and s, the distances to the
-- neighbours up/s and down/s.
floatToDigits :: RealFloat a => Integer -> a -> ([Int], Int)
floatToDigits _ 0 = ([0], 0)
floatToDigits base x = (digits, k)
  where
    size = floatDigits x
    least = case floatRange x of (low, _) -> low - size
    (f, e) = case decodeFloat x of
        (m, n)
            | n < least -> (shiftedRight m (least - n), least)
            | otherwise -> (m, n)
    -- the neighbour beneath is nearer at a power of two
    border = f == shiftedLeft 1 (size - 1)
    (r, s, up, down)
        | e >= 0 = if border then (shiftedLeft f (e + 2), 4, shiftedLeft 1 (e + 1), shiftedLeft 1 e) else (shiftedLeft f (e + 1), 2, shiftedLeft 1 e, shiftedLeft 1 e)
        | border && e > least = (f * 4, shiftedLeft 1 (2 - e), 2, 1)
        | otherwise = (f * 2, shiftedLeft 1 (1 - e), 1, 1)
    k = fixed estimate
    -- at most the exponent, and seldom less by more than one: 0.30102 is a little less than the logarithm of 2
    estimate
        | base == 10 = let bits = log2 f + e in if bits >= 0 then bits * 30102 `quot` 100000 else (bits * 30103 `quot` 100000) - 1
        | otherwise = ceilingDoubleInt (int2Double (log2 (f + 1) + e) * log 2 / log (D# (integerToDouble# base))) - 1
    fixed n
        | n >= 0 = if r + up <= expt base n * s then n else fixed (n + 1)
        | otherwise = if expt base (negate n) * (r + up) <= s then n else fixed (n + 1)
    digits
        | k >= 0 = generate r (s * expt base k) up down
        | otherwise = let b = expt base (negate k) in generate (r * b) s (up * b) (down * b)
    generate !n d mUp mDown = case integerQuotRem# (n * base) d of
        (# q, n' #) -> case (n' < mDown', n' + mUp' > d) of
            (True, False) -> [digit]
            (False, True) -> [digit + 1]
            (True, True) -> [if n' * 2 < d then digit else digit + 1]
            (False, False) -> digit : generate n' d mUp' mDown'
          where
            digit = I# (integerToInt# q)
            mUp' = mUp * base
            mDown' = mDown * base

expt :: Integer -> Int -> Integer
expt base n = if base == 2 then shiftedLeft 1 n else base ^ n
