{-# LANGUAGE DataKinds, ImplicitParams, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, MagicHash #-}
module GHC.Err (absentErr, error, errorWithoutStackTrace, undefined) where

import {-# SOURCE #-} GHC.Exception (errorCallException, errorCallWithCallStackException)
import GHC.CString ()
import GHC.Num.Integer ()
import GHC.Prim
import GHC.Stack.Types
import GHC.Types

error :: forall (r :: RuntimeRep) (a :: TYPE r). HasCallStack => [Char] -> a
error message = raise# (errorCallWithCallStackException message ?callStack)

errorWithoutStackTrace :: forall (r :: RuntimeRep) (a :: TYPE r). [Char] -> a
errorWithoutStackTrace message = raise# (errorCallException message)

undefined :: forall (r :: RuntimeRep) (a :: TYPE r). HasCallStack => a
undefined = raise# (errorCallWithCallStackException "Prelude.undefined" ?callStack)

-- | In the place of an argument that the optimiser has found unused.
absentErr :: a
absentErr = errorWithoutStackTrace "Oops! The program has entered an `absent' argument!\n"
