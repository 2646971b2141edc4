{-# LANGUAGE MagicHash, NoImplicitPrelude, PatternSynonyms, RankNTypes, PolyKinds, DataKinds, KindSignatures, ScopedTypeVariables #-}
-- | Exceptions: what programs use, and what the compiler raises where patterns, fields or methods are missing.
module Control.Exception.Base
    ( SomeException (..), Exception (..), IOException, ArithException (..), ArrayException (..), AssertionFailed (..)
    , SomeAsyncException (..), AsyncException (..), asyncExceptionToException, asyncExceptionFromException
    , NonTermination (..), NestedAtomically (..), BlockedIndefinitelyOnMVar (..), BlockedIndefinitelyOnSTM (..), Deadlock (..)
    , AllocationLimitExceeded (..), NoMethodError (..), PatternMatchFail (..), RecConError (..), RecSelError (..), RecUpdError (..)
    , ErrorCall (..), TypeError (..)
    , throwIO, throw, ioError, throwTo
    , catch, catchJust, handle, handleJust, try, tryJust, onException, evaluate, mapException
    , mask, mask_, uninterruptibleMask, uninterruptibleMask_, MaskingState (..), getMaskingState, interruptible, allowInterrupt
    , assert, bracket, bracket_, bracketOnError, finally
    , recSelError, recConError, runtimeError, nonExhaustiveGuardsError, patError, noMethodBindingError, absentError, absentSumFieldError, typeError
    , nonTermination, nestedAtomically
    ) where

import Data.Either
import GHC.Base
import GHC.Conc.Sync (throwTo)
import GHC.Exception
import GHC.IO
import GHC.IO.Exception
import GHC.Prim (TYPE)
import GHC.Prim.Panic (absentSumFieldError)
import GHC.Show

-- Handling

catchJust :: Exception e => (e -> Maybe b) -> IO a -> (b -> IO a) -> IO a
catchJust p a handler = catch a (\e -> case p e of
    Nothing -> throwIO e
    Just b -> handler b)

handle :: Exception e => (e -> IO a) -> IO a -> IO a
handle = flip catch

handleJust :: Exception e => (e -> Maybe b) -> (b -> IO a) -> IO a -> IO a
handleJust p = flip (catchJust p)

mapException :: (Exception e1, Exception e2) => (e1 -> e2) -> a -> a
mapException f v = unsafePerformIO (catch (evaluate v) (\x -> throwIO (f x)))

try :: Exception e => IO a -> IO (Either e a)
try a = catch (a >>= \v -> return (Right v)) (\e -> return (Left e))

tryJust :: Exception e => (e -> Maybe b) -> IO a -> IO (Either b a)
tryJust p a = do
    r <- try a
    case r of
        Right v -> return (Right v)
        Left e -> case p e of
            Nothing -> throwIO e
            Just b -> return (Left b)

bracket_ :: IO a -> IO b -> IO c -> IO c
bracket_ before after thing = bracket before (const after) (const thing)

bracketOnError :: IO a -> (a -> IO b) -> (a -> IO c) -> IO c
bracketOnError before after thing = mask (\restore -> do
    a <- before
    restore (thing a) `onException` after a)

allowInterrupt :: IO ()
allowInterrupt = interruptible (return ())

-- What the compiler raises

newtype PatternMatchFail = PatternMatchFail String
newtype RecSelError = RecSelError String
newtype RecConError = RecConError String
newtype RecUpdError = RecUpdError String
newtype NoMethodError = NoMethodError String
newtype TypeError = TypeError String

instance Show PatternMatchFail where showsPrec _ (PatternMatchFail err) = showString err
instance Show RecSelError where showsPrec _ (RecSelError err) = showString err
instance Show RecConError where showsPrec _ (RecConError err) = showString err
instance Show RecUpdError where showsPrec _ (RecUpdError err) = showString err
instance Show NoMethodError where showsPrec _ (NoMethodError err) = showString err
instance Show TypeError where showsPrec _ (TypeError err) = showString err

instance Exception PatternMatchFail
instance Exception RecSelError
instance Exception RecConError
instance Exception RecUpdError
instance Exception NoMethodError
instance Exception TypeError

recSelError, recConError, typeError, nonExhaustiveGuardsError, patError, noMethodBindingError, absentError :: Addr# -> a
recSelError s = throw (RecSelError ("No match in record selector " ++ unpackCStringUtf8# s))
nonExhaustiveGuardsError s = throw (PatternMatchFail (untangle s "Non-exhaustive guards in"))
recConError s = throw (RecConError (untangle s "Missing field in record construction"))
noMethodBindingError s = throw (NoMethodError (untangle s "No instance nor default method for class operation"))
patError s = throw (PatternMatchFail (untangle s "Non-exhaustive patterns in"))
typeError s = throw (TypeError (unpackCStringUtf8# s))
absentError s = errorWithoutStackTrace ("Oops!  Entered absent arg " ++ unpackCStringUtf8# s)

runtimeError :: forall (r :: RuntimeRep) (a :: TYPE r). Addr# -> a
runtimeError s = errorWithoutStackTrace (unpackCStringUtf8# s)

-- What the runtime raises

data NonTermination = NonTermination

instance Exception NonTermination

instance Show NonTermination where
    showsPrec _ _ = showString "<<loop>>"

nonTermination :: SomeException
nonTermination = toException NonTermination

data NestedAtomically = NestedAtomically

instance Exception NestedAtomically

instance Show NestedAtomically where
    showsPrec _ _ = showString "Control.Concurrent.STM.atomically was nested"

nestedAtomically :: SomeException
nestedAtomically = toException NestedAtomically
