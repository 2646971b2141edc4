{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Integers of 8, 16, 32 and 64 bits without a sign. Each is a Word# that is narrowed wherever it may have grown.
module GHC.Word
    ( Word, Word8 (..), Word16 (..), Word32 (..), Word64 (..)
    , byteSwap16, byteSwap32, byteSwap64, bitReverse8, bitReverse16, bitReverse32, bitReverse64
    ) where

import Data.Bits
import GHC.Base
import GHC.Enum
import GHC.Ix
import GHC.Num
import GHC.Real
import GHC.Show

-- Word8

data Word8 = W8# Word#

instance Eq Word8 where
    W8# x == W8# y = isTrue# (x `eqWord#` y)
    W8# x /= W8# y = isTrue# (x `neWord#` y)

instance Ord Word8 where
    compare (W8# x) (W8# y) = compareWord# x y
    W8# x < W8# y = isTrue# (x `ltWord#` y)
    W8# x <= W8# y = isTrue# (x `leWord#` y)
    W8# x > W8# y = isTrue# (x `gtWord#` y)
    W8# x >= W8# y = isTrue# (x `geWord#` y)

instance Show Word8 where
    showsPrec p (W8# x) = showsPrec p (W# x)

instance Num Word8 where
    W8# x + W8# y = W8# (narrow8Word# (x `plusWord#` y))
    W8# x - W8# y = W8# (narrow8Word# (x `minusWord#` y))
    W8# x * W8# y = W8# (narrow8Word# (x `timesWord#` y))
    negate (W8# x) = W8# (narrow8Word# (int2Word# (negateInt# (word2Int# x))))
    abs x = x
    signum (W8# 0##) = 0
    signum _ = 1
    fromInteger i = W8# (narrow8Word# (integerToWord# i))

instance Real Word8 where
    toRational x = toInteger x :% 1

instance Bounded Word8 where
    minBound = W8# 0##
    maxBound = W8# 0xff##

instance Enum Word8 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Word8"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Word8"
    toEnum i@(I# i#)
        | i >= 0 && toInteger i <= toInteger (maxBound :: Word8) = W8# (int2Word# i#)
        | otherwise = toEnumError "Word8" i (minBound :: Word8, maxBound :: Word8)
    fromEnum x@(W8# x#)
        | isTrue# (word2Int# x# >=# 0#) = I# (word2Int# x#)
        | otherwise = fromEnumError "Word8" x
    enumFrom = integralEnumFrom
    enumFromThen = integralEnumFromThen
    enumFromTo = integralEnumFromTo
    enumFromThenTo = integralEnumFromThenTo

instance Integral Word8 where
    quot (W8# x) y@(W8# y#)
        | y /= 0 = W8# (x `quotWord#` y#)
        | otherwise = divZeroError
    rem (W8# x) y@(W8# y#)
        | y /= 0 = W8# (x `remWord#` y#)
        | otherwise = divZeroError
    div = quot
    mod = rem
    quotRem (W8# x) y@(W8# y#)
        | y /= 0 = case x `quotRemWord#` y# of (# q, r #) -> (W8# q, W8# r)
        | otherwise = divZeroError
    divMod = quotRem
    toInteger (W8# x) = integerFromWord# x

instance Ix Word8 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral (i - m)
    inRange (m, n) i = m <= i && i <= n

instance Bits Word8 where
    W8# x .&. W8# y = W8# (x `and#` y)
    W8# x .|. W8# y = W8# (x `or#` y)
    xor (W8# x) (W8# y) = W8# (x `xor#` y)
    complement (W8# x) = W8# (narrow8Word# (not# x))
    shift (W8# x) (I# i)
        | isTrue# (i >=# 0#) = W8# (narrow8Word# (x `shiftL#` i))
        | otherwise = W8# (x `shiftRL#` negateInt# i)
    shiftL (W8# x) (I# i)
        | isTrue# (i >=# 0#) = W8# (narrow8Word# (x `shiftL#` i))
        | otherwise = overflowError
    shiftR (W8# x) (I# i)
        | isTrue# (i >=# 0#) = W8# (x `shiftRL#` i)
        | otherwise = overflowError
    unsafeShiftL (W8# x) (I# i) = W8# (narrow8Word# (x `uncheckedShiftL#` i))
    unsafeShiftR (W8# x) (I# i) = W8# (x `uncheckedShiftRL#` i)
    rotate (W8# x) (I# i) = case i `andI#` 7# of
        0# -> W8# x
        k -> W8# (narrow8Word# ((x `uncheckedShiftL#` k) `or#` (x `uncheckedShiftRL#` (8# -# k))))
    bitSizeMaybe _ = Just 8
    bitSize _ = 8
    isSigned _ = False
    popCount (W8# x) = I# (word2Int# (popCnt# x))
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Word8 where
    finiteBitSize _ = 8
    countLeadingZeros (W8# x) = I# (word2Int# (clz8# x))
    countTrailingZeros (W8# x) = I# (word2Int# (ctz8# x))

{-# RULES
"fromIntegral/Word8->Word8" fromIntegral = id :: Word8 -> Word8
"fromIntegral/Word8->a" fromIntegral = \(W8# x) -> fromIntegral (W# x)
"fromIntegral/a->Word8" fromIntegral = \n -> case fromIntegral n of W# x -> W8# (narrow8Word# x)
  #-}

-- Word16

data Word16 = W16# Word#

instance Eq Word16 where
    W16# x == W16# y = isTrue# (x `eqWord#` y)
    W16# x /= W16# y = isTrue# (x `neWord#` y)

instance Ord Word16 where
    compare (W16# x) (W16# y) = compareWord# x y
    W16# x < W16# y = isTrue# (x `ltWord#` y)
    W16# x <= W16# y = isTrue# (x `leWord#` y)
    W16# x > W16# y = isTrue# (x `gtWord#` y)
    W16# x >= W16# y = isTrue# (x `geWord#` y)

instance Show Word16 where
    showsPrec p (W16# x) = showsPrec p (W# x)

instance Num Word16 where
    W16# x + W16# y = W16# (narrow16Word# (x `plusWord#` y))
    W16# x - W16# y = W16# (narrow16Word# (x `minusWord#` y))
    W16# x * W16# y = W16# (narrow16Word# (x `timesWord#` y))
    negate (W16# x) = W16# (narrow16Word# (int2Word# (negateInt# (word2Int# x))))
    abs x = x
    signum (W16# 0##) = 0
    signum _ = 1
    fromInteger i = W16# (narrow16Word# (integerToWord# i))

instance Real Word16 where
    toRational x = toInteger x :% 1

instance Bounded Word16 where
    minBound = W16# 0##
    maxBound = W16# 0xffff##

instance Enum Word16 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Word16"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Word16"
    toEnum i@(I# i#)
        | i >= 0 && toInteger i <= toInteger (maxBound :: Word16) = W16# (int2Word# i#)
        | otherwise = toEnumError "Word16" i (minBound :: Word16, maxBound :: Word16)
    fromEnum x@(W16# x#)
        | isTrue# (word2Int# x# >=# 0#) = I# (word2Int# x#)
        | otherwise = fromEnumError "Word16" x
    enumFrom = integralEnumFrom
    enumFromThen = integralEnumFromThen
    enumFromTo = integralEnumFromTo
    enumFromThenTo = integralEnumFromThenTo

instance Integral Word16 where
    quot (W16# x) y@(W16# y#)
        | y /= 0 = W16# (x `quotWord#` y#)
        | otherwise = divZeroError
    rem (W16# x) y@(W16# y#)
        | y /= 0 = W16# (x `remWord#` y#)
        | otherwise = divZeroError
    div = quot
    mod = rem
    quotRem (W16# x) y@(W16# y#)
        | y /= 0 = case x `quotRemWord#` y# of (# q, r #) -> (W16# q, W16# r)
        | otherwise = divZeroError
    divMod = quotRem
    toInteger (W16# x) = integerFromWord# x

instance Ix Word16 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral (i - m)
    inRange (m, n) i = m <= i && i <= n

instance Bits Word16 where
    W16# x .&. W16# y = W16# (x `and#` y)
    W16# x .|. W16# y = W16# (x `or#` y)
    xor (W16# x) (W16# y) = W16# (x `xor#` y)
    complement (W16# x) = W16# (narrow16Word# (not# x))
    shift (W16# x) (I# i)
        | isTrue# (i >=# 0#) = W16# (narrow16Word# (x `shiftL#` i))
        | otherwise = W16# (x `shiftRL#` negateInt# i)
    shiftL (W16# x) (I# i)
        | isTrue# (i >=# 0#) = W16# (narrow16Word# (x `shiftL#` i))
        | otherwise = overflowError
    shiftR (W16# x) (I# i)
        | isTrue# (i >=# 0#) = W16# (x `shiftRL#` i)
        | otherwise = overflowError
    unsafeShiftL (W16# x) (I# i) = W16# (narrow16Word# (x `uncheckedShiftL#` i))
    unsafeShiftR (W16# x) (I# i) = W16# (x `uncheckedShiftRL#` i)
    rotate (W16# x) (I# i) = case i `andI#` 15# of
        0# -> W16# x
        k -> W16# (narrow16Word# ((x `uncheckedShiftL#` k) `or#` (x `uncheckedShiftRL#` (16# -# k))))
    bitSizeMaybe _ = Just 16
    bitSize _ = 16
    isSigned _ = False
    popCount (W16# x) = I# (word2Int# (popCnt# x))
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Word16 where
    finiteBitSize _ = 16
    countLeadingZeros (W16# x) = I# (word2Int# (clz16# x))
    countTrailingZeros (W16# x) = I# (word2Int# (ctz16# x))

{-# RULES
"fromIntegral/Word16->Word16" fromIntegral = id :: Word16 -> Word16
"fromIntegral/Word16->a" fromIntegral = \(W16# x) -> fromIntegral (W# x)
"fromIntegral/a->Word16" fromIntegral = \n -> case fromIntegral n of W# x -> W16# (narrow16Word# x)
  #-}

-- Word32

data Word32 = W32# Word#

instance Eq Word32 where
    W32# x == W32# y = isTrue# (x `eqWord#` y)
    W32# x /= W32# y = isTrue# (x `neWord#` y)

instance Ord Word32 where
    compare (W32# x) (W32# y) = compareWord# x y
    W32# x < W32# y = isTrue# (x `ltWord#` y)
    W32# x <= W32# y = isTrue# (x `leWord#` y)
    W32# x > W32# y = isTrue# (x `gtWord#` y)
    W32# x >= W32# y = isTrue# (x `geWord#` y)

instance Show Word32 where
    showsPrec p (W32# x) = showsPrec p (W# x)

instance Num Word32 where
    W32# x + W32# y = W32# (narrow32Word# (x `plusWord#` y))
    W32# x - W32# y = W32# (narrow32Word# (x `minusWord#` y))
    W32# x * W32# y = W32# (narrow32Word# (x `timesWord#` y))
    negate (W32# x) = W32# (narrow32Word# (int2Word# (negateInt# (word2Int# x))))
    abs x = x
    signum (W32# 0##) = 0
    signum _ = 1
    fromInteger i = W32# (narrow32Word# (integerToWord# i))

instance Real Word32 where
    toRational x = toInteger x :% 1

instance Bounded Word32 where
    minBound = W32# 0##
    maxBound = W32# 0xffffffff##

instance Enum Word32 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Word32"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Word32"
    toEnum i@(I# i#)
        | i >= 0 && toInteger i <= toInteger (maxBound :: Word32) = W32# (int2Word# i#)
        | otherwise = toEnumError "Word32" i (minBound :: Word32, maxBound :: Word32)
    fromEnum x@(W32# x#)
        | isTrue# (word2Int# x# >=# 0#) = I# (word2Int# x#)
        | otherwise = fromEnumError "Word32" x
    enumFrom = integralEnumFrom
    enumFromThen = integralEnumFromThen
    enumFromTo = integralEnumFromTo
    enumFromThenTo = integralEnumFromThenTo

instance Integral Word32 where
    quot (W32# x) y@(W32# y#)
        | y /= 0 = W32# (x `quotWord#` y#)
        | otherwise = divZeroError
    rem (W32# x) y@(W32# y#)
        | y /= 0 = W32# (x `remWord#` y#)
        | otherwise = divZeroError
    div = quot
    mod = rem
    quotRem (W32# x) y@(W32# y#)
        | y /= 0 = case x `quotRemWord#` y# of (# q, r #) -> (W32# q, W32# r)
        | otherwise = divZeroError
    divMod = quotRem
    toInteger (W32# x) = integerFromWord# x

instance Ix Word32 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral (i - m)
    inRange (m, n) i = m <= i && i <= n

instance Bits Word32 where
    W32# x .&. W32# y = W32# (x `and#` y)
    W32# x .|. W32# y = W32# (x `or#` y)
    xor (W32# x) (W32# y) = W32# (x `xor#` y)
    complement (W32# x) = W32# (narrow32Word# (not# x))
    shift (W32# x) (I# i)
        | isTrue# (i >=# 0#) = W32# (narrow32Word# (x `shiftL#` i))
        | otherwise = W32# (x `shiftRL#` negateInt# i)
    shiftL (W32# x) (I# i)
        | isTrue# (i >=# 0#) = W32# (narrow32Word# (x `shiftL#` i))
        | otherwise = overflowError
    shiftR (W32# x) (I# i)
        | isTrue# (i >=# 0#) = W32# (x `shiftRL#` i)
        | otherwise = overflowError
    unsafeShiftL (W32# x) (I# i) = W32# (narrow32Word# (x `uncheckedShiftL#` i))
    unsafeShiftR (W32# x) (I# i) = W32# (x `uncheckedShiftRL#` i)
    rotate (W32# x) (I# i) = case i `andI#` 31# of
        0# -> W32# x
        k -> W32# (narrow32Word# ((x `uncheckedShiftL#` k) `or#` (x `uncheckedShiftRL#` (32# -# k))))
    bitSizeMaybe _ = Just 32
    bitSize _ = 32
    isSigned _ = False
    popCount (W32# x) = I# (word2Int# (popCnt# x))
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Word32 where
    finiteBitSize _ = 32
    countLeadingZeros (W32# x) = I# (word2Int# (clz32# x))
    countTrailingZeros (W32# x) = I# (word2Int# (ctz32# x))

{-# RULES
"fromIntegral/Word32->Word32" fromIntegral = id :: Word32 -> Word32
"fromIntegral/Word32->a" fromIntegral = \(W32# x) -> fromIntegral (W# x)
"fromIntegral/a->Word32" fromIntegral = \n -> case fromIntegral n of W# x -> W32# (narrow32Word# x)
  #-}

-- Word64

data Word64 = W64# Word#

instance Eq Word64 where
    W64# x == W64# y = isTrue# (x `eqWord#` y)
    W64# x /= W64# y = isTrue# (x `neWord#` y)

instance Ord Word64 where
    compare (W64# x) (W64# y) = compareWord# x y
    W64# x < W64# y = isTrue# (x `ltWord#` y)
    W64# x <= W64# y = isTrue# (x `leWord#` y)
    W64# x > W64# y = isTrue# (x `gtWord#` y)
    W64# x >= W64# y = isTrue# (x `geWord#` y)

instance Show Word64 where
    showsPrec p (W64# x) = showsPrec p (W# x)

instance Num Word64 where
    W64# x + W64# y = W64# (x `plusWord#` y)
    W64# x - W64# y = W64# (x `minusWord#` y)
    W64# x * W64# y = W64# (x `timesWord#` y)
    negate (W64# x) = W64# (int2Word# (negateInt# (word2Int# x)))
    abs x = x
    signum (W64# 0##) = 0
    signum _ = 1
    fromInteger i = W64# (integerToWord# i)

instance Real Word64 where
    toRational x = toInteger x :% 1

instance Bounded Word64 where
    minBound = W64# 0##
    maxBound = W64# 0xffffffffffffffff##

instance Enum Word64 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Word64"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Word64"
    toEnum i@(I# i#)
        | i >= 0 && toInteger i <= toInteger (maxBound :: Word64) = W64# (int2Word# i#)
        | otherwise = toEnumError "Word64" i (minBound :: Word64, maxBound :: Word64)
    fromEnum x@(W64# x#)
        | isTrue# (word2Int# x# >=# 0#) = I# (word2Int# x#)
        | otherwise = fromEnumError "Word64" x
    enumFrom = integralEnumFrom
    enumFromThen = integralEnumFromThen
    enumFromTo = integralEnumFromTo
    enumFromThenTo = integralEnumFromThenTo

instance Integral Word64 where
    quot (W64# x) y@(W64# y#)
        | y /= 0 = W64# (x `quotWord#` y#)
        | otherwise = divZeroError
    rem (W64# x) y@(W64# y#)
        | y /= 0 = W64# (x `remWord#` y#)
        | otherwise = divZeroError
    div = quot
    mod = rem
    quotRem (W64# x) y@(W64# y#)
        | y /= 0 = case x `quotRemWord#` y# of (# q, r #) -> (W64# q, W64# r)
        | otherwise = divZeroError
    divMod = quotRem
    toInteger (W64# x) = integerFromWord# x

instance Ix Word64 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral (i - m)
    inRange (m, n) i = m <= i && i <= n

instance Bits Word64 where
    W64# x .&. W64# y = W64# (x `and#` y)
    W64# x .|. W64# y = W64# (x `or#` y)
    xor (W64# x) (W64# y) = W64# (x `xor#` y)
    complement (W64# x) = W64# (not# x)
    shift (W64# x) (I# i)
        | isTrue# (i >=# 0#) = W64# (x `shiftL#` i)
        | otherwise = W64# (x `shiftRL#` negateInt# i)
    shiftL (W64# x) (I# i)
        | isTrue# (i >=# 0#) = W64# (x `shiftL#` i)
        | otherwise = overflowError
    shiftR (W64# x) (I# i)
        | isTrue# (i >=# 0#) = W64# (x `shiftRL#` i)
        | otherwise = overflowError
    unsafeShiftL (W64# x) (I# i) = W64# (x `uncheckedShiftL#` i)
    unsafeShiftR (W64# x) (I# i) = W64# (x `uncheckedShiftRL#` i)
    rotate (W64# x) (I# i) = case i `andI#` 63# of
        0# -> W64# x
        k -> W64# ((x `uncheckedShiftL#` k) `or#` (x `uncheckedShiftRL#` (64# -# k)))
    bitSizeMaybe _ = Just 64
    bitSize _ = 64
    isSigned _ = False
    popCount (W64# x) = I# (word2Int# (popCnt# x))
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Word64 where
    finiteBitSize _ = 64
    countLeadingZeros (W64# x) = I# (word2Int# (clz# x))
    countTrailingZeros (W64# x) = I# (word2Int# (ctz# x))

{-# RULES
"fromIntegral/Word64->Word64" fromIntegral = id :: Word64 -> Word64
"fromIntegral/Word64->a" fromIntegral = \(W64# x) -> fromIntegral (W# x)
"fromIntegral/a->Word64" fromIntegral = \n -> case fromIntegral n of W# x -> W64# x
  #-}

-- Bytes and bits the other way round

byteSwap16 :: Word16 -> Word16
byteSwap16 (W16# w) = W16# (narrow16Word# (byteSwap16# w))

byteSwap32 :: Word32 -> Word32
byteSwap32 (W32# w) = W32# (narrow32Word# (byteSwap32# w))

byteSwap64 :: Word64 -> Word64
byteSwap64 (W64# w) = W64# (byteSwap# w)

bitReverse8 :: Word8 -> Word8
bitReverse8 (W8# w) = W8# (narrow8Word# (bitReverse8# w))

bitReverse16 :: Word16 -> Word16
bitReverse16 (W16# w) = W16# (narrow16Word# (bitReverse16# w))

bitReverse32 :: Word32 -> Word32
bitReverse32 (W32# w) = W32# (narrow32Word# (bitReverse32# w))

bitReverse64 :: Word64 -> Word64
bitReverse64 (W64# w) = W64# (bitReverse# w)
