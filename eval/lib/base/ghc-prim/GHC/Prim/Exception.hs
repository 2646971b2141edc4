{-# LANGUAGE GHCForeignImportPrim, MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | What arithmetic raises. The exceptions themselves are base's: the runtime knows where they are.
module GHC.Prim.Exception (raiseOverflow, raiseUnderflow, raiseDivZero) where

import GHC.Magic ()
import GHC.Prim
import GHC.Types ()

foreign import prim "stg_raiseOverflowzh" raiseOverflow# :: State# RealWorld -> (# State# RealWorld, (# #) #)
foreign import prim "stg_raiseUnderflowzh" raiseUnderflow# :: State# RealWorld -> (# State# RealWorld, (# #) #)
foreign import prim "stg_raiseDivZZerozh" raiseDivZero# :: State# RealWorld -> (# State# RealWorld, (# #) #)

raiseOverflow, raiseUnderflow, raiseDivZero :: a
raiseOverflow = case raiseOverflow# realWorld# of (# _, _ #) -> raiseOverflow
raiseUnderflow = case raiseUnderflow# realWorld# of (# _, _ #) -> raiseUnderflow
raiseDivZero = case raiseDivZero# realWorld# of (# _, _ #) -> raiseDivZero
{-# NOINLINE raiseOverflow #-}
{-# NOINLINE raiseUnderflow #-}
{-# NOINLINE raiseDivZero #-}
