{-# LANGUAGE ExistentialQuantification, NoImplicitPrelude, ScopedTypeVariables #-}
module Data.Dynamic (Dynamic, toDyn, fromDyn, fromDynamic, dynTypeRep, dynApply, dynApp, Typeable) where

import Control.Exception.Base
import Data.Maybe
import Data.Typeable
import GHC.Base
import GHC.Show
import Unsafe.Coerce

-- | A value and its type.
data Dynamic = forall a. Dynamic TypeRep a

instance Show Dynamic where
    showsPrec _ (Dynamic t _) = showString "<<" . shows t . showString ">>"

instance Exception Dynamic

toDyn :: Typeable a => a -> Dynamic
toDyn a = Dynamic (typeOf a) a

fromDynamic :: forall a. Typeable a => Dynamic -> Maybe a
fromDynamic (Dynamic t a)
    | t == typeRep (Proxy :: Proxy a) = Just (unsafeCoerce a)
    | otherwise = Nothing

fromDyn :: Typeable a => Dynamic -> a -> a
fromDyn d def = fromMaybe def (fromDynamic d)

dynTypeRep :: Dynamic -> TypeRep
dynTypeRep (Dynamic t _) = t

dynApply :: Dynamic -> Dynamic -> Maybe Dynamic
dynApply (Dynamic t f) (Dynamic u x) = fmap (\result -> Dynamic result (unsafeCoerce f x)) (funResultTy t u)

dynApp :: Dynamic -> Dynamic -> Dynamic
dynApp f x = case dynApply f x of
    Just r -> r
    Nothing -> errorWithoutStackTrace ("Type error in dynamic application.\n" ++ "Can't apply function " ++ show f ++ " to argument " ++ show x)
