{-# LANGUAGE NoImplicitPrelude, RankNTypes #-}
module Data.Array.ST (STArray, STUArray, runSTArray, runSTUArray, module Data.Array.MArray) where

import Data.Array.Base
import Data.Array.MArray
import GHC.Arr (Array, STArray, unsafeFreezeSTArray)
import GHC.Base
import GHC.ST

runSTArray :: (forall s. ST s (STArray s i e)) -> Array i e
runSTArray st = runST (st >>= unsafeFreezeSTArray)

runSTUArray :: (forall s. ST s (STUArray s i e)) -> UArray i e
runSTUArray st = runST (st >>= unsafeFreezeSTUArray)
