{-# OPTIONS_GHC -fno-strictness #-}
{-# LANGUAGE DataKinds, GADTs, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes, ScopedTypeVariables, TypeApplications #-}
module Unsafe.Coerce (unsafeCoerce, unsafeCoerce#, unsafeEqualityProof, UnsafeEquality (..)) where

import GHC.Base
import GHC.Prim (TYPE)

-- | What the optimiser lets a coercion be.
data UnsafeEquality (a :: k) (b :: k) where
    UnsafeRefl :: UnsafeEquality a a

unsafeEqualityProof :: forall {k} (a :: k) (b :: k). UnsafeEquality a b
unsafeEqualityProof = case unsafeEqualityProof @a @b of UnsafeRefl -> UnsafeRefl
{-# NOINLINE unsafeEqualityProof #-}

unsafeCoerce :: forall a b. a -> b
unsafeCoerce x = case unsafeEqualityProof @a @b of UnsafeRefl -> x

unsafeCoerce# :: forall (q :: RuntimeRep) (r :: RuntimeRep) (a :: TYPE q) (b :: TYPE r). a -> b
unsafeCoerce# = errorWithoutStackTrace "unsafeCoerce#: the compiler writes its body"
{-# NOINLINE unsafeCoerce# #-}
