{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeFamilies, TypeOperators, NoStarIsType #-}
-- | Numbers and strings as types, and errors of types.
module GHC.TypeLits
    ( Nat, Symbol, KnownNat, natVal, natVal', KnownSymbol (..), SSymbol (..), symbolVal, symbolVal'
    , type (<=), type (<=?), type (+), type (*), type (^), type (-), CmpNat, Div, Mod, Log2, AppendSymbol, CmpSymbol, TypeError, ErrorMessage (..)
    ) where

import GHC.Base hiding (Symbol)
import GHC.Num (Integer, integerFromNatural)
import GHC.TypeNats hiding (natVal, natVal')
import qualified GHC.TypeNats as N
import GHC.Types (Symbol)

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
