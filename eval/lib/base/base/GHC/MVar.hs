{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
module GHC.MVar
    ( MVar (..), newMVar, newEmptyMVar, readMVar, takeMVar, putMVar
    , tryTakeMVar, tryPutMVar, tryReadMVar, isEmptyMVar, addMVarFinalizer
    ) where

import GHC.Base

data MVar a = MVar (MVar# RealWorld a)

instance Eq (MVar a) where
    MVar a == MVar b = isTrue# (sameMVar# a b)

newEmptyMVar :: IO (MVar a)
newEmptyMVar = IO (\s -> case newMVar# s of (# s1, m #) -> (# s1, MVar m #))

newMVar :: a -> IO (MVar a)
newMVar x = newEmptyMVar >>= \m -> putMVar m x >> return m

takeMVar, readMVar :: MVar a -> IO a
takeMVar (MVar m) = IO (\s -> takeMVar# m s)
readMVar (MVar m) = IO (\s -> readMVar# m s)

putMVar :: MVar a -> a -> IO ()
putMVar (MVar m) x = IO (\s -> case putMVar# m x s of s1 -> (# s1, () #))

tryTakeMVar, tryReadMVar :: MVar a -> IO (Maybe a)
tryTakeMVar (MVar m) = IO (\s -> case tryTakeMVar# m s of
    (# s1, 0#, _ #) -> (# s1, Nothing #)
    (# s1, _, a #) -> (# s1, Just a #))
tryReadMVar (MVar m) = IO (\s -> case tryReadMVar# m s of
    (# s1, 0#, _ #) -> (# s1, Nothing #)
    (# s1, _, a #) -> (# s1, Just a #))

tryPutMVar :: MVar a -> a -> IO Bool
tryPutMVar (MVar m) x = IO (\s -> case tryPutMVar# m x s of (# s1, done #) -> (# s1, isTrue# done #))

isEmptyMVar :: MVar a -> IO Bool
isEmptyMVar (MVar m) = IO (\s -> case isEmptyMVar# m s of (# s1, empty' #) -> (# s1, isTrue# empty' #))

addMVarFinalizer :: MVar a -> IO () -> IO ()
addMVarFinalizer (MVar m) (IO finalizer) = IO (\s -> case mkWeak# m () finalizer s of (# s1, _ #) -> (# s1, () #))
