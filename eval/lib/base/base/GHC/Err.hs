{-# LANGUAGE DataKinds, ImplicitParams, KindSignatures, NoImplicitPrelude, PolyKinds, RankNTypes, MagicHash #-}
module GHC.Err (absentErr, error, errorAt, errorWithoutStackTrace, undefined) where

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
undefined = errorAt "GHC.Err" 75 14 "Prelude.undefined" ?callStack

-- | What @error@ raises in GHC's own base at that line and column, for functions that say so.
errorAt :: forall (r :: RuntimeRep) (a :: TYPE r). [Char] -> Int -> Int -> [Char] -> CallStack -> a
errorAt m line column message callers = raise# (errorCallWithCallStackException message (pushCallStack ("error", place) callers))
  where
    place = SrcLoc "base" m (path "libraries/base/") line column line (end column)
    path (c : cs) = c : path cs
    path [] = file m
    file ('.' : cs) = '/' : file cs
    file (c : cs) = c : file cs
    file [] = ".hs"
    end (I# n) = I# (n +# 5#)

-- | In the place of an argument that the optimiser has found unused.
absentErr :: a
absentErr = errorWithoutStackTrace "Oops! The program has entered an `absent' argument!\n"
