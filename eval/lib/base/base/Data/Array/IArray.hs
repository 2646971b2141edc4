{-# LANGUAGE NoImplicitPrelude, RankNTypes #-}
module Data.Array.IArray (module Data.Ix, IArray, Array, array, listArray, genArray, accumArray, (!), bounds, indices, elems, assocs, (//), accum, amap, ixmap) where

import Data.Array.Base
import Data.Ix
import GHC.Arr (Array)
