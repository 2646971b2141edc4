{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeFamilies, TypeOperators, UndecidableInstances, NoStarIsType, ConstraintKinds #-}
-- | Natural numbers as types.
module GHC.TypeNats (Nat, Natural, KnownNat (..), SNat (..), natVal, natVal', type (<=), type (<=?), type (+), type (*), type (^), type (-), CmpNat, Div, Mod, Log2) where

import GHC.Base
import GHC.Num (Natural)
import GHC.Types (Nat)

infix 4 <=?, <=
infixl 6 +, -
infixl 7 *, `Div`, `Mod`
infixr 8 ^

newtype SNat (n :: Nat) = SNat Natural

-- | The evidence is the number, which the compiler makes.
class KnownNat (n :: Nat) where
    natSing :: SNat n

natVal :: forall n proxy. KnownNat n => proxy n -> Natural
natVal _ = case (natSing :: SNat n) of SNat x -> x

natVal' :: forall n. KnownNat n => Proxy# n -> Natural
natVal' _ = case (natSing :: SNat n) of SNat x -> x

type x <= y = (x <=? y) ~ 'True

type family CmpNat (m :: Nat) (n :: Nat) :: Ordering
type family (m :: Nat) <=? (n :: Nat) :: Bool
type family (m :: Nat) + (n :: Nat) :: Nat
type family (m :: Nat) * (n :: Nat) :: Nat
type family (m :: Nat) ^ (n :: Nat) :: Nat
type family (m :: Nat) - (n :: Nat) :: Nat
type family Div (m :: Nat) (n :: Nat) :: Nat
type family Mod (m :: Nat) (n :: Nat) :: Nat
type family Log2 (m :: Nat) :: Nat
