{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
module Data.Coerce (coerce, Coercible) where

import GHC.Base
import GHC.Prim (coerce)
