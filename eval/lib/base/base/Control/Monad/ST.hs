{-# LANGUAGE NoImplicitPrelude #-}
module Control.Monad.ST (ST, runST, fixST, stToIO, RealWorld) where

import Control.Monad.Fix
import GHC.Base
import GHC.ST

fixST :: (a -> ST s a) -> ST s a
fixST = mfix
