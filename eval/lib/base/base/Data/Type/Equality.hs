{-# LANGUAGE GADTs, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, StandaloneDeriving, TypeOperators #-}
-- | Proofs that two types are one.
module Data.Type.Equality ((:~:) (..), (:~~:) (..), sym, trans, castWith, gcastWith) where

import GHC.Base
import GHC.Show

infix 4 :~:, :~~:

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
