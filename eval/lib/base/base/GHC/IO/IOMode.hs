{-# LANGUAGE NoImplicitPrelude #-}
module GHC.IO.IOMode (IOMode (..)) where

import GHC.IO.Handle
