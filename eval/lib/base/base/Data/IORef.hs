{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
module Data.IORef
    ( IORef, newIORef, readIORef, writeIORef, modifyIORef, modifyIORef', atomicModifyIORef, atomicModifyIORef', atomicWriteIORef, mkWeakIORef
    ) where

import GHC.Base
import GHC.IORef
import GHC.STRef
import GHC.Weak

modifyIORef, modifyIORef' :: IORef a -> (a -> a) -> IO ()
modifyIORef ref f = readIORef ref >>= \x -> writeIORef ref (f x)
modifyIORef' ref f = do
    x <- readIORef ref
    let x' = f x
    x' `seq` writeIORef ref x'

atomicWriteIORef :: IORef a -> a -> IO ()
atomicWriteIORef ref a = atomicSwapIORef ref a >> return ()

mkWeakIORef :: IORef a -> IO () -> IO (Weak (IORef a))
mkWeakIORef r@(IORef (STRef var)) (IO finalizer) = IO (\s -> case mkWeak# var r finalizer s of (# s1, w #) -> (# s1, Weak w #))
