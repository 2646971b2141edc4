{-# LANGUAGE DataKinds, KindSignatures, MagicHash, MultiParamTypeClasses, NegativeLiterals, NoImplicitPrelude, PolyKinds, RankNTypes, TypeFamilies, TypeOperators, UnboxedTuples #-}
-- | The types that the compiler itself knows.
module GHC.Types
    ( Bool (..), Char (..), Int (..), Word (..), Float (..), Double (..), Ordering (..), IO (..)
    , isTrue#
    , SPEC (..)
    , Nat, Symbol, Any, type (~~), Coercible
    , TYPE, Type, Constraint, RuntimeRep (..), VecCount (..), VecElem (..)
    , Multiplicity (..), MultMul
    , Module (..), TrName (..), TyCon (..), KindBndr, KindRep (..), TypeLitSort (..)
    ) where

import GHC.Prim

infixr 5 :
infix 4 ~, ~~
infixr -1 ->

-- Levels and kinds

data Constraint

data Multiplicity = One | Many

type family MultMul (a :: Multiplicity) (b :: Multiplicity) :: Multiplicity where
    MultMul 'One x = x
    MultMul x 'One = x
    MultMul 'Many x = 'Many
    MultMul x 'Many = 'Many

data RuntimeRep
    = VecRep VecCount VecElem
    | TupleRep [RuntimeRep]
    | SumRep [RuntimeRep]
    | LiftedRep
    | UnliftedRep
    | IntRep | Int8Rep | Int16Rep | Int32Rep | Int64Rep
    | WordRep | Word8Rep | Word16Rep | Word32Rep | Word64Rep
    | AddrRep
    | FloatRep
    | DoubleRep

type Type = TYPE 'LiftedRep

data VecCount = Vec2 | Vec4 | Vec8 | Vec16 | Vec32 | Vec64

data VecElem
    = Int8ElemRep | Int16ElemRep | Int32ElemRep | Int64ElemRep
    | Word8ElemRep | Word16ElemRep | Word32ElemRep | Word64ElemRep
    | FloatElemRep | DoubleElemRep

data Nat
data Symbol

type family Any :: k where {}

class a ~~ b
class (a :: k) ~ (b :: k)
class Coercible (a :: k) (b :: k)

-- Values

data [] a = [] | a : [a]

data Bool = False | True

data Ordering = LT | EQ | GT

data Char = C# Char#

data Int = I# Int#

data Word = W# Word#

data Float = F# Float#

data Double = D# Double#

newtype IO a = IO (State# RealWorld -> (# State# RealWorld, a #))

isTrue# :: Int# -> Bool
isTrue# x = tagToEnum# x
{-# INLINE isTrue# #-}

-- | An argument of this type asks that a recursive function be specialised to how it is called.
data SPEC = SPEC | SPEC2

-- What Typeable says of types

data Module = Module TrName TrName

data TrName = TrNameS Addr# | TrNameD [Char]

type KindBndr = Int

data KindRep
    = KindRepTyConApp TyCon [KindRep]
    | KindRepVar KindBndr -- lazy, so that it is the same whether this is optimised or not
    | KindRepApp KindRep KindRep
    | KindRepFun KindRep KindRep
    | KindRepTYPE !RuntimeRep
    | KindRepTypeLitS TypeLitSort Addr#
    | KindRepTypeLitD TypeLitSort [Char]

data TypeLitSort = TypeLitSymbol | TypeLitNat

-- | The fingerprint in two words, the module, the name, how many kind variables, the kind.
data TyCon = TyCon Word# Word# Module TrName Int# KindRep
