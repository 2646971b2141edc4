{-# LANGUAGE NoImplicitPrelude #-}
module GHC.Exception where

import {-# SOURCE #-} GHC.Exception.Type
import GHC.Stack.Types
import GHC.Types

errorCallException :: [Char] -> SomeException
errorCallWithCallStackException :: [Char] -> CallStack -> SomeException
