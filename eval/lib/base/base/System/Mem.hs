{-# LANGUAGE GHCForeignImportPrim, MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
module System.Mem (performGC, performMajorGC, performMinorGC, getAllocationCounter) where

import GHC.Base
import GHC.Int

foreign import ccall "performMajorGC" performMajorGC :: IO ()
foreign import ccall "performMinorGC" performMinorGC :: IO ()
foreign import prim "stg_getThreadAllocationCounterzh" getThreadAllocationCounter# :: State# RealWorld -> (# State# RealWorld, Int# #)

performGC :: IO ()
performGC = performMajorGC

-- | It counts downwards.
getAllocationCounter :: IO Int64
getAllocationCounter = IO (\s -> case getThreadAllocationCounter# s of (# s1, i #) -> (# s1, I64# i #))
