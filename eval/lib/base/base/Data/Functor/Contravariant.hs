{-# LANGUAGE NoImplicitPrelude #-}
-- | What takes values, as functors give them.
module Data.Functor.Contravariant
    ( Contravariant (..), phantom, (>$<), (>$$<), ($<), Predicate (..), Comparison (..), defaultComparison
    , Equivalence (..), defaultEquivalence, comparisonEquivalence, Op (..)
    ) where

import Control.Category (Category)
import qualified Control.Category as Category
import Control.Applicative (Const (..))
import Data.Function (on)
import Data.Functor.Compose
import Data.Functor.Product
import Data.Functor.Sum
import Data.Proxy
import Prelude

infixl 4 >$, >$<, >$$<, $<

class Contravariant f where
    contramap :: (a' -> a) -> f a -> f a'
    (>$) :: b -> f b -> f a
    (>$) = contramap . const

phantom :: (Functor f, Contravariant f) => f a -> f b
phantom x = () <$ x $< ()

(>$<) :: Contravariant f => (a -> b) -> f b -> f a
(>$<) = contramap

(>$$<) :: Contravariant f => f b -> (a -> b) -> f a
(>$$<) = flip contramap

($<) :: Contravariant f => f b -> b -> f a
($<) = flip (>$)

newtype Predicate a = Predicate { getPredicate :: a -> Bool }

instance Contravariant Predicate where
    contramap f (Predicate p) = Predicate (p . f)

instance Semigroup (Predicate a) where
    Predicate p <> Predicate q = Predicate (\a -> p a && q a)

instance Monoid (Predicate a) where
    mempty = Predicate (const True)

newtype Comparison a = Comparison { getComparison :: a -> a -> Ordering }

instance Contravariant Comparison where
    contramap f (Comparison cmp) = Comparison (cmp `on` f)

instance Semigroup (Comparison a) where
    Comparison p <> Comparison q = Comparison (\a b -> p a b <> q a b)

instance Monoid (Comparison a) where
    mempty = Comparison (\_ _ -> EQ)

defaultComparison :: Ord a => Comparison a
defaultComparison = Comparison compare

newtype Equivalence a = Equivalence { getEquivalence :: a -> a -> Bool }

instance Contravariant Equivalence where
    contramap f (Equivalence eq) = Equivalence (eq `on` f)

instance Semigroup (Equivalence a) where
    Equivalence p <> Equivalence q = Equivalence (\a b -> p a b && q a b)

instance Monoid (Equivalence a) where
    mempty = Equivalence (\_ _ -> True)

defaultEquivalence :: Eq a => Equivalence a
defaultEquivalence = Equivalence (==)

comparisonEquivalence :: Comparison a -> Equivalence a
comparisonEquivalence (Comparison p) = Equivalence (\a b -> p a b == EQ)

-- | Functions, the other way round.
newtype Op a b = Op { getOp :: b -> a }

instance Category Op where
    id = Op id
    Op f . Op g = Op (g . f)

instance Contravariant (Op a) where
    contramap f (Op g) = Op (g . f)

instance Semigroup a => Semigroup (Op a b) where
    Op p <> Op q = Op (\a -> p a <> q a)

instance Monoid a => Monoid (Op a b) where
    mempty = Op (const mempty)

instance Contravariant Proxy where
    contramap _ _ = Proxy

instance Contravariant (Const a) where
    contramap _ (Const a) = Const a

instance (Functor f, Contravariant g) => Contravariant (Compose f g) where
    contramap f (Compose x) = Compose (fmap (contramap f) x)

instance (Contravariant f, Contravariant g) => Contravariant (Product f g) where
    contramap f (Pair a b) = Pair (contramap f a) (contramap f b)

instance (Contravariant f, Contravariant g) => Contravariant (Sum f g) where
    contramap f (InL x) = InL (contramap f x)
    contramap f (InR x) = InR (contramap f x)
