{-# LANGUAGE AllowAmbiguousTypes, FunctionalDependencies, KindSignatures, NoImplicitPrelude, PolyKinds #-}
module GHC.Records (HasField (..)) where

import GHC.Types ()

class HasField x r a | x r -> a where
    getField :: r -> a
