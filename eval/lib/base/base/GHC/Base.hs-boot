{-# LANGUAGE NoImplicitPrelude #-}
module GHC.Base where

import GHC.Types ()

class Semigroup a
