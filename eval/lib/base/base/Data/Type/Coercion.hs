{-# LANGUAGE GADTs, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, StandaloneDeriving, TypeOperators, FlexibleContexts #-}
-- | Proofs that values of one type are represented as those of another.
module Data.Type.Coercion (Coercion (..), coerceWith, coerceWith', gcoerceWith, sym, trans, repr, TestCoercion (..)) where

import Data.Coerce
import qualified Data.Type.Equality as Eq
import Prelude

data Coercion a b where
    Coercion :: Coercible a b => Coercion a b

deriving instance Eq (Coercion a b)
deriving instance Ord (Coercion a b)
deriving instance Show (Coercion a b)

coerceWith, coerceWith' :: Coercion a b -> a -> b
coerceWith Coercion x = coerce x
coerceWith' Coercion x = coerce x

gcoerceWith :: Coercion a b -> (Coercible a b => r) -> r
gcoerceWith Coercion x = x

sym :: Coercion a b -> Coercion b a
sym Coercion = Coercion

trans :: Coercion a b -> Coercion b c -> Coercion a c
trans Coercion Coercion = Coercion

repr :: (a Eq.:~: b) -> Coercion a b
repr Eq.Refl = Coercion

class TestCoercion f where
    testCoercion :: f a -> f b -> Maybe (Coercion a b)

instance TestCoercion ((Eq.:~:) a) where
    testCoercion Eq.Refl Eq.Refl = Just Coercion

instance TestCoercion (Coercion a) where
    testCoercion Coercion Coercion = Just Coercion
