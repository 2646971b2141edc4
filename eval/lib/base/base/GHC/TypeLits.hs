{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeFamilies, TypeOperators, NoStarIsType #-}
-- | Numbers and strings as types, and errors of types.
module GHC.TypeLits
    ( Nat, Symbol, SomeNat (..), SomeSymbol (..), someNatVal, someSymbolVal, sameNat, sameSymbol, KnownNat, natVal, natVal', KnownSymbol (..), SSymbol (..), symbolVal, symbolVal'
    , type (<=), type (<=?), type (+), type (*), type (^), type (-), CmpNat, Div, Mod, Log2, AppendSymbol, CmpSymbol, TypeError, ErrorMessage (..)
    ) where

import GHC.Base hiding (Symbol)
import Data.Proxy
import Data.Type.Equality
import GHC.Num (Integer, integerFromNatural, integerIsNegative, integerToNatural)
import GHC.Show
import GHC.TypeNats hiding (natVal, natVal', someNatVal)
import qualified GHC.TypeNats as N
import GHC.Types (Symbol)
import Unsafe.Coerce

newtype SSymbol (s :: Symbol) = SSymbol String

class KnownSymbol (n :: Symbol) where
    symbolSing :: SSymbol n

natVal :: forall n proxy. KnownNat n => proxy n -> Integer
natVal p = integerFromNatural (N.natVal p)

natVal' :: forall n. KnownNat n => Proxy# n -> Integer
natVal' p = integerFromNatural (N.natVal' p)

symbolVal :: forall n proxy. KnownSymbol n => proxy n -> String
symbolVal _ = case (symbolSing :: SSymbol n) of SSymbol x -> x

symbolVal' :: forall n. KnownSymbol n => Proxy# n -> String
symbolVal' _ = case (symbolSing :: SSymbol n) of SSymbol x -> x

-- | Nothing if the number is negative.
someNatVal :: Integer -> Maybe SomeNat
someNatVal n
    | integerIsNegative n = Nothing
    | otherwise = Just (N.someNatVal (integerToNatural n))

-- | A string that is known only when the program runs.
data SomeSymbol = forall s. KnownSymbol s => SomeSymbol (Proxy s)

newtype WithKnownSymbol r = WithKnownSymbol (forall s. KnownSymbol s => Proxy s -> r)

someSymbolVal :: String -> SomeSymbol
someSymbolVal s = (unsafeCoerce (WithKnownSymbol SomeSymbol) :: String -> Proxy () -> SomeSymbol) s Proxy

sameSymbol :: forall a b. (KnownSymbol a, KnownSymbol b) => Proxy a -> Proxy b -> Maybe (a :~: b)
sameSymbol x y
    | symbolVal x == symbolVal y = Just (unsafeCoerce (Refl :: a :~: a))
    | otherwise = Nothing

instance Eq SomeSymbol where
    SomeSymbol x == SomeSymbol y = symbolVal x == symbolVal y

instance Ord SomeSymbol where
    compare (SomeSymbol x) (SomeSymbol y) = compare (symbolVal x) (symbolVal y)

instance Show SomeSymbol where
    showsPrec p (SomeSymbol x) = showsPrec p (symbolVal x)

type family CmpSymbol (m :: Symbol) (n :: Symbol) :: Ordering
type family AppendSymbol (m :: Symbol) (n :: Symbol) :: Symbol

type family TypeError (a :: ErrorMessage) :: b where {}

data ErrorMessage
    = Text Symbol
    | forall t. ShowType t
    | ErrorMessage :<>: ErrorMessage
    | ErrorMessage :$$: ErrorMessage

infixl 5 :$$:
infixl 6 :<>:
