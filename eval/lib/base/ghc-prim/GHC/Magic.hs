{-# LANGUAGE DataKinds, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, RankNTypes #-}
-- | Identities to which the optimiser gives a meaning.
module GHC.Magic (inline, noinline, lazy, oneShot, runRW#) where

import GHC.Prim
import GHC.Types

inline :: a -> a
inline x = x
{-# NOINLINE [0] inline #-}

noinline :: a -> a
noinline x = x
{-# NOINLINE noinline #-}

lazy :: a -> a
lazy x = x

oneShot :: forall (q :: RuntimeRep) (r :: RuntimeRep) (a :: TYPE q) (b :: TYPE r). (a -> b) -> a -> b
oneShot f = f

runRW# :: forall (r :: RuntimeRep) (o :: TYPE r). (State# RealWorld -> o) -> o
runRW# m = m realWorld#
{-# NOINLINE runRW# #-}
