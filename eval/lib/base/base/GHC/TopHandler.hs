{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, ScopedTypeVariables, UnboxedTuples, UnliftedFFITypes #-}
-- | What stands around main: an exception that nobody has handled is said on stderr, and ends the program.
module GHC.TopHandler (runMainIO, runIO, topHandler, childHandler, flushStdHandles, reportException) where

import GHC.Base
import GHC.Exception
import GHC.IO
import GHC.IO.Encoding (utf8)
import GHC.IO.Exception
import GHC.IO.Handle
import GHC.IO.Handle.Types (setEncoding, setNewlines)
import GHC.Num
import GHC.Show (show)
import System.Environment (getProgName)

foreign import ccall "shutdownHaskellAndExit" shutdown# :: Int# -> Int# -> IO ()
foreign import ccall "shutdownHaskellAndSignal" shutdownBySignal# :: Int# -> Int# -> IO ()
foreign import ccall unsafe "reportStackOverflow" reportStackOverflow :: IO ()
foreign import ccall unsafe "reportHeapOverflow" reportHeapOverflow :: IO ()

runMainIO, runIO :: IO a -> IO a
runMainIO main = main `catch` topHandler
runIO main = main `catch` topHandler

topHandler :: SomeException -> IO a
topHandler e = do
    flushStdHandles
    code <- report e
    exit code

-- | What a thread that is not main's ends with: nothing, if it was killed or blocked for ever.
childHandler :: SomeException -> IO ()
childHandler e
    | Just BlockedIndefinitelyOnMVar <- fromException e = return ()
    | Just BlockedIndefinitelyOnSTM <- fromException e = return ()
    | Just ThreadKilled <- fromException e = return ()
    | otherwise = (flushStdHandles >> report e >> return ()) `catch` childHandler

-- | Answers the exit code.
report :: SomeException -> IO Int
report e
    | Just ExitSuccess <- fromException e = return 0
    | Just (ExitFailure n) <- fromException e = return (if n == 0 then 255 else n)
    | Just StackOverflow <- fromException e = reportStackOverflow >> return 2
    | Just HeapOverflow <- fromException e = reportHeapOverflow >> return 251
    | Just UserInterrupt <- fromException e = return (negate 2)
    | Just (IOError (Just h) ResourceVanished _ _ _ _) <- fromException e, h == stdout = return 0 -- who reads it has had enough
    | otherwise = reportException e >> return 1

reportException :: SomeException -> IO ()
reportException e = do
    name <- getProgName
    message <- evaluated (show e)
    setEncoding stderr utf8 False
    setNewlines stderr False False
    hPutStr stderr (name ++ ": " ++ message ++ "\n")
  where
    evaluated s = (evaluate (foldr seq () s) >> return s) `catch` \(inner :: SomeException) -> evaluated (show inner)

-- | A code from -127 to -1 stands for the signal of that number; what no exit code can be is 255.
exit :: Int -> IO a
exit code = do
    flushStdHandles
    leave
    exit code
  where
    !(I# status) = code
    leave
        | code >= 0 && code <= 255 = shutdown# status 0#
        | code >= negate 127 && code < 0 = shutdownBySignal# (negateInt# status) 0#
        | otherwise = shutdown# 255# 0#

-- | At the end of the program; who has closed them has no more to say.
flushStdHandles :: IO ()
flushStdHandles = do
    hFlushAll stdout `catchAny` \_ -> return ()
    hFlushAll stderr `catchAny` \_ -> return ()
