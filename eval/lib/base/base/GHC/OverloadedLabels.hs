{-# LANGUAGE AllowAmbiguousTypes, DataKinds, KindSignatures, MultiParamTypeClasses, NoImplicitPrelude #-}
module GHC.OverloadedLabels (IsLabel (..)) where

import GHC.Types (Symbol)

class IsLabel (x :: Symbol) a where
    fromLabel :: a
