{-# LANGUAGE NoImplicitPrelude, PolyKinds, StandaloneDeriving, FlexibleContexts, UndecidableInstances #-}
module Data.Functor.Sum (Sum (..)) where

import Prelude

data Sum f g a = InL (f a) | InR (g a)

deriving instance (Eq (f a), Eq (g a)) => Eq (Sum f g a)
deriving instance (Ord (f a), Ord (g a)) => Ord (Sum f g a)
deriving instance (Show (f a), Show (g a)) => Show (Sum f g a)

instance (Functor f, Functor g) => Functor (Sum f g) where
    fmap f (InL x) = InL (fmap f x)
    fmap f (InR y) = InR (fmap f y)

instance (Foldable f, Foldable g) => Foldable (Sum f g) where
    foldMap f (InL x) = foldMap f x
    foldMap f (InR y) = foldMap f y

instance (Traversable f, Traversable g) => Traversable (Sum f g) where
    traverse f (InL x) = InL <$> traverse f x
    traverse f (InR y) = InR <$> traverse f y
