{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | The methods of RealFrac at the types that they are most often at, which rules of GHC.Float put in their place.
module GHC.Float.RealFracMethods
    ( properFractionDoubleInteger, truncateDoubleInteger, floorDoubleInteger, ceilingDoubleInteger, roundDoubleInteger
    , properFractionDoubleInt, floorDoubleInt, ceilingDoubleInt, roundDoubleInt, double2Int, int2Double
    , properFractionFloatInteger, truncateFloatInteger, floorFloatInteger, ceilingFloatInteger, roundFloatInteger
    , properFractionFloatInt, floorFloatInt, ceilingFloatInt, roundFloatInt, float2Int, int2Float
    ) where

import GHC.Base
import GHC.Num.Integer

-- A mantissa times a power of two, as a whole number

-- | Rounded down; the exponent is negative.
down :: Int# -> Int# -> Int#
down m e = m `uncheckedIShiftRA#` (if isTrue# (e <# -63#) then 63# else negateInt# e)

towardZero :: Int# -> Int# -> Int#
towardZero m e
    | isTrue# (m <# 0#) = negateInt# (down (negateInt# m) e)
    | otherwise = down m e

up :: Int# -> Int# -> Int#
up m e = negateInt# (down (negateInt# m) e)

-- | Of halves, to the even one.
nearest :: Int# -> Int# -> Int#
nearest m e
    | isTrue# (e <# -63#) = 0#
    | otherwise = case down m e of
        n -> case (m -# (n `uncheckedIShiftL#` negateInt# e)) -# (1# `uncheckedIShiftL#` (-1# -# e)) of
            beyond
                | isTrue# (beyond <# 0#) -> n
                | isTrue# (beyond ># 0#) -> n +# 1#
                | otherwise -> n +# (n `andI#` 1#)

whole :: (Int# -> Int# -> Int#) -> Int# -> Int# -> Integer
whole rounded m e
    | isTrue# (e <# 0#) = IS (rounded m e)
    | otherwise = integerShiftL# (IS m) (int2Word# e)
{-# INLINE whole #-}

-- Double

truncateDoubleInteger, floorDoubleInteger, ceilingDoubleInteger, roundDoubleInteger :: Double -> Integer
truncateDoubleInteger (D# x) = case decodeDouble_Int64# x of (# m, e #) -> whole towardZero m e
floorDoubleInteger (D# x) = case decodeDouble_Int64# x of (# m, e #) -> whole down m e
ceilingDoubleInteger (D# x) = case decodeDouble_Int64# x of (# m, e #) -> whole up m e
roundDoubleInteger (D# x) = case decodeDouble_Int64# x of (# m, e #) -> whole nearest m e

properFractionDoubleInteger :: Double -> (Integer, Double)
properFractionDoubleInteger (D# x) = case decodeDouble_Int64# x of
    (# m, e #)
        | isTrue# (e <# 0#) -> case towardZero m e of n -> (IS n, D# (x -## int2Double# n))
        | otherwise -> (integerShiftL# (IS m) (int2Word# e), D# 0.0##)

properFractionDoubleInt :: Double -> (Int, Double)
properFractionDoubleInt (D# x)
    | isTrue# (x ==## 0.0##) = (I# 0#, D# 0.0##) -- of -0.0 too
    | otherwise = case double2Int# x of n -> (I# n, D# (x -## int2Double# n))

floorDoubleInt, ceilingDoubleInt, roundDoubleInt :: Double -> Int
floorDoubleInt (D# x) = case double2Int# x of n -> I# (n -# (x <## int2Double# n))
ceilingDoubleInt (D# x) = case double2Int# x of n -> I# (n +# (x >## int2Double# n))
roundDoubleInt (D# x) = case double2Int# x of
    n -> case fabsDouble# (x -## int2Double# n) of
        distance
            | isTrue# ((distance <## 0.5##) `orI#` (distance >## 1.0##)) -> I# n -- more than 1: beyond Int
            | isTrue# ((distance >## 0.5##) `orI#` (n `andI#` 1#)) -> I# (if isTrue# (x <## 0.0##) then n -# 1# else n +# 1#)
            | otherwise -> I# n

double2Int :: Double -> Int
double2Int (D# x) = I# (double2Int# x)

int2Double :: Int -> Double
int2Double (I# n) = D# (int2Double# n)

-- Float

truncateFloatInteger, floorFloatInteger, ceilingFloatInteger, roundFloatInteger :: Float -> Integer
truncateFloatInteger (F# x) = case decodeFloat_Int# x of (# m, e #) -> whole towardZero m e
floorFloatInteger (F# x) = case decodeFloat_Int# x of (# m, e #) -> whole down m e
ceilingFloatInteger (F# x) = case decodeFloat_Int# x of (# m, e #) -> whole up m e
roundFloatInteger (F# x) = case decodeFloat_Int# x of (# m, e #) -> whole nearest m e

properFractionFloatInteger :: Float -> (Integer, Float)
properFractionFloatInteger (F# x) = case decodeFloat_Int# x of
    (# m, e #)
        | isTrue# (e <# 0#) -> case towardZero m e of n -> (IS n, F# (x `minusFloat#` int2Float# n))
        | otherwise -> (integerShiftL# (IS m) (int2Word# e), F# 0.0#)

properFractionFloatInt :: Float -> (Int, Float)
properFractionFloatInt (F# x)
    | isTrue# (x `eqFloat#` 0.0#) = (I# 0#, F# 0.0#)
    | otherwise = case float2Int# x of n -> (I# n, F# (x `minusFloat#` int2Float# n))

floorFloatInt, ceilingFloatInt, roundFloatInt :: Float -> Int
floorFloatInt (F# x) = case float2Int# x of n -> I# (n -# (x `ltFloat#` int2Float# n))
ceilingFloatInt (F# x) = case float2Int# x of n -> I# (n +# (x `gtFloat#` int2Float# n))
roundFloatInt x = roundDoubleInt (float2Double x)
  where
    float2Double (F# f) = D# (float2Double# f)

float2Int :: Float -> Int
float2Int (F# x) = I# (float2Int# x)

int2Float :: Int -> Float
int2Float (I# n) = F# (int2Float# n)
