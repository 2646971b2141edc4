{-# LANGUAGE MagicHash, NoImplicitPrelude, RankNTypes, UnboxedTuples #-}
module Control.Concurrent
    ( ThreadId, myThreadId, forkIO, forkFinally, forkIOWithUnmask, killThread, throwTo, forkOn, forkOS, getNumCapabilities, setNumCapabilities
    , threadCapability, yield, threadDelay, rtsSupportsBoundThreads, isCurrentThreadBound, runInBoundThread, runInUnboundThread, mkWeakThreadId
    , module Control.Concurrent.MVar, module Control.Concurrent.Chan, module Control.Concurrent.QSem, module Control.Concurrent.QSemN
    ) where

import Control.Concurrent.Chan
import Control.Concurrent.MVar
import Control.Concurrent.QSem
import Control.Concurrent.QSemN
import Control.Exception.Base
import Data.Either
import GHC.Base
import GHC.Conc.Sync
import GHC.Weak

forkFinally :: IO a -> (Either SomeException a -> IO ()) -> IO ThreadId
forkFinally action andThen = mask (\restore -> forkIO (try (restore action) >>= andThen))

-- | There is one capability, and no thread is bound to one of the system's.
forkOn :: Int -> IO () -> IO ThreadId
forkOn _ = forkIO

forkOS :: IO () -> IO ThreadId
forkOS = forkIO

getNumCapabilities :: IO Int
getNumCapabilities = return 1

setNumCapabilities :: Int -> IO ()
setNumCapabilities _ = return ()

threadCapability :: ThreadId -> IO (Int, Bool)
threadCapability _ = return (0, False)

rtsSupportsBoundThreads :: Bool
rtsSupportsBoundThreads = False

isCurrentThreadBound :: IO Bool
isCurrentThreadBound = return False

runInBoundThread, runInUnboundThread :: IO a -> IO a
runInBoundThread act = act
runInUnboundThread act = act

-- | In microseconds.
threadDelay :: Int -> IO ()
threadDelay (I# n) = IO (\s -> case delay# n s of s1 -> (# s1, () #))

mkWeakThreadId :: ThreadId -> IO (Weak ThreadId)
mkWeakThreadId t@(ThreadId t#) = IO (\s -> case mkWeakNoFinalizer# t# t s of (# s1, w #) -> (# s1, Weak w #))
