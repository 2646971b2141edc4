{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
module GHC.IORef
    ( IORef (..), newIORef, readIORef, writeIORef
    , atomicModifyIORef, atomicModifyIORef', atomicModifyIORefP, atomicSwapIORef
    ) where

import GHC.Base
import GHC.ST
import GHC.STRef

newtype IORef a = IORef (STRef RealWorld a)

instance Eq (IORef a) where
    IORef x == IORef y = x == y

newIORef :: a -> IO (IORef a)
newIORef v = stToIO (newSTRef v) >>= \var -> return (IORef var)

readIORef :: IORef a -> IO a
readIORef (IORef var) = stToIO (readSTRef var)

writeIORef :: IORef a -> a -> IO ()
writeIORef (IORef var) v = stToIO (writeSTRef var v)

-- | The pair is lazy: what the function makes of the value is computed when somebody asks.
atomicModifyIORefP :: IORef a -> (a -> (a, b)) -> IO b
atomicModifyIORefP (IORef (STRef r)) f = IO (\s -> case atomicModifyMutVar2# r f s of
    (# s1, _, result #) -> (# s1, second result #))
  where
    second p = case p of (_, b) -> b

atomicModifyIORef :: IORef a -> (a -> (a, b)) -> IO b
atomicModifyIORef = atomicModifyIORefP

atomicModifyIORef' :: IORef a -> (a -> (a, b)) -> IO b
atomicModifyIORef' ref f = do
    b <- atomicModifyIORef ref (\a -> case f a of v@(a', _) -> a' `seq` v)
    b `seq` return b

atomicSwapIORef :: IORef a -> a -> IO a
atomicSwapIORef ref new = atomicModifyIORefP ref (\old -> (new, old))
