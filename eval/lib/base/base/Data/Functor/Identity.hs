{-# LANGUAGE NoImplicitPrelude, GeneralizedNewtypeDeriving #-}
module Data.Functor.Identity (Identity (..)) where

import Control.Monad.Fix
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

newtype Identity a = Identity { runIdentity :: a }
    deriving (Eq, Ord, Bits, Bounded, Enum, FiniteBits, Floating, Fractional, Integral, Ix, Num, Real, RealFloat, RealFrac, Semigroup, Monoid)

instance Show a => Show (Identity a) where
    showsPrec d (Identity x) = showParen (d >= 11) (showString "Identity " . showsPrec 11 x)

instance Read a => Read (Identity a) where
    readsPrec d = readParen (d > 10) (\r -> [(Identity x, t) | ("Identity", s) <- lex r, (x, t) <- readsPrec 11 s])

instance Functor Identity where
    fmap f (Identity a) = Identity (f a)

instance Applicative Identity where
    pure = Identity
    Identity f <*> Identity a = Identity (f a)

instance Monad Identity where
    Identity a >>= k = k a

instance Foldable Identity where
    foldr f z (Identity a) = f a z

instance Traversable Identity where
    traverse f (Identity a) = fmap Identity (f a)

instance MonadFix Identity where
    mfix f = Identity (fix (runIdentity . f))
      where
        fix g = let x = g x in x
