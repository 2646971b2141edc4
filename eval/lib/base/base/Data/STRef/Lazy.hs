{-# LANGUAGE NoImplicitPrelude #-}
module Data.STRef.Lazy (ST.STRef, newSTRef, readSTRef, writeSTRef, modifySTRef) where

import Control.Monad.ST.Lazy
import qualified Data.STRef as ST
import Prelude

newSTRef :: a -> ST s (ST.STRef s a)
newSTRef = strictToLazyST . ST.newSTRef

readSTRef :: ST.STRef s a -> ST s a
readSTRef = strictToLazyST . ST.readSTRef

writeSTRef :: ST.STRef s a -> a -> ST s ()
writeSTRef r a = strictToLazyST (ST.writeSTRef r a)

modifySTRef :: ST.STRef s a -> (a -> a) -> ST s ()
modifySTRef r f = strictToLazyST (ST.modifySTRef r f)
