{-# LANGUAGE ExistentialQuantification, NoImplicitPrelude #-}
module Data.Dynamic (Dynamic, toDyn, fromDyn, fromDynamic, dynTypeRep, Typeable) where

import Control.Exception.Base
import Data.Maybe
import Data.Typeable
import GHC.Base
import GHC.Show

data Dynamic = forall a. Typeable a => Dynamic a

instance Show Dynamic where
    showsPrec _ (Dynamic a) = showString "<<" . shows (typeOf a) . showString ">>"

instance Exception Dynamic

toDyn :: Typeable a => a -> Dynamic
toDyn = Dynamic

fromDynamic :: Typeable a => Dynamic -> Maybe a
fromDynamic (Dynamic a) = cast a

fromDyn :: Typeable a => Dynamic -> a -> a
fromDyn d def = fromMaybe def (fromDynamic d)

dynTypeRep :: Dynamic -> TypeRep
dynTypeRep (Dynamic a) = typeOf a
