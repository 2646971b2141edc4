{-# LANGUAGE NoImplicitPrelude #-}
-- | Channels without bounds: a chain of cells, the last one empty, and variables that hold its two ends.
module Control.Concurrent.Chan (Chan, newChan, writeChan, readChan, dupChan, getChanContents, writeList2Chan) where

import Control.Concurrent.MVar
import Control.Exception.Base
import Data.Foldable
import GHC.Base
import GHC.IO

data Chan a = Chan (MVar (Stream a)) (MVar (Stream a))

type Stream a = MVar (Item a)

data Item a = Item a (Stream a)

instance Eq (Chan a) where
    Chan a _ == Chan b _ = a == b

newChan :: IO (Chan a)
newChan = do
    hole <- newEmptyMVar
    front <- newMVar hole
    back <- newMVar hole
    return (Chan front back)

writeChan :: Chan a -> a -> IO ()
writeChan (Chan _ back) x = do
    new <- newEmptyMVar
    mask_ (do
        old <- takeMVar back
        putMVar old (Item x new)
        putMVar back new)

readChan :: Chan a -> IO a
readChan (Chan front _) = modifyMVar front (\end -> do
    Item x rest <- readMVar end
    return (rest, x))

dupChan :: Chan a -> IO (Chan a)
dupChan (Chan _ back) = do
    hole <- readMVar back
    front <- newMVar hole
    return (Chan front back)

getChanContents :: Chan a -> IO [a]
getChanContents ch = unsafeInterleaveIO (do
    x <- readChan ch
    xs <- getChanContents ch
    return (x : xs))

writeList2Chan :: Chan a -> [a] -> IO ()
writeList2Chan ch ls = traverse_ (writeChan ch) ls
