{-# LANGUAGE NoImplicitPrelude, PolyKinds #-}
module Data.Monoid
    ( Monoid (..), (<>), Dual (..), Endo (..), All (..), Any (..), Sum (..), Product (..), First (..), Last (..), Alt (..), Ap (..)
    ) where

import Data.Semigroup.Internal
import GHC.Base hiding (Any)
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
    deriving (Eq, Ord, Read, Show)

instance (Applicative f, Semigroup a) => Semigroup (Ap f a) where
    Ap x <> Ap y = Ap (liftA2 (<>) x y)

instance (Applicative f, Monoid a) => Monoid (Ap f a) where
    mempty = Ap (pure mempty)
