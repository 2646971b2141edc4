{-# LANGUAGE AllowAmbiguousTypes, DataKinds, ExistentialQuantification, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, RoleAnnotations, ScopedTypeVariables, TypeApplications #-}
-- | Types as values. The compiler writes the evidence of Typeable with the functions here: of a constructor, of an application, of a
-- function type.
module Data.Typeable.Internal
    ( TypeRep, Typeable (..), SomeTypeRep (..)
    , mkTrCon, mkTrApp, mkTrFun, mkTrType
    , mkFunTy, funResultTy
    , sameTypeRep, typeRep, splitApps, tyConName, tyConModule, tyConPackage
    ) where

import GHC.Base
import GHC.Num
import GHC.Prim (FUN, TYPE)
import GHC.Show

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
mkTrApp f x = App (SomeTypeRep f) (SomeTypeRep x)

mkTrFun :: forall (m :: Multiplicity) r1 r2 (a :: TYPE r1) (b :: TYPE r2). TypeRep m -> TypeRep a -> TypeRep b -> TypeRep ((FUN m a b) :: Type)
mkTrFun _ a b = Function (SomeTypeRep a) (SomeTypeRep b)

mkTrType :: TypeRep Type
mkTrType = Star

sameTypeRep :: forall k1 k2 (a :: k1) (b :: k2). TypeRep a -> TypeRep b -> Bool
sameTypeRep (Con c _) (Con d _) = c == d
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
    go (SomeTypeRep (Function a b)) args = (arrow, a : b : args)
    go (SomeTypeRep Star) args = (star, args)

-- | Constructors that no module declares.
arrow, star :: TyCon
arrow = builtin 1## "FUN"#
star = builtin 2## "*"#

builtin :: Word# -> Addr# -> TyCon
builtin fingerprint name = TyCon 0## fingerprint (Module (TrNameS "ghc-prim"#) (TrNameS "GHC.Prim"#)) (TrNameS name) 0# (KindRepVar 0)

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

instance Show SomeTypeRep where
    showsPrec _ (SomeTypeRep Star) = showChar '*'
    showsPrec p (SomeTypeRep (Function a b)) = showParen (p > 8) (showsPrec 9 a . showString " -> " . showsPrec 8 b)
    showsPrec p t = case splitApps t of
        (c, []) -> showTyCon c
        (c, [x]) | tyConName c `eqString` "[]" -> showChar '[' . shows x . showChar ']'
        (c, args)
            | isTuple (tyConName c) -> showChar '(' . separated "," 10 args . showChar ')'
            | otherwise -> showParen (p > 9) (showTyCon c . showChar ' ' . separated " " 10 args)
      where
        isTuple ('(' : ',' : _) = True
        isTuple _ = False

separated :: String -> Int -> [SomeTypeRep] -> ShowS
separated _ _ [] = id
separated _ p [t] = showsPrec p t
separated between p (t : ts) = showsPrec p t . showString between . separated between p ts

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
