{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeFamilies, TypeOperators, UndecidableInstances, NoStarIsType, ConstraintKinds #-}
-- | Natural numbers as types.
module GHC.TypeNats (Nat, Natural, KnownNat (..), SNat (..), natVal, natVal', SomeNat (..), someNatVal, sameNat, type (<=), type (<=?), type (+), type (*), type (^), type (-), CmpNat, Div, Mod, Log2) where

import GHC.Base
import Data.Proxy
import Data.Type.Equality
import GHC.Num (Natural)
import GHC.Show
import GHC.Types (Nat)
import Unsafe.Coerce

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

-- | A number that is known only when the program runs.
data SomeNat = forall n. KnownNat n => SomeNat (Proxy n)

newtype WithKnownNat r = WithKnownNat (forall n. KnownNat n => Proxy n -> r)

-- | The evidence of a class of one method is that method.
someNatVal :: Natural -> SomeNat
someNatVal n = (unsafeCoerce (WithKnownNat SomeNat) :: Natural -> Proxy () -> SomeNat) n Proxy

sameNat :: forall a b. (KnownNat a, KnownNat b) => Proxy a -> Proxy b -> Maybe (a :~: b)
sameNat x y
    | natVal x == natVal y = Just (unsafeCoerce (Refl :: a :~: a))
    | otherwise = Nothing

instance Eq SomeNat where
    SomeNat x == SomeNat y = natVal x == natVal y

instance Ord SomeNat where
    compare (SomeNat x) (SomeNat y) = compare (natVal x) (natVal y)

instance Show SomeNat where
    showsPrec p (SomeNat x) = showsPrec p (natVal x)

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
