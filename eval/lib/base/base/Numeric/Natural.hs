{-# LANGUAGE NoImplicitPrelude #-}
module Numeric.Natural (Natural) where

import GHC.Num
