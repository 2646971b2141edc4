{-# LANGUAGE NoImplicitPrelude, PolyKinds, StandaloneDeriving, FlexibleContexts, UndecidableInstances #-}
module Data.Functor.Product (Product (..)) where

import Prelude

data Product f g a = Pair (f a) (g a)

deriving instance (Eq (f a), Eq (g a)) => Eq (Product f g a)
deriving instance (Ord (f a), Ord (g a)) => Ord (Product f g a)
deriving instance (Show (f a), Show (g a)) => Show (Product f g a)

instance (Functor f, Functor g) => Functor (Product f g) where
    fmap f (Pair x y) = Pair (fmap f x) (fmap f y)

instance (Foldable f, Foldable g) => Foldable (Product f g) where
    foldMap f (Pair x y) = foldMap f x `mappend` foldMap f y

instance (Traversable f, Traversable g) => Traversable (Product f g) where
    traverse f (Pair x y) = Pair <$> traverse f x <*> traverse f y

instance (Applicative f, Applicative g) => Applicative (Product f g) where
    pure x = Pair (pure x) (pure x)
    Pair f g <*> Pair x y = Pair (f <*> x) (g <*> y)
