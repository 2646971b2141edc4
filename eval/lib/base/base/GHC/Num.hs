{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Arithmetic, and of Int, Word, Integer and Natural.
module GHC.Num
    ( Num (..), subtract, quotRemInteger
    , module GHC.Num.Integer
    , module GHC.Num.Natural
    ) where

import GHC.Base
import GHC.Num.Integer
import GHC.Num.Natural

infixl 7 *
infixl 6 +, -

class Num a where
    (+), (-), (*) :: a -> a -> a
    x - y = x + negate y
    negate :: a -> a
    negate x = fromInteger (IS 0#) - x
    abs, signum :: a -> a
    fromInteger :: Integer -> a
    {-# INLINE (-) #-}
    {-# INLINE negate #-}
    {-# MINIMAL (+), (*), abs, signum, fromInteger, (negate | (-)) #-}

subtract :: Num a => a -> a -> a
subtract x y = y - x
{-# INLINE subtract #-}

quotRemInteger :: Integer -> Integer -> (# Integer, Integer #)
quotRemInteger = integerQuotRem#

instance Num Int where
    I# x + I# y = I# (x +# y)
    I# x - I# y = I# (x -# y)
    I# x * I# y = I# (x *# y)
    negate (I# x) = I# (negateInt# x)
    abs n = if n `geInt` I# 0# then n else negate n
    signum (I# n) = I# ((n ># 0#) -# (n <# 0#))
    fromInteger i = I# (integerToInt# i)
    {-# INLINE fromInteger #-}

instance Num Word where
    W# x + W# y = W# (x `plusWord#` y)
    W# x - W# y = W# (x `minusWord#` y)
    W# x * W# y = W# (x `timesWord#` y)
    negate (W# x) = W# (int2Word# (negateInt# (word2Int# x)))
    abs x = x
    signum (W# 0##) = W# 0##
    signum _ = W# 1##
    fromInteger i = W# (integerToWord# i)
    {-# INLINE fromInteger #-}

instance Num Integer where
    (+) = integerAdd
    (-) = integerSub
    (*) = integerMul
    negate = integerNegate
    abs = integerAbs
    signum = integerSignum
    fromInteger i = i

instance Num Natural where
    (+) = naturalAdd
    (-) = naturalSubThrow
    (*) = naturalMul
    negate = naturalNegate
    abs n = n
    signum = naturalSignum
    fromInteger = integerToNaturalThrow
