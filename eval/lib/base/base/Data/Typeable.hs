{-# LANGUAGE GADTs, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeApplications, TypeOperators #-}
-- | Values that know their type.
module Data.Typeable
    ( Typeable, TypeRep, typeOf, typeRep, cast, eqT, gcast, Proxy (..), (:~:) (..), (:~~:) (..)
    , gcast1, gcast2, typeOf1, typeOf2, typeOf3, typeOf4, mkFunTy, funResultTy, rnfTypeRep, rnfTyCon
    , showsTypeRep, typeRepTyCon, typeRepArgs, splitTyConApp, TyCon, tyConName, tyConModule, tyConPackage
    ) where

import Data.Proxy
import Data.Type.Equality
import Data.Typeable.Internal hiding (TypeRep, typeRep)
import qualified Data.Typeable.Internal as I
import GHC.Base
import GHC.Show
import Unsafe.Coerce

type TypeRep = SomeTypeRep

typeRep :: forall proxy a. Typeable a => proxy a -> TypeRep
typeRep _ = SomeTypeRep (I.typeRep :: I.TypeRep a)

typeOf :: forall a. Typeable a => a -> TypeRep
typeOf _ = SomeTypeRep (I.typeRep :: I.TypeRep a)

cast :: forall a b. (Typeable a, Typeable b) => a -> Maybe b
cast x
    | sameTypeRep (I.typeRep :: I.TypeRep a) (I.typeRep :: I.TypeRep b) = Just (unsafeCoerce x)
    | otherwise = Nothing

eqT :: forall a b. (Typeable a, Typeable b) => Maybe (a :~: b)
eqT
    | sameTypeRep (I.typeRep :: I.TypeRep a) (I.typeRep :: I.TypeRep b) = Just (unsafeCoerce (Refl :: a :~: a))
    | otherwise = Nothing

gcast :: forall a b c. (Typeable a, Typeable b) => c a -> Maybe (c b)
gcast x = fmap (\Refl -> x) (eqT :: Maybe (a :~: b))

gcast1 :: forall c t t' a. (Typeable t, Typeable t') => c (t a) -> Maybe (c (t' a))
gcast1 x = fmap (\Refl -> x) (eqT :: Maybe (t :~: t'))

gcast2 :: forall c t t' a b. (Typeable t, Typeable t') => c (t a b) -> Maybe (c (t' a b))
gcast2 x = fmap (\Refl -> x) (eqT :: Maybe (t :~: t'))

typeOf1 :: forall t a. Typeable t => t a -> TypeRep
typeOf1 _ = SomeTypeRep (I.typeRep :: I.TypeRep t)

typeOf2 :: forall t a b. Typeable t => t a b -> TypeRep
typeOf2 _ = SomeTypeRep (I.typeRep :: I.TypeRep t)

typeOf3 :: forall t a b c. Typeable t => t a b c -> TypeRep
typeOf3 _ = SomeTypeRep (I.typeRep :: I.TypeRep t)

typeOf4 :: forall t a b c d. Typeable t => t a b c d -> TypeRep
typeOf4 _ = SomeTypeRep (I.typeRep :: I.TypeRep t)

rnfTypeRep :: TypeRep -> ()
rnfTypeRep t = case typeRepArgs t of args -> foldr (\a r -> rnfTypeRep a `seq` r) () args

rnfTyCon :: TyCon -> ()
rnfTyCon c = c `seq` ()

showsTypeRep :: TypeRep -> ShowS
showsTypeRep = shows

typeRepTyCon :: TypeRep -> TyCon
typeRepTyCon t = case splitApps t of (c, _) -> c

typeRepArgs :: TypeRep -> [TypeRep]
typeRepArgs t = case splitApps t of (_, args) -> args

splitTyConApp :: TypeRep -> (TyCon, [TypeRep])
splitTyConApp = splitApps
