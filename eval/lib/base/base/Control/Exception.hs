{-# LANGUAGE NoImplicitPrelude, ExistentialQuantification #-}
module Control.Exception
    ( SomeException (..), Exception (..), IOException, ArithException (..), ArrayException (..), AssertionFailed (..)
    , SomeAsyncException (..), AsyncException (..), asyncExceptionToException, asyncExceptionFromException
    , NonTermination (..), NestedAtomically (..), BlockedIndefinitelyOnMVar (..), BlockedIndefinitelyOnSTM (..), Deadlock (..)
    , AllocationLimitExceeded (..), NoMethodError (..), PatternMatchFail (..), RecConError (..), RecSelError (..), RecUpdError (..)
    , ErrorCall (..), TypeError (..)
    , throw, throwIO, ioError, throwTo, catch, catches, Handler (..), catchJust, handle, handleJust, try, tryJust, evaluate, mapException
    , mask, mask_, uninterruptibleMask, uninterruptibleMask_, MaskingState (..), getMaskingState, interruptible, allowInterrupt
    , assert, bracket, bracket_, bracketOnError, finally, onException
    ) where

import Control.Exception.Base
import GHC.Base

-- | One of several ways to go on, by the type of the exception.
data Handler a = forall e. Exception e => Handler (e -> IO a)

instance Functor Handler where
    fmap f (Handler h) = Handler (fmap f . h)

catches :: IO a -> [Handler a] -> IO a
catches io handlers = io `catch` \e -> foldr (attempt e) (throwIO e) handlers
  where
    attempt e (Handler handler) other = case fromException e of
        Just e' -> handler e'
        Nothing -> other
