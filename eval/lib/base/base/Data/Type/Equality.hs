{-# LANGUAGE DataKinds, GADTs, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, StandaloneDeriving, TypeFamilies, TypeOperators, UndecidableInstances #-}
-- | Proofs that two types are one.
module Data.Type.Equality ((:~:) (..), (:~~:) (..), sym, trans, castWith, gcastWith, apply, inner, outer, TestEquality (..), type (==), type (~~)) where

import Data.Type.Bool
import GHC.Base
import GHC.Show

infix 4 :~:, :~~:, ==

data a :~: b where
    Refl :: a :~: a

data (a :: k1) :~~: (b :: k2) where
    HRefl :: a :~~: a

deriving instance Eq (a :~: b)
deriving instance Ord (a :~: b)
deriving instance Show (a :~: b)

sym :: (a :~: b) -> (b :~: a)
sym Refl = Refl

trans :: (a :~: b) -> (b :~: c) -> (a :~: c)
trans Refl Refl = Refl

castWith :: (a :~: b) -> a -> b
castWith Refl x = x

gcastWith :: (a :~: b) -> ((a ~ b) => r) -> r
gcastWith Refl x = x

apply :: (f :~: g) -> (a :~: b) -> (f a :~: g b)
apply Refl Refl = Refl

inner :: (f a :~: g b) -> (a :~: b)
inner Refl = Refl

outer :: (f a :~: g b) -> (f :~: g)
outer Refl = Refl

deriving instance Eq (a :~~: b)
deriving instance Ord (a :~~: b)
deriving instance Show (a :~~: b)

-- | Types whose values tell whether their arguments are one.
class TestEquality f where
    testEquality :: f a -> f b -> Maybe (a :~: b)

instance TestEquality ((:~:) a) where
    testEquality Refl Refl = Just Refl

type family (a :: k) == (b :: k) :: Bool where
    f a == g b = (f == g) && (a == b)
    a == a = 'True
    _ == _ = 'False
