{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Integers of 8, 16, 32 and 64 bits, with a sign. Each is an Int# that is narrowed wherever it may have grown.
module GHC.Int (Int, Int8 (..), Int16 (..), Int32 (..), Int64 (..)) where

import Data.Bits
import GHC.Base
import GHC.Enum
import GHC.Ix
import GHC.Num
import GHC.Real
import GHC.Show
import GHC.Word

-- Int8

data Int8 = I8# Int#

instance Eq Int8 where
    I8# x == I8# y = isTrue# (x ==# y)
    I8# x /= I8# y = isTrue# (x /=# y)

instance Ord Int8 where
    compare (I8# x) (I8# y) = compareInt# x y
    I8# x < I8# y = isTrue# (x <# y)
    I8# x <= I8# y = isTrue# (x <=# y)
    I8# x > I8# y = isTrue# (x ># y)
    I8# x >= I8# y = isTrue# (x >=# y)

instance Show Int8 where
    showsPrec p (I8# x) = showsPrec p (I# x)

instance Num Int8 where
    I8# x + I8# y = I8# (narrow8Int# (x +# y))
    I8# x - I8# y = I8# (narrow8Int# (x -# y))
    I8# x * I8# y = I8# (narrow8Int# (x *# y))
    negate (I8# x) = I8# (narrow8Int# (negateInt# x))
    abs x = if x >= 0 then x else negate x
    signum (I8# x) = I8# ((x ># 0#) -# (x <# 0#))
    fromInteger i = I8# (narrow8Int# (integerToInt# i))

instance Real Int8 where
    toRational x = toInteger x :% 1

instance Bounded Int8 where
    minBound = I8# (-0x80#)
    maxBound = I8# 0x7f#

instance Enum Int8 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Int8"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Int8"
    toEnum i@(I# i#)
        | i >= fromEnum (minBound :: Int8) && i <= fromEnum (maxBound :: Int8) = I8# i#
        | otherwise = toEnumError "Int8" i (minBound :: Int8, maxBound :: Int8)
    fromEnum (I8# x) = I# x
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

instance Integral Int8 where
    quot x@(I8# x#) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I8# (narrow8Int# (x# `quotInt#` y#))
    rem (I8# x) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I8# (narrow8Int# (x `remInt#` y#))
    div x@(I8# x#) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I8# (narrow8Int# (x# `divInt#` y#))
    mod (I8# x) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I8# (narrow8Int# (x `modInt#` y#))
    quotRem x@(I8# x#) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case quotRemInt# x# y# of (# q, r #) -> (I8# (narrow8Int# q), I8# (narrow8Int# r))
    divMod x@(I8# x#) y@(I8# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case divInt# x# y# of q -> case modInt# x# y# of r -> (I8# (narrow8Int# q), I8# (narrow8Int# r))
    toInteger (I8# x) = IS x

instance Ix Int8 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral i - fromIntegral m
    inRange (m, n) i = m <= i && i <= n

instance Bits Int8 where
    I8# x .&. I8# y = I8# (x `andI#` y)
    I8# x .|. I8# y = I8# (x `orI#` y)
    xor (I8# x) (I8# y) = I8# (x `xorI#` y)
    complement (I8# x) = I8# (notI# x)
    shift (I8# x) (I# i)
        | isTrue# (i >=# 0#) = I8# (narrow8Int# (x `iShiftL#` i))
        | otherwise = I8# (x `iShiftRA#` negateInt# i)
    shiftL (I8# x) (I# i)
        | isTrue# (i >=# 0#) = I8# (narrow8Int# (x `iShiftL#` i))
        | otherwise = overflowError
    shiftR (I8# x) (I# i)
        | isTrue# (i >=# 0#) = I8# (x `iShiftRA#` i)
        | otherwise = overflowError
    unsafeShiftL (I8# x) (I# i) = I8# (narrow8Int# (x `uncheckedIShiftL#` i))
    unsafeShiftR (I8# x) (I# i) = I8# (x `uncheckedIShiftRA#` i)
    rotate x i = fromIntegral (rotate (fromIntegral x :: Word8) i)
    bitSizeMaybe _ = Just 8
    bitSize _ = 8
    isSigned _ = True
    popCount x = popCount (fromIntegral x :: Word8)
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Int8 where
    finiteBitSize _ = 8
    countLeadingZeros x = countLeadingZeros (fromIntegral x :: Word8)
    countTrailingZeros x = countTrailingZeros (fromIntegral x :: Word8)

{-# RULES
"fromIntegral/Int8->Int8" fromIntegral = id :: Int8 -> Int8
"fromIntegral/Int8->a" fromIntegral = \(I8# x) -> fromIntegral (I# x)
"fromIntegral/a->Int8" fromIntegral = \n -> case fromIntegral n of I# x -> I8# (narrow8Int# x)
  #-}

-- Int16

data Int16 = I16# Int#

instance Eq Int16 where
    I16# x == I16# y = isTrue# (x ==# y)
    I16# x /= I16# y = isTrue# (x /=# y)

instance Ord Int16 where
    compare (I16# x) (I16# y) = compareInt# x y
    I16# x < I16# y = isTrue# (x <# y)
    I16# x <= I16# y = isTrue# (x <=# y)
    I16# x > I16# y = isTrue# (x ># y)
    I16# x >= I16# y = isTrue# (x >=# y)

instance Show Int16 where
    showsPrec p (I16# x) = showsPrec p (I# x)

instance Num Int16 where
    I16# x + I16# y = I16# (narrow16Int# (x +# y))
    I16# x - I16# y = I16# (narrow16Int# (x -# y))
    I16# x * I16# y = I16# (narrow16Int# (x *# y))
    negate (I16# x) = I16# (narrow16Int# (negateInt# x))
    abs x = if x >= 0 then x else negate x
    signum (I16# x) = I16# ((x ># 0#) -# (x <# 0#))
    fromInteger i = I16# (narrow16Int# (integerToInt# i))

instance Real Int16 where
    toRational x = toInteger x :% 1

instance Bounded Int16 where
    minBound = I16# (-0x8000#)
    maxBound = I16# 0x7fff#

instance Enum Int16 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Int16"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Int16"
    toEnum i@(I# i#)
        | i >= fromEnum (minBound :: Int16) && i <= fromEnum (maxBound :: Int16) = I16# i#
        | otherwise = toEnumError "Int16" i (minBound :: Int16, maxBound :: Int16)
    fromEnum (I16# x) = I# x
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

instance Integral Int16 where
    quot x@(I16# x#) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I16# (narrow16Int# (x# `quotInt#` y#))
    rem (I16# x) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I16# (narrow16Int# (x `remInt#` y#))
    div x@(I16# x#) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I16# (narrow16Int# (x# `divInt#` y#))
    mod (I16# x) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I16# (narrow16Int# (x `modInt#` y#))
    quotRem x@(I16# x#) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case quotRemInt# x# y# of (# q, r #) -> (I16# (narrow16Int# q), I16# (narrow16Int# r))
    divMod x@(I16# x#) y@(I16# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case divInt# x# y# of q -> case modInt# x# y# of r -> (I16# (narrow16Int# q), I16# (narrow16Int# r))
    toInteger (I16# x) = IS x

instance Ix Int16 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral i - fromIntegral m
    inRange (m, n) i = m <= i && i <= n

instance Bits Int16 where
    I16# x .&. I16# y = I16# (x `andI#` y)
    I16# x .|. I16# y = I16# (x `orI#` y)
    xor (I16# x) (I16# y) = I16# (x `xorI#` y)
    complement (I16# x) = I16# (notI# x)
    shift (I16# x) (I# i)
        | isTrue# (i >=# 0#) = I16# (narrow16Int# (x `iShiftL#` i))
        | otherwise = I16# (x `iShiftRA#` negateInt# i)
    shiftL (I16# x) (I# i)
        | isTrue# (i >=# 0#) = I16# (narrow16Int# (x `iShiftL#` i))
        | otherwise = overflowError
    shiftR (I16# x) (I# i)
        | isTrue# (i >=# 0#) = I16# (x `iShiftRA#` i)
        | otherwise = overflowError
    unsafeShiftL (I16# x) (I# i) = I16# (narrow16Int# (x `uncheckedIShiftL#` i))
    unsafeShiftR (I16# x) (I# i) = I16# (x `uncheckedIShiftRA#` i)
    rotate x i = fromIntegral (rotate (fromIntegral x :: Word16) i)
    bitSizeMaybe _ = Just 16
    bitSize _ = 16
    isSigned _ = True
    popCount x = popCount (fromIntegral x :: Word16)
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Int16 where
    finiteBitSize _ = 16
    countLeadingZeros x = countLeadingZeros (fromIntegral x :: Word16)
    countTrailingZeros x = countTrailingZeros (fromIntegral x :: Word16)

{-# RULES
"fromIntegral/Int16->Int16" fromIntegral = id :: Int16 -> Int16
"fromIntegral/Int16->a" fromIntegral = \(I16# x) -> fromIntegral (I# x)
"fromIntegral/a->Int16" fromIntegral = \n -> case fromIntegral n of I# x -> I16# (narrow16Int# x)
  #-}

-- Int32

data Int32 = I32# Int#

instance Eq Int32 where
    I32# x == I32# y = isTrue# (x ==# y)
    I32# x /= I32# y = isTrue# (x /=# y)

instance Ord Int32 where
    compare (I32# x) (I32# y) = compareInt# x y
    I32# x < I32# y = isTrue# (x <# y)
    I32# x <= I32# y = isTrue# (x <=# y)
    I32# x > I32# y = isTrue# (x ># y)
    I32# x >= I32# y = isTrue# (x >=# y)

instance Show Int32 where
    showsPrec p (I32# x) = showsPrec p (I# x)

instance Num Int32 where
    I32# x + I32# y = I32# (narrow32Int# (x +# y))
    I32# x - I32# y = I32# (narrow32Int# (x -# y))
    I32# x * I32# y = I32# (narrow32Int# (x *# y))
    negate (I32# x) = I32# (narrow32Int# (negateInt# x))
    abs x = if x >= 0 then x else negate x
    signum (I32# x) = I32# ((x ># 0#) -# (x <# 0#))
    fromInteger i = I32# (narrow32Int# (integerToInt# i))

instance Real Int32 where
    toRational x = toInteger x :% 1

instance Bounded Int32 where
    minBound = I32# (-0x80000000#)
    maxBound = I32# 0x7fffffff#

instance Enum Int32 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Int32"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Int32"
    toEnum i@(I# i#)
        | i >= fromEnum (minBound :: Int32) && i <= fromEnum (maxBound :: Int32) = I32# i#
        | otherwise = toEnumError "Int32" i (minBound :: Int32, maxBound :: Int32)
    fromEnum (I32# x) = I# x
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

instance Integral Int32 where
    quot x@(I32# x#) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I32# (narrow32Int# (x# `quotInt#` y#))
    rem (I32# x) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I32# (narrow32Int# (x `remInt#` y#))
    div x@(I32# x#) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I32# (narrow32Int# (x# `divInt#` y#))
    mod (I32# x) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I32# (narrow32Int# (x `modInt#` y#))
    quotRem x@(I32# x#) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case quotRemInt# x# y# of (# q, r #) -> (I32# (narrow32Int# q), I32# (narrow32Int# r))
    divMod x@(I32# x#) y@(I32# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case divInt# x# y# of q -> case modInt# x# y# of r -> (I32# (narrow32Int# q), I32# (narrow32Int# r))
    toInteger (I32# x) = IS x

instance Ix Int32 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral i - fromIntegral m
    inRange (m, n) i = m <= i && i <= n

instance Bits Int32 where
    I32# x .&. I32# y = I32# (x `andI#` y)
    I32# x .|. I32# y = I32# (x `orI#` y)
    xor (I32# x) (I32# y) = I32# (x `xorI#` y)
    complement (I32# x) = I32# (notI# x)
    shift (I32# x) (I# i)
        | isTrue# (i >=# 0#) = I32# (narrow32Int# (x `iShiftL#` i))
        | otherwise = I32# (x `iShiftRA#` negateInt# i)
    shiftL (I32# x) (I# i)
        | isTrue# (i >=# 0#) = I32# (narrow32Int# (x `iShiftL#` i))
        | otherwise = overflowError
    shiftR (I32# x) (I# i)
        | isTrue# (i >=# 0#) = I32# (x `iShiftRA#` i)
        | otherwise = overflowError
    unsafeShiftL (I32# x) (I# i) = I32# (narrow32Int# (x `uncheckedIShiftL#` i))
    unsafeShiftR (I32# x) (I# i) = I32# (x `uncheckedIShiftRA#` i)
    rotate x i = fromIntegral (rotate (fromIntegral x :: Word32) i)
    bitSizeMaybe _ = Just 32
    bitSize _ = 32
    isSigned _ = True
    popCount x = popCount (fromIntegral x :: Word32)
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Int32 where
    finiteBitSize _ = 32
    countLeadingZeros x = countLeadingZeros (fromIntegral x :: Word32)
    countTrailingZeros x = countTrailingZeros (fromIntegral x :: Word32)

{-# RULES
"fromIntegral/Int32->Int32" fromIntegral = id :: Int32 -> Int32
"fromIntegral/Int32->a" fromIntegral = \(I32# x) -> fromIntegral (I# x)
"fromIntegral/a->Int32" fromIntegral = \n -> case fromIntegral n of I# x -> I32# (narrow32Int# x)
  #-}

-- Int64

data Int64 = I64# Int#

instance Eq Int64 where
    I64# x == I64# y = isTrue# (x ==# y)
    I64# x /= I64# y = isTrue# (x /=# y)

instance Ord Int64 where
    compare (I64# x) (I64# y) = compareInt# x y
    I64# x < I64# y = isTrue# (x <# y)
    I64# x <= I64# y = isTrue# (x <=# y)
    I64# x > I64# y = isTrue# (x ># y)
    I64# x >= I64# y = isTrue# (x >=# y)

instance Show Int64 where
    showsPrec p (I64# x) = showsPrec p (I# x)

instance Num Int64 where
    I64# x + I64# y = I64# (x +# y)
    I64# x - I64# y = I64# (x -# y)
    I64# x * I64# y = I64# (x *# y)
    negate (I64# x) = I64# (negateInt# x)
    abs x = if x >= 0 then x else negate x
    signum (I64# x) = I64# ((x ># 0#) -# (x <# 0#))
    fromInteger i = I64# (integerToInt# i)

instance Real Int64 where
    toRational x = toInteger x :% 1

instance Bounded Int64 where
    minBound = I64# (-0x8000000000000000#)
    maxBound = I64# 0x7fffffffffffffff#

instance Enum Int64 where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Int64"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Int64"
    toEnum i@(I# i#)
        | i >= fromEnum (minBound :: Int64) && i <= fromEnum (maxBound :: Int64) = I64# i#
        | otherwise = toEnumError "Int64" i (minBound :: Int64, maxBound :: Int64)
    fromEnum (I64# x) = I# x
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

instance Integral Int64 where
    quot x@(I64# x#) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I64# (x# `quotInt#` y#)
    rem (I64# x) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I64# (x `remInt#` y#)
    div x@(I64# x#) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = overflowError
        | otherwise = I64# (x# `divInt#` y#)
    mod (I64# x) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) = 0
        | otherwise = I64# (x `modInt#` y#)
    quotRem x@(I64# x#) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case quotRemInt# x# y# of (# q, r #) -> (I64# q, I64# r)
    divMod x@(I64# x#) y@(I64# y#)
        | y == 0 = divZeroError
        | y == (-1) && x == minBound = (overflowError, 0)
        | otherwise = case divInt# x# y# of q -> case modInt# x# y# of r -> (I64# q, I64# r)
    toInteger (I64# x) = IS x

instance Ix Int64 where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral i - fromIntegral m
    inRange (m, n) i = m <= i && i <= n

instance Bits Int64 where
    I64# x .&. I64# y = I64# (x `andI#` y)
    I64# x .|. I64# y = I64# (x `orI#` y)
    xor (I64# x) (I64# y) = I64# (x `xorI#` y)
    complement (I64# x) = I64# (notI# x)
    shift (I64# x) (I# i)
        | isTrue# (i >=# 0#) = I64# (x `iShiftL#` i)
        | otherwise = I64# (x `iShiftRA#` negateInt# i)
    shiftL (I64# x) (I# i)
        | isTrue# (i >=# 0#) = I64# (x `iShiftL#` i)
        | otherwise = overflowError
    shiftR (I64# x) (I# i)
        | isTrue# (i >=# 0#) = I64# (x `iShiftRA#` i)
        | otherwise = overflowError
    unsafeShiftL (I64# x) (I# i) = I64# (x `uncheckedIShiftL#` i)
    unsafeShiftR (I64# x) (I# i) = I64# (x `uncheckedIShiftRA#` i)
    rotate x i = fromIntegral (rotate (fromIntegral x :: Word64) i)
    bitSizeMaybe _ = Just 64
    bitSize _ = 64
    isSigned _ = True
    popCount x = popCount (fromIntegral x :: Word64)
    bit i = bitDefault i
    testBit = testBitDefault
    zeroBits = 0

instance FiniteBits Int64 where
    finiteBitSize _ = 64
    countLeadingZeros x = countLeadingZeros (fromIntegral x :: Word64)
    countTrailingZeros x = countTrailingZeros (fromIntegral x :: Word64)

{-# RULES
"fromIntegral/Int64->Int64" fromIntegral = id :: Int64 -> Int64
"fromIntegral/Int64->a" fromIntegral = \(I64# x) -> fromIntegral (I# x)
"fromIntegral/a->Int64" fromIntegral = \n -> case fromIntegral n of I# x -> I64# x
  #-}
