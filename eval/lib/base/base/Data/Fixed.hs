{-# LANGUAGE DataKinds, FlexibleInstances, KindSignatures, NoImplicitPrelude, PolyKinds, ScopedTypeVariables #-}
-- | Division of fractions, and numbers with so many digits behind the point.
module Data.Fixed (div', mod', divMod', Fixed (..), HasResolution (..), showFixed, E0, Uni, E1, Deci, E2, Centi, E3, Milli, E6, Micro, E9, Nano, E12, Pico) where

import Data.Proxy
import GHC.TypeLits (KnownNat, natVal)
import Text.ParserCombinators.ReadPrec
import qualified Text.Read.Lex as L
import Text.Read (Read (..), readListPrecDefault, lexP, parens)
import Prelude

div' :: (Real a, Integral b) => a -> a -> b
div' n d = floor (toRational n / toRational d)

divMod' :: (Real a, Integral b) => a -> a -> (b, a)
divMod' n d = (f, n - (fromIntegral f * d))
  where
    f = div' n d

mod' :: Real a => a -> a -> a
mod' n d = n - fromInteger f * d
  where
    f = div' n d

newtype Fixed (a :: k) = MkFixed Integer
    deriving (Eq, Ord)

class HasResolution (a :: k) where
    resolution :: p a -> Integer

data E0
data E1
data E2
data E3
data E6
data E9
data E12

instance HasResolution E0 where resolution _ = 1
instance HasResolution E1 where resolution _ = 10
instance HasResolution E2 where resolution _ = 100
instance HasResolution E3 where resolution _ = 1000
instance HasResolution E6 where resolution _ = 1000000
instance HasResolution E9 where resolution _ = 1000000000
instance HasResolution E12 where resolution _ = 1000000000000

type Uni = Fixed E0
type Deci = Fixed E1
type Centi = Fixed E2
type Milli = Fixed E3
type Micro = Fixed E6
type Nano = Fixed E9
type Pico = Fixed E12

instance Enum (Fixed a) where
    succ (MkFixed a) = MkFixed (succ a)
    pred (MkFixed a) = MkFixed (pred a)
    toEnum = MkFixed . toEnum
    fromEnum (MkFixed a) = fromEnum a
    enumFrom (MkFixed a) = fmap MkFixed (enumFrom a)
    enumFromThen (MkFixed a) (MkFixed b) = fmap MkFixed (enumFromThen a b)
    enumFromTo (MkFixed a) (MkFixed b) = fmap MkFixed (enumFromTo a b)
    enumFromThenTo (MkFixed a) (MkFixed b) (MkFixed c) = fmap MkFixed (enumFromThenTo a b c)

instance HasResolution a => Num (Fixed a) where
    MkFixed a + MkFixed b = MkFixed (a + b)
    MkFixed a - MkFixed b = MkFixed (a - b)
    fa@(MkFixed a) * MkFixed b = MkFixed (div (a * b) (resolution fa))
    negate (MkFixed a) = MkFixed (negate a)
    abs (MkFixed a) = MkFixed (abs a)
    signum (MkFixed a) = fromInteger (signum a)
    fromInteger i = MkFixed (i * resolution (Proxy :: Proxy a))

instance HasResolution a => Real (Fixed a) where
    toRational fa@(MkFixed a) = toRational a / toRational (resolution fa)

instance HasResolution a => Fractional (Fixed a) where
    fa@(MkFixed a) / MkFixed b = MkFixed (div (a * resolution fa) b)
    recip fa@(MkFixed a) = MkFixed (div (res * res) a)
      where
        res = resolution fa
    fromRational r = MkFixed (floor (r * toRational (resolution (Proxy :: Proxy a))))

instance HasResolution a => RealFrac (Fixed a) where
    properFraction a = (i, a - fromIntegral i)
      where
        i = truncate a
    truncate f = truncate (toRational f)
    round f = round (toRational f)
    ceiling f = ceiling (toRational f)
    floor f = floor (toRational f)

-- | Without zeros at the end, or with them.
showFixed :: HasResolution a => Bool -> Fixed a -> String
showFixed chop fa@(MkFixed a)
    | a < 0 = '-' : showFixed chop (asTypeOf (MkFixed (negate a)) fa)
    | otherwise = show i ++ behindPoint (showDigits chop digits fraction)
  where
    res = resolution fa
    (i, d) = divMod a res
    digits = length (takeWhile (< res) (iterate (* 10) 1))
    fraction = div (d * 10 ^ digits + res - 1) res
    behindPoint "" = ""
    behindPoint s = '.' : s

showDigits :: Bool -> Int -> Integer -> String
showDigits True _ 0 = ""
showDigits chop n a = (if chop then dropZeros else id) (replicate (n - length s) '0' ++ s')
  where
    s = show a
    s' = if n == 0 then "" else s
    dropZeros = reverse . dropWhile (== '0') . reverse

instance HasResolution a => Show (Fixed a) where
    showsPrec p n = showParen (p > 6 && n < 0) (showString (showFixed False n))

instance KnownNat n => HasResolution n where
    resolution _ = natVal (Proxy :: Proxy n)

instance HasResolution a => Read (Fixed a) where
    readPrec = parens (lexP >>= signed)
      where
        signed (L.Symbol "-") = fmap negate (lexP >>= unsigned)
        signed token = unsigned token
        unsigned (L.Number n) = case L.numberToFixed (digits 0) n of
            Just (whole, fraction) -> return (MkFixed (whole * r + fraction * r `div` 10 ^ (digits 0 :: Integer)))
            Nothing -> pfail
        unsigned _ = pfail
        r = resolution (Proxy :: Proxy a)
        digits k = if 10 ^ (k :: Integer) >= r then k else digits (k + 1)
    readListPrec = readListPrecDefault
