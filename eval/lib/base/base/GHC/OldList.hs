{-# LANGUAGE NoImplicitPrelude #-}
module GHC.OldList (module Data.OldList) where

import Data.OldList
