{-# LANGUAGE GeneralizedNewtypeDeriving, NoImplicitPrelude, PolyKinds #-}
module Data.Functor.Const (Const (..)) where

import Data.Bits
import Data.Foldable
import Data.Traversable
import GHC.Base
import GHC.Enum
import GHC.Float
import GHC.Ix
import GHC.Num
import GHC.Read
import GHC.Real
import GHC.Show

newtype Const a b = Const { getConst :: a }
    deriving (Eq, Ord, Bits, Bounded, Enum, FiniteBits, Floating, Fractional, Integral, Ix, Num, Real, RealFloat, RealFrac)

instance Show a => Show (Const a b) where
    showsPrec d (Const x) = showParen (d >= 11) (showString "Const " . showsPrec 11 x)

instance Semigroup a => Semigroup (Const a b) where
    Const a <> Const b = Const (a <> b)

instance Monoid a => Monoid (Const a b) where
    mempty = Const mempty

instance Functor (Const m) where
    fmap _ (Const v) = Const v

instance Monoid m => Applicative (Const m) where
    pure _ = Const mempty
    Const f <*> Const v = Const (f <> v)

instance Foldable (Const m) where
    foldr _ z _ = z

instance Traversable (Const m) where
    traverse _ (Const m) = pure (Const m)

instance Read a => Read (Const a b) where
    readsPrec d = readParen (d > 10) (\r -> [(Const x, t) | ("Const", s) <- lex r, (x, t) <- readsPrec 11 s])
