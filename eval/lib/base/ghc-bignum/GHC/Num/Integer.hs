{-# LANGUAGE BangPatterns, MagicHash, NegativeLiterals, NoImplicitPrelude, UnboxedSums, UnboxedTuples, UnliftedFFITypes #-}
-- | Integers: an Int, or a sign and more than an Int holds.
--
-- The optimiser knows these functions by name, and computes what it can of them; so they are not to be inlined before it has looked.
module GHC.Num.Integer
    ( Integer (..), integerZero, integerOne, integerFromInt#, integerFromInt, integerFromWord#, integerFromNatural
    , integerToInt#, integerToInt, integerToWord#, integerToNatural, integerToNaturalClamp, integerToNaturalThrow
    , integerIsNegative, integerIsZero, integerEq#, integerNe#, integerLt#, integerLe#, integerGt#, integerGe#
    , integerCompare, integerAdd, integerSub, integerMul, integerNegate, integerAbs, integerSignum, integerSignum#
    , integerQuotRem#, integerDivMod#, integerQuotRem, integerDivMod, integerQuot, integerRem, integerDiv, integerMod
    , integerGcd, integerLcm, integerComplement, integerAnd, integerOr, integerXor, integerPopCount#, integerBit#
    , integerTestBit#, integerShiftL#, integerShiftR#, integerLog2#, integerLogBase#, integerToDouble#, integerToFloat#
    , integerEncodeDouble#, integerEncodeFloat#, integerDecodeDouble#
    ) where

import GHC.Classes
import GHC.Magic ()
import GHC.Num.BigNat (BigNat#)
import qualified GHC.Num.BigNat as B
import GHC.Num.Natural
import GHC.Prim
import GHC.Prim.Exception
import GHC.Types

-- | Big ones are those that are no Int: what is above it, and the amount of what is below it.
data Integer
    = IS Int#
    | IP BigNat#
    | IN BigNat#

instance Eq Integer where
    a == b = isTrue# (integerEq# a b)
    a /= b = isTrue# (integerNe# a b)

instance Ord Integer where
    compare = integerCompare
    a < b = isTrue# (integerLt# a b)
    a <= b = isTrue# (integerLe# a b)
    a > b = isTrue# (integerGt# a b)
    a >= b = isTrue# (integerGe# a b)

-- Making them

integerZero, integerOne :: Integer
integerZero = IS 0#
integerOne = IS 1#

positive, negative :: BigNat# -> Integer
positive a = case B.size a of
    0# -> IS 0#
    1# -> integerFromWord# (B.limb a 0#)
    _ -> IP a
negative a = case B.size a of
    0# -> IS 0#
    1# | isTrue# (B.limb a 0# `leWord#` 0x8000000000000000##) -> IS (negateInt# (word2Int# (B.limb a 0#)))
    _ -> IN a

integerFromInt# :: Int# -> Integer
integerFromInt# i = IS i

integerFromInt :: Int -> Integer
integerFromInt (I# i) = IS i

integerFromWord# :: Word# -> Integer
integerFromWord# w
    | isTrue# (word2Int# w >=# 0#) = IS (word2Int# w)
    | True = IP (B.fromWord w)
{-# NOINLINE integerFromWord# #-}

integerFromNatural :: Natural -> Integer
integerFromNatural (NS w) = integerFromWord# w
integerFromNatural (NB a) = IP a
{-# NOINLINE integerFromNatural #-}

-- | The amount, as limbs.
amount :: Integer -> BigNat#
amount (IS i) = case absolute i of
    0## -> B.zero (# #)
    w -> B.fromWord w
amount (IP a) = a
amount (IN a) = a

absolute :: Int# -> Word#
absolute i = int2Word# (if isTrue# (i <# 0#) then negateInt# i else i)

-- Reading them

integerToInt# :: Integer -> Int#
integerToInt# a = word2Int# (integerToWord# a)
{-# NOINLINE integerToInt# #-}

integerToInt :: Integer -> Int
integerToInt a = I# (integerToInt# a)

-- | The low word, of two's complement.
integerToWord# :: Integer -> Word#
integerToWord# (IS i) = int2Word# i
integerToWord# (IP a) = B.limb a 0#
integerToWord# (IN a) = int2Word# (negateInt# (word2Int# (B.limb a 0#)))
{-# NOINLINE integerToWord# #-}

-- | The amount; of what is below zero, zero; of what is below zero, an exception.
integerToNatural, integerToNaturalClamp, integerToNaturalThrow :: Integer -> Natural
integerToNatural (IS i) = NS (absolute i)
integerToNatural (IP a) = naturalFromBigNat# a
integerToNatural (IN a) = naturalFromBigNat# a
integerToNaturalClamp a
    | integerIsNegative a = NS 0##
    | True = integerToNatural a
integerToNaturalThrow a
    | integerIsNegative a = raiseUnderflow
    | True = integerToNatural a
{-# NOINLINE integerToNatural #-}
{-# NOINLINE integerToNaturalClamp #-}
{-# NOINLINE integerToNaturalThrow #-}

integerIsNegative, integerIsZero :: Integer -> Bool
integerIsNegative (IS i) = isTrue# (i <# 0#)
integerIsNegative (IP _) = False
integerIsNegative (IN _) = True
integerIsZero (IS 0#) = True
integerIsZero _ = False

-- Comparing

integerEq#, integerNe#, integerLt#, integerLe#, integerGt#, integerGe# :: Integer -> Integer -> Int#
integerEq# (IS a) (IS b) = a ==# b
integerEq# a b = case integerCompare a b of EQ -> 1#; _ -> 0#
integerNe# (IS a) (IS b) = a /=# b
integerNe# a b = case integerCompare a b of EQ -> 0#; _ -> 1#
integerLt# (IS a) (IS b) = a <# b
integerLt# a b = case integerCompare a b of LT -> 1#; _ -> 0#
integerLe# (IS a) (IS b) = a <=# b
integerLe# a b = case integerCompare a b of GT -> 0#; _ -> 1#
integerGt# (IS a) (IS b) = a ># b
integerGt# a b = case integerCompare a b of GT -> 1#; _ -> 0#
integerGe# (IS a) (IS b) = a >=# b
integerGe# a b = case integerCompare a b of LT -> 0#; _ -> 1#
{-# NOINLINE integerEq# #-}
{-# NOINLINE integerNe# #-}
{-# NOINLINE integerLt# #-}
{-# NOINLINE integerLe# #-}
{-# NOINLINE integerGt# #-}
{-# NOINLINE integerGe# #-}

integerCompare :: Integer -> Integer -> Ordering
integerCompare (IS a) (IS b) = compareInt# a b
integerCompare (IP a) (IP b) = B.compare# a b
integerCompare (IN a) (IN b) = B.compare# b a
integerCompare (IP _) _ = GT
integerCompare (IN _) _ = LT
integerCompare _ (IP _) = LT
integerCompare _ (IN _) = GT
{-# NOINLINE integerCompare #-}

-- Arithmetic

integerAdd, integerSub, integerMul :: Integer -> Integer -> Integer
integerAdd a (IS 0#) = a
integerAdd (IS 0#) b = b
integerAdd (IS a) (IS b) = case addIntC# a b of
    (# c, 0# #) -> IS c
    (# 0#, _ #) -> IN (B.fromWord2 1## 0##)
    (# c, _ #)
        | isTrue# (a ># 0#) -> IP (B.fromWord (int2Word# c))
        | True -> IN (B.fromWord (int2Word# (negateInt# c)))
integerAdd (IS a) b = addSmall b a
integerAdd a (IS b) = addSmall a b
integerAdd (IP a) (IP b) = IP (B.add a b)
integerAdd (IN a) (IN b) = IN (B.add a b)
integerAdd (IP a) (IN b) = difference a b
integerAdd (IN a) (IP b) = difference b a
{-# NOINLINE integerAdd #-}

-- | To what is big.
addSmall, subSmall :: Integer -> Int# -> Integer
addSmall a i
    | isTrue# (i >=# 0#) = addWord a (int2Word# i)
    | True = subWord a (absolute i)
subSmall a i
    | isTrue# (i >=# 0#) = subWord a (int2Word# i)
    | True = addWord a (absolute i)

addWord, subWord :: Integer -> Word# -> Integer
addWord (IN a) w = negative (B.subWord a w)
addWord a w = IP (B.addWord (amount a) w)
subWord (IN a) w = IN (B.addWord a w)
subWord a w = positive (B.subWord (amount a) w)

difference :: BigNat# -> BigNat# -> Integer
difference a b = case B.compare# a b of
    GT -> positive (B.sub a b)
    EQ -> IS 0#
    LT -> negative (B.sub b a)

integerSub a (IS 0#) = a
integerSub (IS a) (IS b) = case subIntC# a b of
    (# c, 0# #) -> IS c
    (# c, _ #)
        | isTrue# (a >=# 0#) -> IP (B.fromWord (int2Word# c))
        | True -> IN (B.fromWord (int2Word# (negateInt# c)))
integerSub a (IS b) = subSmall a b
integerSub (IS a) (IP b)
    | isTrue# (a >=# 0#) = negative (B.subWord b (int2Word# a))
    | True = IN (B.addWord b (absolute a))
integerSub (IS a) (IN b)
    | isTrue# (a >=# 0#) = IP (B.addWord b (int2Word# a))
    | True = positive (B.subWord b (absolute a))
integerSub (IP a) (IP b) = difference a b
integerSub (IN a) (IN b) = difference b a
integerSub (IP a) (IN b) = IP (B.add a b)
integerSub (IN a) (IP b) = IN (B.add a b)
{-# NOINLINE integerSub #-}

integerMul !_ (IS 0#) = IS 0#
integerMul (IS 0#) _ = IS 0#
integerMul a (IS 1#) = a
integerMul (IS 1#) b = b
integerMul (IS a) (IS b) = case mulIntMayOflo# a b of
    0# -> IS (a *# b)
    _ -> case timesWord2# (absolute a) (absolute b) of
        (# 0##, low #)
            | sameSign a b -> integerFromWord# low
            | True -> negative (B.fromWord low)
        (# high, low #)
            | sameSign a b -> IP (B.fromWord2 high low)
            | True -> IN (B.fromWord2 high low)
integerMul (IS a) b = mulSmall b a
integerMul a (IS b) = mulSmall a b
integerMul (IP a) (IP b) = IP (B.mul a b)
integerMul (IN a) (IN b) = IP (B.mul a b)
integerMul (IP a) (IN b) = IN (B.mul a b)
integerMul (IN a) (IP b) = IN (B.mul a b)
{-# NOINLINE integerMul #-}

sameSign :: Int# -> Int# -> Bool
sameSign a b = isTrue# ((a `xorI#` b) >=# 0#)

mulSmall :: Integer -> Int# -> Integer
mulSmall (IP a) i
    | isTrue# (i ># 0#) = positive (B.mulWord a (int2Word# i))
    | True = negative (B.mulWord a (absolute i))
mulSmall (IN a) i
    | isTrue# (i ># 0#) = negative (B.mulWord a (int2Word# i))
    | True = positive (B.mulWord a (absolute i))
mulSmall (IS a) i = integerMul (IS a) (IS i)

integerNegate, integerAbs, integerSignum :: Integer -> Integer
integerNegate (IS -0x8000000000000000#) = IP (B.fromWord 0x8000000000000000##)
integerNegate (IS a) = IS (negateInt# a)
integerNegate (IP a) = negative a
integerNegate (IN a) = IP a
integerAbs a = if integerIsNegative a then integerNegate a else a
integerSignum a = IS (integerSignum# a)
{-# NOINLINE integerNegate #-}
{-# NOINLINE integerAbs #-}
{-# NOINLINE integerSignum #-}

integerSignum# :: Integer -> Int#
integerSignum# (IS a) = (a ># 0#) -# (a <# 0#)
integerSignum# (IP _) = 1#
integerSignum# (IN _) = -1#

integerQuotRem#, integerDivMod# :: Integer -> Integer -> (# Integer, Integer #)
integerQuotRem# !_ (IS 0#) = case raiseDivZero of !_ -> (# IS 0#, IS 0# #)
integerQuotRem# a (IS 1#) = (# a, IS 0# #)
integerQuotRem# a (IS -1#) = (# integerNegate a, IS 0# #)
integerQuotRem# (IS a) (IS b) = case quotRemInt# a b of (# q, r #) -> (# IS q, IS r #)
integerQuotRem# n@(IS a) _ -- the least of them is as large as a big number may be
    | isTrue# (a /=# -0x8000000000000000#) = (# IS 0#, n #)
integerQuotRem# (IP a) (IS b) = case B.quotRemWord# a (absolute b) of
    (# q, r #) -> (# if isTrue# (b ># 0#) then positive q else negative q, integerFromWord# r #)
integerQuotRem# (IN a) (IS b) = case B.quotRemWord# a (absolute b) of
    (# q, r #) -> (# if isTrue# (b ># 0#) then negative q else positive q, negative (B.fromWord r) #)
integerQuotRem# a b = case B.quotRem# (amount a) (amount b) of
    (# q, r #) ->
        (# if isTrue# (integerSignum# a ==# integerSignum# b) then positive q else negative q
        , if integerIsNegative a then negative r else positive r #)
{-# NOINLINE integerQuotRem# #-}

integerDivMod# a b = case integerQuotRem# a b of
    (# q, r #)
        | isTrue# (integerSignum# r ==# negateInt# (integerSignum# b)) -> (# integerSub q (IS 1#), integerAdd r b #)
        | True -> (# q, r #)
{-# NOINLINE integerDivMod# #-}

integerQuotRem, integerDivMod :: Integer -> Integer -> (Integer, Integer)
integerQuotRem a b = case integerQuotRem# a b of (# q, r #) -> (q, r)
integerDivMod a b = case integerDivMod# a b of (# q, r #) -> (q, r)

integerQuot, integerRem, integerDiv, integerMod, integerGcd, integerLcm :: Integer -> Integer -> Integer
integerQuot a (IS 1#) = a
integerQuot (IS a) (IS b)
    | isTrue# (b ># 0#) = IS (quotInt# a b)
integerQuot (IP a) (IS b)
    | isTrue# (b ># 0#) = case B.quotRemWord# a (int2Word# b) of (# q, _ #) -> positive q
integerQuot (IP a) (IP b) = positive (B.quot a b)
integerQuot (IN a) (IP b) = negative (B.quot a b)
integerQuot a b = case integerQuotRem# a b of (# q, _ #) -> q
integerRem (IS a) (IS b)
    | isTrue# (b ># 0#) = IS (remInt# a b)
integerRem (IP a) (IS b)
    | isTrue# (b ># 0#) = integerFromWord# (B.remWord a (int2Word# b))
integerRem (IP a) (IP b) = positive (B.rem a b)
integerRem (IN a) (IP b) = negative (B.rem a b)
integerRem a b = case integerQuotRem# a b of (# _, r #) -> r
integerDiv a (IS 1#) = a
integerDiv (IS a) (IS b)
    | isTrue# (b ># 0#) = IS (divInt# a b)
integerDiv a b
    | bothPositive a b = integerQuot a b
    | True = case integerDivMod# a b of (# q, _ #) -> q
integerMod (IS a) (IS b)
    | isTrue# (b ># 0#) = IS (modInt# a b)
integerMod a b
    | bothPositive a b = integerRem a b
    | True = case integerDivMod# a b of (# _, r #) -> r
integerGcd (IS 0#) b = integerAbs b
integerGcd a (IS 0#) = integerAbs a
integerGcd (IS a) (IS b) = integerFromWord# (B.gcdWords (absolute a) (absolute b))
integerGcd a@(IS _) b = integerGcd b a
integerGcd a (IS b) = integerFromWord# (B.gcdWord (amount a) (absolute b))
integerGcd a b = positive (B.gcd (amount a) (amount b))
integerLcm (IS 0#) !_ = IS 0#
integerLcm !_ (IS 0#) = IS 0#
integerLcm a b = integerMul (integerQuot (integerAbs a) (integerGcd a b)) (integerAbs b)
{-# NOINLINE integerQuot #-}
{-# NOINLINE integerRem #-}
{-# NOINLINE integerDiv #-}
{-# NOINLINE integerMod #-}
{-# NOINLINE integerGcd #-}
{-# NOINLINE integerLcm #-}

bothPositive :: Integer -> Integer -> Bool
bothPositive a b = isTrue# ((integerSignum# a ># 0#) `andI#` (integerSignum# b ># 0#))

-- Bits, of two's complement without an end: the bits of -n are those that n - 1 has not

-- | One less than the amount.
below :: BigNat# -> BigNat#
below a = B.subWord a 1##

-- | The number whose bits are those that are not in here.
without :: BigNat# -> Integer
without a = case B.size a of
    0# -> IS -1#
    _ -> negative (B.addWord a 1##)

integerComplement :: Integer -> Integer
integerComplement (IS a) = IS (notI# a)
integerComplement a = integerSub (IS -1#) a
{-# NOINLINE integerComplement #-}

-- | The bits of a number, or those that it lacks.
bits :: Integer -> (# BigNat# | BigNat# #)
bits a
    | integerIsNegative a = (# | below (amount a) #)
    | True = (# amount a | #)

integerAnd, integerOr, integerXor :: Integer -> Integer -> Integer
integerAnd (IS 0#) _ = IS 0#
integerAnd (IS -1#) b = b
integerAnd (IS a) (IS b) = IS (a `andI#` b)
integerAnd a b = case (# bits a, bits b #) of
    (# (# x | #), (# y | #) #) -> positive (B.and x y)
    (# (# x | #), (# | y #) #) -> positive (B.andNot x y)
    (# (# | x #), (# y | #) #) -> positive (B.andNot y x)
    (# (# | x #), (# | y #) #) -> without (B.or x y)
integerOr (IS 0#) b = b
integerOr (IS -1#) _ = IS -1#
integerOr (IS a) (IS b) = IS (a `orI#` b)
integerOr a b = case (# bits a, bits b #) of
    (# (# x | #), (# y | #) #) -> positive (B.or x y)
    (# (# x | #), (# | y #) #) -> without (B.andNot y x)
    (# (# | x #), (# y | #) #) -> without (B.andNot x y)
    (# (# | x #), (# | y #) #) -> without (B.and x y)
integerXor (IS a) (IS b) = IS (a `xorI#` b)
integerXor a b = case (# bits a, bits b #) of
    (# (# x | #), (# y | #) #) -> positive (B.xor x y)
    (# (# x | #), (# | y #) #) -> without (B.xor x y)
    (# (# | x #), (# y | #) #) -> without (B.xor x y)
    (# (# | x #), (# | y #) #) -> positive (B.xor x y)
{-# NOINLINE integerAnd #-}
{-# NOINLINE integerOr #-}
{-# NOINLINE integerXor #-}

integerPopCount# :: Integer -> Int#
integerPopCount# (IS a)
    | isTrue# (a >=# 0#) = word2Int# (popCnt# (int2Word# a))
    | True = negateInt# (word2Int# (popCnt# (absolute a)))
integerPopCount# (IP a) = word2Int# (B.popCount a)
integerPopCount# (IN a) = negateInt# (word2Int# (B.popCount a))
{-# NOINLINE integerPopCount# #-}

integerBit# :: Word# -> Integer
integerBit# k = integerShiftL# (IS 1#) k
{-# NOINLINE integerBit# #-}

integerTestBit# :: Integer -> Word# -> Int#
integerTestBit# (IS a) k
    | isTrue# (k `ltWord#` 64##) = (a `uncheckedIShiftRA#` word2Int# k) `andI#` 1#
    | True = a <# 0#
integerTestBit# a k = case bits a of
    (# x | #) -> B.testBit x k
    (# | x #) -> 1# -# B.testBit x k
{-# NOINLINE integerTestBit# #-}

integerShiftL#, integerShiftR# :: Integer -> Word# -> Integer
integerShiftL# a 0## = a
integerShiftL# (IS 0#) _ = IS 0#
integerShiftL# (IS a) k
    | isTrue# (k `ltWord#` clz# (absolute a)) = IS (a `uncheckedIShiftL#` word2Int# k)
integerShiftL# a k
    | integerIsNegative a = negative (B.shiftL (amount a) k)
    | True = positive (B.shiftL (amount a) k)
integerShiftR# a 0## = a
integerShiftR# (IS a) k
    | isTrue# (k `ltWord#` 64##) = IS (a `uncheckedIShiftRA#` word2Int# k)
    | True = IS (negateInt# (a <# 0#))
integerShiftR# (IP a) k = positive (B.shiftR a k)
integerShiftR# (IN a) k = negative (B.shiftRUp a k)
{-# NOINLINE integerShiftL# #-}
{-# NOINLINE integerShiftR# #-}

-- | The position of the highest bit of what is above zero; otherwise 0.
integerLog2# :: Integer -> Word#
integerLog2# a
    | isTrue# (integerSignum# a ># 0#) = naturalLog2# (integerToNatural a)
    | True = 0##

-- | Base, number: the logarithm, rounded down.
integerLogBase# :: Integer -> Integer -> Word#
integerLogBase# base a
    | integerIsNegative a = 0##
    | True = case steps base of (# _, e #) -> e
  where
    -- what is left of the number when it is divided by the power, and the exponent
    steps power
        | isTrue# (integerLt# a power) = (# a, 0## #)
        | True = case steps (integerMul power power) of
            (# left, e #)
                | isTrue# (integerLt# left power) -> (# left, e `timesWord#` 2## #)
                | True -> (# integerQuot left power, (e `timesWord#` 2##) `plusWord#` 1## #)

-- Floating point

integerToDouble# :: Integer -> Double#
integerToDouble# a = integerEncodeDouble# a 0#
{-# NOINLINE integerToDouble# #-}

integerToFloat# :: Integer -> Float#
integerToFloat# a = integerEncodeFloat# a 0#
{-# NOINLINE integerToFloat# #-}

foreign import ccall unsafe "__int_encodeDouble" encodeDouble :: Int# -> Int# -> Double#

-- | The number times a power of two.
integerEncodeDouble# :: Integer -> Int# -> Double#
integerEncodeDouble# (IS a) 0# = int2Double# a
integerEncodeDouble# (IS a) e = encodeDouble a (clamped e)
integerEncodeDouble# (IP a) e = B.toDouble a 0# e
integerEncodeDouble# (IN a) e = B.toDouble a -1# e
{-# NOINLINE integerEncodeDouble# #-}

-- | C's int.
clamped :: Int# -> Int#
clamped e
    | isTrue# (e ># 100000#) = 100000#
    | isTrue# (e <# -100000#) = -100000#
    | True = e

integerEncodeFloat# :: Integer -> Int# -> Float#
integerEncodeFloat# a e = double2Float# (integerEncodeDouble# a e)
{-# NOINLINE integerEncodeFloat# #-}

-- | Mantissa and exponent.
integerDecodeDouble# :: Double# -> (# Integer, Int# #)
integerDecodeDouble# d = case decodeDouble_Int64# d of (# m, e #) -> (# IS m, e #)
{-# NOINLINE integerDecodeDouble# #-}
