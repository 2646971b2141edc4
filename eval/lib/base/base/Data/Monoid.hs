{-# LANGUAGE GeneralizedNewtypeDeriving, NoImplicitPrelude, PolyKinds #-}
module Data.Monoid
    ( Monoid (..), (<>), Dual (..), Endo (..), All (..), Any (..), Sum (..), Product (..), First (..), Last (..), Alt (..), Ap (..)
    ) where

import Data.Semigroup.Internal
import GHC.Base hiding (Any)
import GHC.Enum
import GHC.Num
import GHC.Read
import GHC.Show

newtype First a = First { getFirst :: Maybe a }
    deriving (Eq, Ord, Read, Show)

instance Semigroup (First a) where
    First Nothing <> b = b
    a <> _ = a

instance Monoid (First a) where
    mempty = First Nothing

instance Functor First where
    fmap f (First a) = First (fmap f a)

newtype Last a = Last { getLast :: Maybe a }
    deriving (Eq, Ord, Read, Show)

instance Semigroup (Last a) where
    a <> Last Nothing = a
    _ <> b = b

instance Monoid (Last a) where
    mempty = Last Nothing

instance Functor Last where
    fmap f (Last a) = Last (fmap f a)

newtype Ap f a = Ap { getAp :: f a }
    deriving (Eq, Ord, Read, Show, Enum, Functor, Applicative, Alternative, Monad, MonadPlus)

instance (Applicative f, Semigroup a) => Semigroup (Ap f a) where
    Ap x <> Ap y = Ap (liftA2 (<>) x y)

instance (Applicative f, Monoid a) => Monoid (Ap f a) where
    mempty = Ap (pure mempty)

instance Applicative First where
    pure x = First (Just x)
    First f <*> First a = First (f <*> a)

instance Monad First where
    First m >>= k = First (m >>= getFirst . k)

instance Applicative Last where
    pure x = Last (Just x)
    Last f <*> Last a = Last (f <*> a)

instance Monad Last where
    Last m >>= k = Last (m >>= getLast . k)

instance (Applicative f, Bounded a) => Bounded (Ap f a) where
    minBound = pure minBound
    maxBound = pure maxBound

instance (Applicative f, Num a) => Num (Ap f a) where
    (+) = liftA2 (+)
    (-) = liftA2 (-)
    (*) = liftA2 (*)
    negate = fmap negate
    abs = fmap abs
    signum = fmap signum
    fromInteger n = pure (fromInteger n)
