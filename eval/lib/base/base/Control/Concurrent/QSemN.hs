{-# LANGUAGE NoImplicitPrelude #-}
-- | Semaphores whose quantity is taken and given by as much as one likes.
module Control.Concurrent.QSemN (QSemN, newQSemN, waitQSemN, signalQSemN) where

import Control.Concurrent.MVar
import Control.Exception.Base
import Prelude

-- | How much is left, and who waits for how much.
newtype QSemN = QSemN (MVar (Int, [(Int, MVar ())]))

newQSemN :: Int -> IO QSemN
newQSemN n
    | n < 0 = ioError (userError "newQSemN: Initial quantity must be non-negative")
    | otherwise = fmap QSemN (newMVar (n, []))

waitQSemN :: QSemN -> Int -> IO ()
waitQSemN (QSemN m) n = mask_ (do
    (left, waiting) <- takeMVar m
    if null waiting && left >= n then putMVar m (left - n, waiting) else do
        turn <- newEmptyMVar
        putMVar m (left, waiting ++ [(n, turn)])
        takeMVar turn)

signalQSemN :: QSemN -> Int -> IO ()
signalQSemN (QSemN m) n = mask_ (do
    (left, waiting) <- takeMVar m
    serve (left + n) waiting >>= putMVar m)
  where
    serve left ((k, turn) : rest) | left >= k = putMVar turn () >> serve (left - k) rest
    serve left waiting = return (left, waiting)
