{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Natural numbers: a word, or more than a word holds.
module GHC.Num.Natural
    ( Natural (..), naturalFromWord#, naturalFromBigNat#, naturalToBigNat#, naturalToWord#, naturalToWordClamp#
    , naturalIsZero, naturalEq#, naturalNe#, naturalLt#, naturalLe#, naturalGt#, naturalGe#, naturalCompare, naturalAdd
    , naturalMul, naturalSubThrow, naturalSubUnsafe, naturalQuotRem#, naturalQuot, naturalRem, naturalGcd, naturalLcm
    , naturalSignum, naturalNegate, naturalAnd, naturalAndNot, naturalOr, naturalXor, naturalPopCount#, naturalTestBit#
    , naturalBit#, naturalShiftL#, naturalShiftR#, naturalLog2#, naturalToDouble#, naturalPowMod
    ) where

import GHC.Classes
import GHC.Magic ()
import GHC.Num.BigNat (BigNat#)
import qualified GHC.Num.BigNat as B
import GHC.Prim
import GHC.Prim.Exception
import GHC.Types

-- | The big ones are those beyond a word.
data Natural
    = NS Word#
    | NB BigNat#

instance Eq Natural where
    a == b = isTrue# (naturalEq# a b)

instance Ord Natural where
    compare = naturalCompare

naturalFromWord# :: Word# -> Natural
naturalFromWord# w = NS w

naturalFromBigNat# :: BigNat# -> Natural
naturalFromBigNat# a = case B.size a of
    0# -> NS 0##
    1# -> NS (B.limb a 0#)
    _ -> NB a

naturalToBigNat# :: Natural -> BigNat#
naturalToBigNat# (NS w) = B.fromWord w
naturalToBigNat# (NB a) = a

-- | The low word.
naturalToWord# :: Natural -> Word#
naturalToWord# (NS w) = w
naturalToWord# (NB a) = B.limb a 0#
{-# NOINLINE naturalToWord# #-}

naturalToWordClamp# :: Natural -> Word#
naturalToWordClamp# (NS w) = w
naturalToWordClamp# (NB _) = 0xffffffffffffffff##

naturalIsZero :: Natural -> Bool
naturalIsZero (NS 0##) = True
naturalIsZero _ = False

naturalEq#, naturalNe#, naturalLt#, naturalLe#, naturalGt#, naturalGe# :: Natural -> Natural -> Int#
naturalEq# a b = case naturalCompare a b of EQ -> 1#; _ -> 0#
naturalNe# a b = case naturalCompare a b of EQ -> 0#; _ -> 1#
naturalLt# a b = case naturalCompare a b of LT -> 1#; _ -> 0#
naturalLe# a b = case naturalCompare a b of GT -> 0#; _ -> 1#
naturalGt# a b = case naturalCompare a b of GT -> 1#; _ -> 0#
naturalGe# a b = case naturalCompare a b of LT -> 0#; _ -> 1#
{-# NOINLINE naturalEq# #-}
{-# NOINLINE naturalNe# #-}
{-# NOINLINE naturalLt# #-}
{-# NOINLINE naturalLe# #-}
{-# NOINLINE naturalGt# #-}
{-# NOINLINE naturalGe# #-}

naturalCompare :: Natural -> Natural -> Ordering
naturalCompare (NS a) (NS b) = compareWord# a b
naturalCompare (NS _) (NB _) = LT
naturalCompare (NB _) (NS _) = GT
naturalCompare (NB a) (NB b) = B.compare# a b
{-# NOINLINE naturalCompare #-}

naturalAdd, naturalMul, naturalSubThrow, naturalSubUnsafe :: Natural -> Natural -> Natural
naturalAdd (NS a) (NS b) = case plusWord2# a b of
    (# 0##, low #) -> NS low
    (# high, low #) -> NB (B.fromWord2 high low)
naturalAdd (NB a) (NS b) = NB (B.addWord a b)
naturalAdd (NS a) (NB b) = NB (B.addWord b a)
naturalAdd (NB a) (NB b) = NB (B.add a b)
{-# NOINLINE naturalAdd #-}

naturalMul (NS 0##) _ = NS 0##
naturalMul (NS a) (NS b) = case timesWord2# a b of
    (# 0##, low #) -> NS low
    (# high, low #) -> NB (B.fromWord2 high low)
naturalMul (NB a) (NS b) = naturalFromBigNat# (B.mulWord a b)
naturalMul (NS a) (NB b) = naturalFromBigNat# (B.mulWord b a)
naturalMul (NB a) (NB b) = NB (B.mul a b)
{-# NOINLINE naturalMul #-}

naturalSubThrow a b = case naturalCompare a b of
    LT -> raiseUnderflow
    _ -> naturalSubUnsafe a b
{-# NOINLINE naturalSubThrow #-}

naturalSubUnsafe (NS a) (NS b) = NS (a `minusWord#` b)
naturalSubUnsafe (NB a) (NS b) = naturalFromBigNat# (B.subWord a b)
naturalSubUnsafe (NS _) (NB _) = NS 0##
naturalSubUnsafe (NB a) (NB b) = naturalFromBigNat# (B.sub a b)

naturalQuotRem# :: Natural -> Natural -> (# Natural, Natural #)
naturalQuotRem# _ (NS 0##) = case raiseDivZero of !_ -> (# NS 0##, NS 0## #)
naturalQuotRem# (NS a) (NS b) = case quotRemWord# a b of (# q, r #) -> (# NS q, NS r #)
naturalQuotRem# (NS a) (NB _) = (# NS 0##, NS a #)
naturalQuotRem# (NB a) (NS b) = case B.quotRemWord# a b of (# q, r #) -> (# naturalFromBigNat# q, NS r #)
naturalQuotRem# (NB a) (NB b) = case B.quotRem# a b of (# q, r #) -> (# naturalFromBigNat# q, naturalFromBigNat# r #)
{-# NOINLINE naturalQuotRem# #-}

naturalQuot, naturalRem, naturalGcd, naturalLcm :: Natural -> Natural -> Natural
naturalQuot _ (NS 0##) = raiseDivZero
naturalQuot (NS a) (NS b) = NS (quotWord# a b)
naturalQuot (NS _) (NB _) = NS 0##
naturalQuot (NB a) (NS b) = case B.quotRemWord# a b of (# q, _ #) -> naturalFromBigNat# q
naturalQuot (NB a) (NB b) = naturalFromBigNat# (B.quot a b)
naturalRem _ (NS 0##) = raiseDivZero
naturalRem (NS a) (NS b) = NS (remWord# a b)
naturalRem a@(NS _) (NB _) = a
naturalRem (NB a) (NS b) = NS (B.remWord a b)
naturalRem (NB a) (NB b) = naturalFromBigNat# (B.rem a b)
{-# NOINLINE naturalQuot #-}
{-# NOINLINE naturalRem #-}

naturalGcd (NS 0##) b = b
naturalGcd a (NS 0##) = a
naturalGcd (NS a) (NS b) = NS (B.gcdWords a b)
naturalGcd a (NS b) = NS (B.gcdWord (naturalToBigNat# a) b)
naturalGcd (NS a) (NB b) = NS (B.gcdWord b a)
naturalGcd (NB a) (NB b) = naturalFromBigNat# (B.gcd a b)
{-# NOINLINE naturalGcd #-}

naturalLcm (NS 0##) !_ = NS 0##
naturalLcm !_ (NS 0##) = NS 0##
naturalLcm a b = naturalMul (naturalQuot a (naturalGcd a b)) b
{-# NOINLINE naturalLcm #-}

naturalSignum, naturalNegate :: Natural -> Natural
naturalSignum (NS 0##) = NS 0##
naturalSignum _ = NS 1##
naturalNegate (NS 0##) = NS 0##
naturalNegate _ = raiseUnderflow
{-# NOINLINE naturalSignum #-}
{-# NOINLINE naturalNegate #-}

naturalAnd, naturalAndNot, naturalOr, naturalXor :: Natural -> Natural -> Natural
naturalAnd (NS a) (NS b) = NS (a `and#` b)
naturalAnd (NS a) (NB b) = NS (a `and#` B.limb b 0#)
naturalAnd (NB a) (NS b) = NS (B.limb a 0# `and#` b)
naturalAnd (NB a) (NB b) = naturalFromBigNat# (B.and a b)
naturalAndNot a b = naturalFromBigNat# (B.andNot (naturalToBigNat# a) (naturalToBigNat# b))
naturalOr (NS a) (NS b) = NS (a `or#` b)
naturalOr a b = NB (B.or (naturalToBigNat# a) (naturalToBigNat# b))
naturalXor (NS a) (NS b) = NS (a `xor#` b)
naturalXor a b = naturalFromBigNat# (B.xor (naturalToBigNat# a) (naturalToBigNat# b))
{-# NOINLINE naturalAnd #-}
{-# NOINLINE naturalAndNot #-}
{-# NOINLINE naturalOr #-}
{-# NOINLINE naturalXor #-}

naturalPopCount# :: Natural -> Word#
naturalPopCount# (NS a) = popCnt# a
naturalPopCount# (NB a) = B.popCount a
{-# NOINLINE naturalPopCount# #-}

naturalTestBit# :: Natural -> Word# -> Int#
naturalTestBit# a k = B.testBit (naturalToBigNat# a) k
{-# NOINLINE naturalTestBit# #-}

naturalBit# :: Word# -> Natural
naturalBit# k = naturalShiftL# (NS 1##) k
{-# NOINLINE naturalBit# #-}

naturalShiftL#, naturalShiftR# :: Natural -> Word# -> Natural
naturalShiftL# (NS 0##) _ = NS 0##
naturalShiftL# (NS a) k
    | isTrue# (k `ltWord#` clz# a) = NS (a `uncheckedShiftL#` word2Int# k)
naturalShiftL# a k = naturalFromBigNat# (B.shiftL (naturalToBigNat# a) k)
naturalShiftR# (NS a) k
    | isTrue# (k `ltWord#` 64##) = NS (a `uncheckedShiftRL#` word2Int# k)
    | True = NS 0##
naturalShiftR# (NB a) k = naturalFromBigNat# (B.shiftR a k)
{-# NOINLINE naturalShiftL# #-}
{-# NOINLINE naturalShiftR# #-}

naturalLog2# :: Natural -> Word#
naturalLog2# (NS 0##) = 0##
naturalLog2# (NS a) = 63## `minusWord#` clz# a
naturalLog2# (NB a) = B.log2 a
{-# NOINLINE naturalLog2# #-}

naturalToDouble# :: Natural -> Double#
naturalToDouble# (NS a) = word2Double# a
naturalToDouble# (NB a) = B.toDouble a 0# 0#

-- | Base, exponent, modulus.
naturalPowMod :: Natural -> Natural -> Natural -> Natural
naturalPowMod base power modulus
    | naturalIsZero modulus = raiseDivZero
    | True = go (naturalRem base modulus) power (naturalRem (NS 1##) modulus)
  where
    go b e result
        | naturalIsZero e = result
        | isTrue# (naturalTestBit# e 0##) = go (square b) (naturalShiftR# e 1##) (naturalRem (naturalMul result b) modulus)
        | True = go (square b) (naturalShiftR# e 1##) result
    square b = naturalRem (naturalMul b b) modulus
