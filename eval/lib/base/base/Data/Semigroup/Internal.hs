{-# LANGUAGE GeneralizedNewtypeDeriving, NoImplicitPrelude, PolyKinds #-}
-- | Semigroups of numbers, truth values and functions, told apart by newtypes.
module Data.Semigroup.Internal (Sum (..), Product (..), All (..), Any (..), Dual (..), Endo (..), Alt (..), stimesMonoid) where

import GHC.Base hiding (Any)
import GHC.Enum
import GHC.Num
import GHC.Read
import GHC.Real
import GHC.Show

newtype Dual a = Dual { getDual :: a }
    deriving (Eq, Ord, Read, Show, Bounded)

instance Semigroup a => Semigroup (Dual a) where
    Dual a <> Dual b = Dual (b <> a)

instance Monoid a => Monoid (Dual a) where
    mempty = Dual mempty

instance Functor Dual where
    fmap f (Dual a) = Dual (f a)

instance Applicative Dual where
    pure = Dual
    Dual f <*> Dual a = Dual (f a)

instance Monad Dual where
    Dual a >>= k = k a

newtype Endo a = Endo { appEndo :: a -> a }

instance Semigroup (Endo a) where
    Endo f <> Endo g = Endo (f . g)

instance Monoid (Endo a) where
    mempty = Endo id

newtype All = All { getAll :: Bool }
    deriving (Eq, Ord, Read, Show, Bounded)

instance Semigroup All where
    All a <> All b = All (a && b)

instance Monoid All where
    mempty = All True

newtype Any = Any { getAny :: Bool }
    deriving (Eq, Ord, Read, Show, Bounded)

instance Semigroup Any where
    Any a <> Any b = Any (a || b)

instance Monoid Any where
    mempty = Any False

newtype Sum a = Sum { getSum :: a }
    deriving (Eq, Ord, Read, Show, Bounded, Num)

instance Num a => Semigroup (Sum a) where
    Sum a <> Sum b = Sum (a + b)
    stimes n (Sum a) = Sum (fromIntegral n * a)

instance Num a => Monoid (Sum a) where
    mempty = Sum 0

instance Functor Sum where
    fmap f (Sum a) = Sum (f a)

instance Applicative Sum where
    pure = Sum
    Sum f <*> Sum a = Sum (f a)

instance Monad Sum where
    Sum a >>= k = k a

newtype Product a = Product { getProduct :: a }
    deriving (Eq, Ord, Read, Show, Bounded, Num)

instance Num a => Semigroup (Product a) where
    Product a <> Product b = Product (a * b)
    stimes n (Product a) = Product (a ^ n)

instance Num a => Monoid (Product a) where
    mempty = Product 1

instance Functor Product where
    fmap f (Product a) = Product (f a)

instance Applicative Product where
    pure = Product
    Product f <*> Product a = Product (f a)

instance Monad Product where
    Product a >>= k = k a

newtype Alt f a = Alt { getAlt :: f a }
    deriving (Eq, Ord, Read, Show, Num, Enum, Functor, Applicative, Alternative, Monad, MonadPlus)

instance Alternative f => Semigroup (Alt f a) where
    Alt a <> Alt b = Alt (a <|> b)

instance Alternative f => Monoid (Alt f a) where
    mempty = Alt empty

stimesMonoid :: (Integral b, Monoid a) => b -> a -> a
stimesMonoid n x
    | n < 0 = errorWithoutStackTrace "stimesMonoid: expected non-negative multiplier"
    | n == 0 = mempty
    | otherwise = stimesDefault n x
