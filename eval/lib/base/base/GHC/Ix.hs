{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
-- | Types that can be indices of arrays.
module GHC.Ix (Ix (..), indexError, hopelessIndexError) where

import Data.Proxy
import GHC.Base
import GHC.Enum
import GHC.Num
import GHC.Real (fromIntegral)
import GHC.Show

class Ord a => Ix a where
    range :: (a, a) -> [a]
    index :: (a, a) -> a -> Int
    unsafeIndex :: (a, a) -> a -> Int
    inRange :: (a, a) -> a -> Bool
    rangeSize :: (a, a) -> Int
    unsafeRangeSize :: (a, a) -> Int
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = hopelessIndexError
    unsafeIndex b i = index b i
    rangeSize b@(_, h)
        | inRange b h = unsafeIndex b h + 1
        | otherwise = 0
    unsafeRangeSize b@(_, h) = unsafeIndex b h + 1
    {-# MINIMAL range, (index | unsafeIndex), inRange #-}

indexError :: Show a => (a, a) -> a -> String -> b
indexError bounds i name = errorWithoutStackTrace (showString "Ix{" (showString name (showString "}.index: Index "
    (showParen True (showsPrec 0 i) (showString " out of range " (showParen True (showsPrec 0 bounds) ""))))))
{-# NOINLINE indexError #-}

hopelessIndexError :: Int
hopelessIndexError = errorWithoutStackTrace "Error in array index"
{-# NOINLINE hopelessIndexError #-}

instance Ix Char where
    range (m, n) = [m .. n]
    {-# INLINE range #-}
    unsafeIndex (m, _) i = ord i - ord m
    {-# INLINE unsafeIndex #-}
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = indexError b i "Char"
    {-# INLINE index #-}
    inRange (m, n) i = m <= i && i <= n
    {-# INLINE inRange #-}

instance Ix Int where
    range (m, n) = [m .. n]
    {-# INLINE range #-}
    unsafeIndex (m, _) i = i - m
    {-# INLINE unsafeIndex #-}
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = indexError b i "Int"
    {-# INLINE index #-}
    inRange (I# m, I# n) (I# i) = isTrue# (m <=# i) && isTrue# (i <=# n)
    {-# INLINE inRange #-}

instance Ix Word where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = fromIntegral (i - m)
    inRange (m, n) i = m <= i && i <= n

instance Ix Integer where
    range (m, n) = [m .. n]
    unsafeIndex (m, _) i = I# (integerToInt# (i - m))
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = indexError b i "Integer"
    inRange (m, n) i = m <= i && i <= n

instance Ix Bool where
    range (m, n) = [m .. n]
    unsafeIndex (l, _) i = fromEnum i - fromEnum l
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = indexError b i "Bool"
    inRange (l, u) i = fromEnum i >= fromEnum l && fromEnum i <= fromEnum u

instance Ix Ordering where
    range (m, n) = [m .. n]
    unsafeIndex (l, _) i = fromEnum i - fromEnum l
    index b i
        | inRange b i = unsafeIndex b i
        | otherwise = indexError b i "Ordering"
    inRange (l, u) i = fromEnum i >= fromEnum l && fromEnum i <= fromEnum u

instance Ix () where
    range _ = [()]
    unsafeIndex _ _ = 0
    inRange _ _ = True
    index b i = unsafeIndex b i

instance (Ix a, Ix b) => Ix (a, b) where
    {-# SPECIALISE instance Ix (Int, Int) #-}
    range ((l1, l2), (u1, u2)) = [(i1, i2) | i1 <- range (l1, u1), i2 <- range (l2, u2)]
    unsafeIndex ((l1, l2), (u1, u2)) (i1, i2) = unsafeIndex (l1, u1) i1 * unsafeRangeSize (l2, u2) + unsafeIndex (l2, u2) i2
    {-# INLINE unsafeIndex #-}
    inRange ((l1, l2), (u1, u2)) (i1, i2) = inRange (l1, u1) i1 && inRange (l2, u2) i2
    {-# INLINE inRange #-}

instance (Ix a, Ix b, Ix c) => Ix (a, b, c) where
    {-# SPECIALISE instance Ix (Int, Int, Int) #-}
    range ((l1, l2, l3), (u1, u2, u3)) = [(i1, i2, i3) | i1 <- range (l1, u1), i2 <- range (l2, u2), i3 <- range (l3, u3)]
    unsafeIndex ((l1, l2, l3), (u1, u2, u3)) (i1, i2, i3) =
        unsafeIndex (l3, u3) i3 + unsafeRangeSize (l3, u3) * (unsafeIndex (l2, u2) i2 + unsafeRangeSize (l2, u2) * unsafeIndex (l1, u1) i1)
    inRange ((l1, l2, l3), (u1, u2, u3)) (i1, i2, i3) = inRange (l1, u1) i1 && inRange (l2, u2) i2 && inRange (l3, u3) i3

instance (Ix a, Ix b, Ix c, Ix d) => Ix (a, b, c, d) where
    range ((l1, l2, l3, l4), (u1, u2, u3, u4)) =
        [(i1, i2, i3, i4) | i1 <- range (l1, u1), i2 <- range (l2, u2), i3 <- range (l3, u3), i4 <- range (l4, u4)]
    unsafeIndex ((l1, l2, l3, l4), (u1, u2, u3, u4)) (i1, i2, i3, i4) =
        unsafeIndex (l4, u4) i4 + unsafeRangeSize (l4, u4) * unsafeIndex ((l1, l2, l3), (u1, u2, u3)) (i1, i2, i3)
    inRange ((l1, l2, l3, l4), (u1, u2, u3, u4)) (i1, i2, i3, i4) =
        inRange (l1, u1) i1 && inRange (l2, u2) i2 && inRange (l3, u3) i3 && inRange (l4, u4) i4

instance (Ix a, Ix b, Ix c, Ix d, Ix e) => Ix (a, b, c, d, e) where
    range ((l1, l2, l3, l4, l5), (u1, u2, u3, u4, u5)) =
        [(i1, i2, i3, i4, i5) | i1 <- range (l1, u1), i2 <- range (l2, u2), i3 <- range (l3, u3), i4 <- range (l4, u4), i5 <- range (l5, u5)]
    unsafeIndex ((l1, l2, l3, l4, l5), (u1, u2, u3, u4, u5)) (i1, i2, i3, i4, i5) =
        unsafeIndex (l5, u5) i5 + unsafeRangeSize (l5, u5) * unsafeIndex ((l1, l2, l3, l4), (u1, u2, u3, u4)) (i1, i2, i3, i4)
    inRange ((l1, l2, l3, l4, l5), (u1, u2, u3, u4, u5)) (i1, i2, i3, i4, i5) =
        inRange ((l1, l2, l3, l4), (u1, u2, u3, u4)) (i1, i2, i3, i4) && inRange (l5, u5) i5

instance (Ix a, Ix b, Ix c, Ix d, Ix e, Ix f) => Ix (a, b, c, d, e, f) where
    range ((l1, l2, l3, l4, l5, l6), (u1, u2, u3, u4, u5, u6)) =
        [(i1, i2, i3, i4, i5, i6) | i1 <- range (l1, u1), i2 <- range (l2, u2), i3 <- range (l3, u3), i4 <- range (l4, u4), i5 <- range (l5, u5), i6 <- range (l6, u6)]
    unsafeIndex ((l1, l2, l3, l4, l5, l6), (u1, u2, u3, u4, u5, u6)) (i1, i2, i3, i4, i5, i6) =
        unsafeIndex (l6, u6) i6 + unsafeRangeSize (l6, u6) * unsafeIndex ((l1, l2, l3, l4, l5), (u1, u2, u3, u4, u5)) (i1, i2, i3, i4, i5)
    inRange ((l1, l2, l3, l4, l5, l6), (u1, u2, u3, u4, u5, u6)) (i1, i2, i3, i4, i5, i6) =
        inRange ((l1, l2, l3, l4, l5), (u1, u2, u3, u4, u5)) (i1, i2, i3, i4, i5) && inRange (l6, u6) i6

instance (Ix a, Ix b, Ix c, Ix d, Ix e, Ix f, Ix g) => Ix (a, b, c, d, e, f, g) where
    range ((l1, l2, l3, l4, l5, l6, l7), (u1, u2, u3, u4, u5, u6, u7)) =
        [(i1, i2, i3, i4, i5, i6, i7) | i1 <- range (l1, u1), i2 <- range (l2, u2), i3 <- range (l3, u3), i4 <- range (l4, u4), i5 <- range (l5, u5), i6 <- range (l6, u6), i7 <- range (l7, u7)]
    unsafeIndex ((l1, l2, l3, l4, l5, l6, l7), (u1, u2, u3, u4, u5, u6, u7)) (i1, i2, i3, i4, i5, i6, i7) =
        unsafeIndex (l7, u7) i7 + unsafeRangeSize (l7, u7) * unsafeIndex ((l1, l2, l3, l4, l5, l6), (u1, u2, u3, u4, u5, u6)) (i1, i2, i3, i4, i5, i6)
    inRange ((l1, l2, l3, l4, l5, l6, l7), (u1, u2, u3, u4, u5, u6, u7)) (i1, i2, i3, i4, i5, i6, i7) =
        inRange ((l1, l2, l3, l4, l5, l6), (u1, u2, u3, u4, u5, u6)) (i1, i2, i3, i4, i5, i6) && inRange (l7, u7) i7

instance Ix (Proxy s) where
    range _ = [Proxy]
    inRange _ _ = True
    index _ _ = 0
    unsafeIndex _ _ = 0
    unsafeRangeSize _ = 1
