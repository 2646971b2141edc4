{-# LANGUAGE NoImplicitPrelude #-}
-- | Semaphores: how much is left, and who waits for one.
module Control.Concurrent.QSem (QSem, newQSem, waitQSem, signalQSem) where

import Control.Concurrent.MVar
import Control.Exception.Base
import GHC.Base
import GHC.Num

data QSem = QSem (MVar (Int, [MVar ()]))

newQSem :: Int -> IO QSem
newQSem n
    | n < 0 = errorWithoutStackTrace "newQSem: Initial quantity must be non-negative"
    | otherwise = fmap QSem (newMVar (n, []))

waitQSem :: QSem -> IO ()
waitQSem (QSem m) = mask_ (do
    (left, waiting) <- takeMVar m
    if left > 0 then putMVar m (left - 1, waiting) else do
        turn <- newEmptyMVar
        putMVar m (left, waiting ++ [turn])
        takeMVar turn)

signalQSem :: QSem -> IO ()
signalQSem (QSem m) = mask_ (do
    (left, waiting) <- takeMVar m
    case waiting of
        [] -> putMVar m (left + 1, [])
        turn : rest -> putMVar m (left, rest) >> putMVar turn ())
