{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, RoleAnnotations, ScopedTypeVariables, TypeApplications #-}
-- | Types as values. The compiler writes the evidence of Typeable with the functions here: of a constructor, of an application, of a
-- function type.
module Data.Typeable.Internal
    ( TypeRep, Typeable (..), SomeTypeRep (..)
    , mkTrCon, mkTrApp, mkTrFun, mkTrType, typeNatTypeRep, typeSymbolTypeRep
    , mkFunTy, funResultTy
    , sameTypeRep, typeRep, splitApps, tyConName, tyConModule, tyConPackage
    ) where

import GHC.Base
import GHC.List (length)
import GHC.Num
import GHC.Prim (FUN, TYPE)
import GHC.Show
import GHC.TypeLits (KnownSymbol, symbolVal')
import GHC.TypeNats (KnownNat, Nat, natVal')
import GHC.Types (RuntimeRep (..), Symbol)

-- | A type: a constructor with its kinds, an application, a function type. Constructors are told apart by their fingerprints.
type role TypeRep nominal
data TypeRep (a :: k)
    = Con TyCon [SomeTypeRep]
    | App SomeTypeRep SomeTypeRep
    | Function SomeTypeRep SomeTypeRep
    | Star

data SomeTypeRep = forall k (a :: k). SomeTypeRep !(TypeRep a)

class Typeable (a :: k) where
    typeRep# :: TypeRep a

typeRep :: Typeable a => TypeRep a
typeRep = typeRep#

mkTrCon :: forall k (a :: k). TyCon -> [SomeTypeRep] -> TypeRep a
mkTrCon = Con

mkTrApp :: forall k1 k2 (a :: k1 -> k2) (b :: k1). TypeRep (a :: k1 -> k2) -> TypeRep (b :: k1) -> TypeRep (a b)
mkTrApp (Con c []) (Con r [])
    | c == typeTyCon && r == liftedTyCon = Star
mkTrApp f x = App (SomeTypeRep f) (SomeTypeRep x)

mkTrFun :: forall (m :: Multiplicity) r1 r2 (a :: TYPE r1) (b :: TYPE r2). TypeRep m -> TypeRep a -> TypeRep b -> TypeRep ((FUN m a b) :: Type)
mkTrFun _ a b = Function (SomeTypeRep a) (SomeTypeRep b)

mkTrType :: TypeRep Type
mkTrType = Star

-- | A literal is a constructor that no module declares.
typeNatTypeRep :: forall (n :: Nat). KnownNat n => Proxy# n -> TypeRep n
typeNatTypeRep n = literal (show (natVal' n))

typeSymbolTypeRep :: forall (s :: Symbol). KnownSymbol s => Proxy# s -> TypeRep s
typeSymbolTypeRep s = literal (show (symbolVal' s))

literal :: String -> TypeRep a
literal name = Con (TyCon (hash 0x100000001b3## name) (hash 0x9e3779b97f4a7c15## name) (Module (TrNameS "base"#) (TrNameS "GHC.TypeLits"#)) (TrNameD name) 0# (KindRepVar 0)) []

hash :: Word# -> String -> Word#
hash by = go by
  where
    go h [] = h
    go h (C# c : cs) = go ((h `xor#` int2Word# (ord# c)) `timesWord#` by) cs

sameTypeRep :: forall k1 k2 (a :: k1) (b :: k2). TypeRep a -> TypeRep b -> Bool
sameTypeRep (Con c ks) (Con d ls) = c == d && ks == ls
sameTypeRep (App f x) (App g y) = f == g && x == y
sameTypeRep (Function a b) (Function c d) = a == c && b == d
sameTypeRep Star Star = True
sameTypeRep _ _ = False

instance Eq (TypeRep a) where
    _ == _ = True

instance Ord (TypeRep a) where
    compare _ _ = EQ

instance Eq SomeTypeRep where
    SomeTypeRep a == SomeTypeRep b = sameTypeRep a b

instance Ord SomeTypeRep where
    compare a b = case splitApps a of
        (c, xs) -> case splitApps b of
            (d, ys) -> compare c d <> compare xs ys

-- | A type's constructor and what it is applied to.
splitApps :: SomeTypeRep -> (TyCon, [SomeTypeRep])
splitApps t = go t []
  where
    go (SomeTypeRep (Con c _)) args = (c, args)
    go (SomeTypeRep (App f x)) args = go f (x : args)
    go (SomeTypeRep (Function a b)) args = (funTyCon, a : b : args)
    go (SomeTypeRep Star) args = (typeTyCon, SomeTypeRep lifted : args)

lifted :: TypeRep 'LiftedRep
lifted = typeRep

funTyCon, typeTyCon, liftedTyCon :: TyCon
funTyCon = constructor (typeRep :: TypeRep (->))
typeTyCon = constructor (typeRep :: TypeRep TYPE)
liftedTyCon = constructor lifted

constructor :: TypeRep a -> TyCon
constructor t = case splitApps (SomeTypeRep t) of (c, _) -> c

tyConName, tyConModule, tyConPackage :: TyCon -> String
tyConName (TyCon _ _ _ name _ _) = text name
tyConModule (TyCon _ _ (Module _ name) _ _ _) = text name
tyConPackage (TyCon _ _ (Module package _) _ _ _) = text package

text :: TrName -> String
text (TrNameS s) = unpackCString# s
text (TrNameD s) = s

instance Show TyCon where
    showsPrec _ c = showTyCon c

instance Show (TypeRep (a :: k)) where
    showsPrec p t = showsPrec p (SomeTypeRep t)

-- | As real base shows it: what is applied to all that it wants is written as a list or a tuple, and kinds stand behind a constructor like
-- arguments.
instance Show SomeTypeRep where
    showsPrec _ (SomeTypeRep Star) = showChar '*'
    showsPrec p t = case splitApps t of
        (c, [x]) | tyConName c `eqString` "[]" -> showChar '[' . shows x . showChar ']'
        (c, args) | isTuple (tyConName c) (length args) -> showChar '(' . separated "," args . showChar ')'
        _ -> unsugared t
      where
        isTuple ('(' : ',' : commas) n = length commas == n - 1
        isTuple _ _ = False
        unsugared (SomeTypeRep (Con c [])) = showTyCon c
        unsugared (SomeTypeRep (Con c kinds)) = showParen (p > 9) (showTyCon c . showChar ' ' . separated " " kinds)
        unsugared (SomeTypeRep (Function a b)) = showParen (p > 8) (showsPrec 9 a . showString " -> " . showsPrec 8 b)
        unsugared (SomeTypeRep (App f x)) = showParen (p > 9) (showsPrec 8 f . showChar ' ' . showsPrec 10 x)
        unsugared (SomeTypeRep Star) = showChar '*'

separated :: String -> [SomeTypeRep] -> ShowS
separated _ [] = id
separated _ [t] = showsPrec 10 t
separated between (t : ts) = showsPrec 10 t . showString between . separated between ts

showTyCon :: TyCon -> ShowS
showTyCon c = showParen (isOperator (tyConName c)) (showString (tyConName c))
  where
    isOperator (x : _) = x `isOneOf` "!#$%&*+./<=>?@\\^|-~:" && not (tyConName c `eqString` "*")
    isOperator [] = False
    isOneOf x = foldr (\y r -> x == y || r) False

-- | The function type of two types.
mkFunTy :: SomeTypeRep -> SomeTypeRep -> SomeTypeRep
mkFunTy a b = SomeTypeRep (Function a b)

-- | What a function of the first type answers, given the second.
funResultTy :: SomeTypeRep -> SomeTypeRep -> Maybe SomeTypeRep
funResultTy (SomeTypeRep (Function a b)) x | a == x = Just b
funResultTy _ _ = Nothing
