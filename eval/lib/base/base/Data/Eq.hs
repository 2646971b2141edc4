{-# LANGUAGE NoImplicitPrelude #-}
module Data.Eq (Eq (..)) where

import GHC.Classes
