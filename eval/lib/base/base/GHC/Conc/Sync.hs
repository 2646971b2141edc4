{-# LANGUAGE MagicHash, UnliftedFFITypes, NoImplicitPrelude, RankNTypes, UnboxedTuples #-}
-- | Threads.
module GHC.Conc.Sync
    ( ThreadId (..), forkIO, forkIOWithUnmask, myThreadId, killThread, throwTo, yield, labelThread
    , ThreadStatus (..), BlockReason (..), threadStatus, par, pseq
    ) where

import GHC.Base
import GHC.Exception
import GHC.IO
import GHC.IO.Exception
import {-# SOURCE #-} GHC.TopHandler (childHandler)
import GHC.Show
import GHC.Num

data ThreadId = ThreadId ThreadId#

foreign import ccall unsafe "rts_getThreadId" threadNumber# :: ThreadId# -> Int

instance Show ThreadId where
    showsPrec p (ThreadId t) = showParen (p > 10) (showString "ThreadId " . showsPrec p (threadNumber# t))

instance Eq ThreadId where
    ThreadId a == ThreadId b = threadNumber# a == threadNumber# b

instance Ord ThreadId where
    compare (ThreadId a) (ThreadId b) = compare (threadNumber# a) (threadNumber# b)

forkIO :: IO () -> IO ThreadId
forkIO action = IO (\s -> case fork# (catch action childHandler) s of (# s1, t #) -> (# s1, ThreadId t #))

forkIOWithUnmask :: ((forall a. IO a -> IO a) -> IO ()) -> IO ThreadId
forkIOWithUnmask io = forkIO (io unsafeUnmask)

myThreadId :: IO ThreadId
myThreadId = IO (\s -> case myThreadId# s of (# s1, t #) -> (# s1, ThreadId t #))

killThread :: ThreadId -> IO ()
killThread t = throwTo t ThreadKilled

throwTo :: Exception e => ThreadId -> e -> IO ()
throwTo (ThreadId t) e = IO (\s -> case killThread# t (toException e) s of s1 -> (# s1, () #))

yield :: IO ()
yield = IO (\s -> case yield# s of s1 -> (# s1, () #))

labelThread :: ThreadId -> String -> IO ()
labelThread _ _ = return ()

data BlockReason = BlockedOnMVar | BlockedOnBlackHole | BlockedOnException | BlockedOnSTM | BlockedOnForeignCall | BlockedOnOther
    deriving (Eq, Ord, Show)

data ThreadStatus = ThreadRunning | ThreadFinished | ThreadBlocked BlockReason | ThreadDied
    deriving (Eq, Ord, Show)

-- | The numbers are the runtime's.
threadStatus :: ThreadId -> IO ThreadStatus
threadStatus (ThreadId t) = IO (\s -> case threadStatus# t s of (# s1, why, _, _ #) -> (# s1, status (I# why) #))
  where
    status why = case why of
        0 -> ThreadRunning
        1 -> ThreadBlocked BlockedOnMVar
        14 -> ThreadBlocked BlockedOnMVar
        2 -> ThreadBlocked BlockedOnBlackHole
        6 -> ThreadBlocked BlockedOnSTM
        10 -> ThreadBlocked BlockedOnForeignCall
        11 -> ThreadBlocked BlockedOnForeignCall
        12 -> ThreadBlocked BlockedOnException
        16 -> ThreadFinished
        17 -> ThreadDied
        _ -> ThreadBlocked BlockedOnOther

infixr 0 `par`, `pseq`

pseq, par :: a -> b -> b
pseq x y = x `seq` lazy y
par _ y = y
