{-# LANGUAGE GHCForeignImportPrim, MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | The end of a program that has met what cannot be.
module GHC.Prim.Panic (absentSumFieldError, panicError) where

import GHC.Magic ()
import GHC.Prim
import GHC.Types ()

foreign import prim "stg_paniczh" panic# :: Addr# -> State# RealWorld -> (# State# RealWorld, (# #) #)

panicError :: Addr# -> a
panicError message = case panic# message realWorld# of (# _, _ #) -> panicError message
{-# NOINLINE panicError #-}

absentSumFieldError :: a
absentSumFieldError = panicError "entered absent sum field!"#
{-# NOINLINE absentSumFieldError #-}
