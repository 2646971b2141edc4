{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Values that C may hold.
module GHC.Stable (StablePtr (..), newStablePtr, deRefStablePtr, freeStablePtr, castStablePtrToPtr, castPtrToStablePtr) where

import GHC.Base
import GHC.Ptr
import Unsafe.Coerce

data StablePtr a = StablePtr (StablePtr# a)

instance Eq (StablePtr a) where
    StablePtr a == StablePtr b = isTrue# (eqStablePtr# a b)

newStablePtr :: a -> IO (StablePtr a)
newStablePtr a = IO (\s -> case makeStablePtr# a s of (# s1, p #) -> (# s1, StablePtr p #))

deRefStablePtr :: StablePtr a -> IO a
deRefStablePtr (StablePtr p) = IO (\s -> deRefStablePtr# p s)

foreign import ccall unsafe "hs_free_stable_ptr" freeStablePtr :: StablePtr a -> IO ()

castStablePtrToPtr :: StablePtr a -> Ptr ()
castStablePtrToPtr (StablePtr p) = Ptr (unsafeCoerce# p)

castPtrToStablePtr :: Ptr () -> StablePtr a
castPtrToStablePtr (Ptr a) = StablePtr (unsafeCoerce# a)
