{-# LANGUAGE NoImplicitPrelude #-}
module GHC.Real where

import {-# SOURCE #-} GHC.Base (Semigroup)
import GHC.Types ()

class Integral a

stimesDefault :: (Integral b, Semigroup a) => b -> a -> a
