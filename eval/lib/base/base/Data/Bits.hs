{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
-- | Numbers as rows of bits.
module Data.Bits
    ( Bits (..), FiniteBits (..), bitDefault, testBitDefault, popCountDefault, toIntegralSized
    ) where

import GHC.Base
import GHC.Num
import GHC.Real

infixl 8 `shift`, `rotate`, `shiftL`, `shiftR`, `rotateL`, `rotateR`
infixl 7 .&.
infixl 6 `xor`
infixl 5 .|.

class Eq a => Bits a where
    (.&.), (.|.), xor :: a -> a -> a
    complement :: a -> a
    shift, rotate :: a -> Int -> a
    x `shift` i
        | i < 0 = x `shiftR` negate i
        | i > 0 = x `shiftL` i
        | otherwise = x
    x `rotate` i
        | i < 0 = x `rotateR` negate i
        | i > 0 = x `rotateL` i
        | otherwise = x
    zeroBits :: a
    zeroBits = clearBit (bit 0) 0
    bit :: Int -> a
    setBit, clearBit, complementBit :: a -> Int -> a
    x `setBit` i = x .|. bit i
    x `clearBit` i = x .&. complement (bit i)
    x `complementBit` i = x `xor` bit i
    testBit :: a -> Int -> Bool
    bitSizeMaybe :: a -> Maybe Int
    bitSize :: a -> Int
    bitSize b = case bitSizeMaybe b of
        Just n -> n
        Nothing -> errorWithoutStackTrace "bitSize is undefined"
    isSigned :: a -> Bool
    shiftL, unsafeShiftL, shiftR, unsafeShiftR, rotateL, rotateR :: a -> Int -> a
    x `shiftL` i = x `shift` i
    x `unsafeShiftL` i = x `shiftL` i
    x `shiftR` i = x `shift` negate i
    x `unsafeShiftR` i = x `shiftR` i
    x `rotateL` i = x `rotate` i
    x `rotateR` i = x `rotate` negate i
    popCount :: a -> Int
    {-# MINIMAL (.&.), (.|.), xor, complement, (shift | (shiftL, shiftR)), (rotate | (rotateL, rotateR)), bitSizeMaybe, isSigned, testBit, bit, popCount #-}

class Bits b => FiniteBits b where
    finiteBitSize :: b -> Int
    countLeadingZeros, countTrailingZeros :: b -> Int
    countLeadingZeros x = w - 1 - go (w - 1)
      where
        go i
            | i < 0 = i
            | testBit x i = i
            | otherwise = go (i - 1)
        w = finiteBitSize x
    countTrailingZeros x = go 0
      where
        go i
            | i >= w = i
            | testBit x i = i
            | otherwise = go (i + 1)
        w = finiteBitSize x
    {-# MINIMAL finiteBitSize #-}

bitDefault :: (Bits a, Num a) => Int -> a
bitDefault = \i -> 1 `shiftL` i
{-# INLINE bitDefault #-}

testBitDefault :: (Bits a, Num a) => a -> Int -> Bool
testBitDefault = \x i -> (x .&. bit i) /= 0
{-# INLINE testBitDefault #-}

popCountDefault :: (Bits a, Num a) => a -> Int
popCountDefault = go 0
  where
    go c w = if w == 0 then c else c `seq` go (c + 1) (w .&. (w - 1))




instance Bits Bool where
    (.&.) = (&&)
    (.|.) = (||)
    xor = (/=)
    complement = not
    shift x 0 = x
    shift _ _ = False
    rotate x _ = x
    bit 0 = True
    bit _ = False
    testBit x 0 = x
    testBit _ _ = False
    bitSizeMaybe _ = Just 1
    isSigned _ = False
    popCount False = 0
    popCount True = 1
    zeroBits = False

instance FiniteBits Bool where
    finiteBitSize _ = 1

instance Bits Int where
    I# x .&. I# y = I# (x `andI#` y)
    I# x .|. I# y = I# (x `orI#` y)
    I# x `xor` I# y = I# (x `xorI#` y)
    complement (I# x) = I# (notI# x)
    I# x `shift` I# i
        | isTrue# (i >=# 0#) = I# (x `iShiftL#` i)
        | otherwise = I# (x `iShiftRA#` negateInt# i)
    I# x `shiftL` I# i
        | isTrue# (i >=# 0#) = I# (x `iShiftL#` i)
        | otherwise = overflowError
    I# x `shiftR` I# i
        | isTrue# (i >=# 0#) = I# (x `iShiftRA#` i)
        | otherwise = overflowError
    I# x `unsafeShiftL` I# i = I# (x `uncheckedIShiftL#` i)
    I# x `unsafeShiftR` I# i = I# (x `uncheckedIShiftRA#` i)
    I# x `rotate` I# i = case i `andI#` 63# of
        0# -> I# x
        k -> I# ((x `uncheckedIShiftL#` k) `orI#` (x `uncheckedIShiftRL#` (64# -# k)))
    bit = bitDefault
    testBit = testBitDefault
    zeroBits = 0
    bitSizeMaybe _ = Just 64
    bitSize _ = 64
    isSigned _ = True
    popCount (I# x) = I# (word2Int# (popCnt# (int2Word# x)))

instance FiniteBits Int where
    finiteBitSize _ = 64
    countLeadingZeros (I# x) = I# (word2Int# (clz# (int2Word# x)))
    countTrailingZeros (I# x) = I# (word2Int# (ctz# (int2Word# x)))

instance Bits Word where
    W# x .&. W# y = W# (x `and#` y)
    W# x .|. W# y = W# (x `or#` y)
    W# x `xor` W# y = W# (x `xor#` y)
    complement (W# x) = W# (not# x)
    W# x `shift` I# i
        | isTrue# (i >=# 0#) = W# (x `shiftL#` i)
        | otherwise = W# (x `shiftRL#` negateInt# i)
    W# x `shiftL` I# i
        | isTrue# (i >=# 0#) = W# (x `shiftL#` i)
        | otherwise = overflowError
    W# x `shiftR` I# i
        | isTrue# (i >=# 0#) = W# (x `shiftRL#` i)
        | otherwise = overflowError
    W# x `unsafeShiftL` I# i = W# (x `uncheckedShiftL#` i)
    W# x `unsafeShiftR` I# i = W# (x `uncheckedShiftRL#` i)
    W# x `rotate` I# i = case i `andI#` 63# of
        0# -> W# x
        k -> W# ((x `uncheckedShiftL#` k) `or#` (x `uncheckedShiftRL#` (64# -# k)))
    bit = bitDefault
    testBit = testBitDefault
    zeroBits = 0
    bitSizeMaybe _ = Just 64
    bitSize _ = 64
    isSigned _ = False
    popCount (W# x) = I# (word2Int# (popCnt# x))

instance FiniteBits Word where
    finiteBitSize _ = 64
    countLeadingZeros (W# x) = I# (word2Int# (clz# x))
    countTrailingZeros (W# x) = I# (word2Int# (ctz# x))

instance Bits Integer where
    (.&.) = integerAnd
    (.|.) = integerOr
    xor = integerXor
    complement = integerComplement
    shiftL x i@(I# i#)
        | i >= 0 = integerShiftL# x (int2Word# i#)
        | otherwise = overflowError
    shiftR x i@(I# i#)
        | i >= 0 = integerShiftR# x (int2Word# i#)
        | otherwise = overflowError
    shift x i@(I# i#)
        | i >= 0 = integerShiftL# x (int2Word# i#)
        | otherwise = integerShiftR# x (int2Word# (negateInt# i#))
    unsafeShiftL = shiftL
    unsafeShiftR = shiftR
    rotate = shift
    bit i@(I# i#)
        | i >= 0 = integerBit# (int2Word# i#)
        | otherwise = overflowError
    testBit x i@(I# i#)
        | i >= 0 = isTrue# (integerTestBit# x (int2Word# i#))
        | otherwise = overflowError
    zeroBits = 0
    bitSizeMaybe _ = Nothing
    bitSize _ = errorWithoutStackTrace "Data.Bits.bitSize(Integer)"
    isSigned _ = True
    popCount x = I# (integerPopCount# x)

instance Bits Natural where
    (.&.) = naturalAnd
    (.|.) = naturalOr
    xor = naturalXor
    complement _ = errorWithoutStackTrace "Bits.complement: Natural complement undefined"
    shiftL x (I# i) = naturalShiftL# x (int2Word# i)
    shiftR x (I# i) = naturalShiftR# x (int2Word# i)
    shift x i
        | i >= 0 = shiftL x i
        | otherwise = shiftR x (negate i)
    rotate = shift
    bit (I# i) = naturalBit# (int2Word# i)
    testBit x (I# i) = isTrue# (naturalTestBit# x (int2Word# i))
    clearBit x i = x `xor` (bit i .&. x)
    zeroBits = 0
    bitSizeMaybe _ = Nothing
    bitSize _ = errorWithoutStackTrace "Data.Bits.bitSize(Natural)"
    isSigned _ = False
    popCount x = I# (word2Int# (naturalPopCount# x))

-- | Nothing if the type has no room for it.
toIntegralSized :: (Integral a, Integral b, Bits a, Bits b) => a -> Maybe b
toIntegralSized x
    | toInteger y == toInteger x = Just y
    | otherwise = Nothing
  where
    y = fromIntegral x
