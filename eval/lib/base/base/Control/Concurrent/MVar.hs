{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
module Control.Concurrent.MVar
    ( MVar, newEmptyMVar, newMVar, takeMVar, putMVar, readMVar, swapMVar, tryTakeMVar, tryPutMVar, isEmptyMVar, tryReadMVar
    , withMVar, withMVarMasked, modifyMVar_, modifyMVar, modifyMVarMasked_, modifyMVarMasked, addMVarFinalizer, mkWeakMVar
    ) where

import Control.Exception.Base
import GHC.Base
import GHC.MVar
import GHC.Weak

swapMVar :: MVar a -> a -> IO a
swapMVar mvar new = mask_ (do
    old <- takeMVar mvar
    putMVar mvar new
    return old)

withMVar, withMVarMasked :: MVar a -> (a -> IO b) -> IO b
withMVar m io = mask (\restore -> do
    a <- takeMVar m
    b <- restore (io a) `onException` putMVar m a
    putMVar m a
    return b)
withMVarMasked m io = mask_ (do
    a <- takeMVar m
    b <- io a `onException` putMVar m a
    putMVar m a
    return b)

modifyMVar_, modifyMVarMasked_ :: MVar a -> (a -> IO a) -> IO ()
modifyMVar_ m io = mask (\restore -> do
    a <- takeMVar m
    a' <- restore (io a) `onException` putMVar m a
    putMVar m a')
modifyMVarMasked_ m io = mask_ (do
    a <- takeMVar m
    a' <- io a `onException` putMVar m a
    putMVar m a')

modifyMVar, modifyMVarMasked :: MVar a -> (a -> IO (a, b)) -> IO b
modifyMVar m io = mask (\restore -> do
    a <- takeMVar m
    (a', b) <- restore (io a >>= evaluate) `onException` putMVar m a
    putMVar m a'
    return b)
modifyMVarMasked m io = mask_ (do
    a <- takeMVar m
    (a', b) <- (io a >>= evaluate) `onException` putMVar m a
    putMVar m a'
    return b)

mkWeakMVar :: MVar a -> IO () -> IO (Weak (MVar a))
mkWeakMVar m@(MVar v) (IO finalizer) = IO (\s -> case mkWeak# v m finalizer s of (# s1, w #) -> (# s1, Weak w #))
