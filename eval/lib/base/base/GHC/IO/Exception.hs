{-# LANGUAGE ExistentialQuantification, ImplicitParams, MagicHash, NoImplicitPrelude, RankNTypes #-}
-- | The exceptions of IO, of the runtime, and of exit.
module GHC.IO.Exception
    ( BlockedIndefinitelyOnMVar (..), blockedIndefinitelyOnMVar
    , BlockedIndefinitelyOnSTM (..), blockedIndefinitelyOnSTM
    , Deadlock (..), AllocationLimitExceeded (..), allocationLimitExceeded, AssertionFailed (..)
    , SomeAsyncException (..), asyncExceptionToException, asyncExceptionFromException
    , AsyncException (..), stackOverflow, heapOverflow
    , ArrayException (..), ExitCode (..)
    , IOException (..), IOError, IOErrorType (..), ioError, ioException, userError, untangle, assertError
    ) where

import Data.Typeable (Typeable, cast)
import GHC.Base
import GHC.Exception
import GHC.IO
import GHC.IO.Handle.Types
import GHC.List
import GHC.Num
import GHC.Show
import GHC.Stack.Types

-- What the runtime raises

data BlockedIndefinitelyOnMVar = BlockedIndefinitelyOnMVar

instance Exception BlockedIndefinitelyOnMVar

instance Show BlockedIndefinitelyOnMVar where
    showsPrec _ _ = showString "thread blocked indefinitely in an MVar operation"

blockedIndefinitelyOnMVar :: SomeException
blockedIndefinitelyOnMVar = toException BlockedIndefinitelyOnMVar

data BlockedIndefinitelyOnSTM = BlockedIndefinitelyOnSTM

instance Exception BlockedIndefinitelyOnSTM

instance Show BlockedIndefinitelyOnSTM where
    showsPrec _ _ = showString "thread blocked indefinitely in an STM transaction"

blockedIndefinitelyOnSTM :: SomeException
blockedIndefinitelyOnSTM = toException BlockedIndefinitelyOnSTM

data Deadlock = Deadlock

instance Exception Deadlock

instance Show Deadlock where
    showsPrec _ _ = showString "<<deadlock>>"

data AllocationLimitExceeded = AllocationLimitExceeded

instance Exception AllocationLimitExceeded where
    toException = asyncExceptionToException
    fromException = asyncExceptionFromException

instance Show AllocationLimitExceeded where
    showsPrec _ _ = showString "allocation limit exceeded"

allocationLimitExceeded :: SomeException
allocationLimitExceeded = toException AllocationLimitExceeded

newtype AssertionFailed = AssertionFailed String

instance Exception AssertionFailed

instance Show AssertionFailed where
    showsPrec _ (AssertionFailed err) = showString err

-- | Those that come from elsewhere, at any time.
data SomeAsyncException = forall e. Exception e => SomeAsyncException e

instance Show SomeAsyncException where
    showsPrec p (SomeAsyncException e) = showsPrec p e

instance Exception SomeAsyncException

asyncExceptionToException :: Exception e => e -> SomeException
asyncExceptionToException = toException . SomeAsyncException

asyncExceptionFromException :: Exception e => SomeException -> Maybe e
asyncExceptionFromException x = do
    SomeAsyncException a <- fromException x
    cast a

data AsyncException = StackOverflow | HeapOverflow | ThreadKilled | UserInterrupt
    deriving (Eq, Ord)

instance Exception AsyncException where
    toException = asyncExceptionToException
    fromException = asyncExceptionFromException

instance Show AsyncException where
    showsPrec _ StackOverflow = showString "stack overflow"
    showsPrec _ HeapOverflow = showString "heap overflow"
    showsPrec _ ThreadKilled = showString "thread killed"
    showsPrec _ UserInterrupt = showString "user interrupt"

stackOverflow, heapOverflow :: SomeException
stackOverflow = toException StackOverflow
heapOverflow = toException HeapOverflow

data ArrayException = IndexOutOfBounds String | UndefinedElement String
    deriving (Eq, Ord)

instance Exception ArrayException

instance Show ArrayException where
    showsPrec _ (IndexOutOfBounds s) = showString "array index out of range" . behindColon s
    showsPrec _ (UndefinedElement s) = showString "undefined array element" . behindColon s

behindColon :: String -> ShowS
behindColon s = if null s then id else showString ": " . showString s

-- Exit

data ExitCode = ExitSuccess | ExitFailure Int
    deriving (Eq, Ord, Show)

instance Exception ExitCode

-- What goes wrong with files

type IOError = IOException

data IOException = IOError
    { ioe_handle :: Maybe Handle
    , ioe_type :: IOErrorType
    , ioe_location :: String
    , ioe_description :: String
    , ioe_errno :: Maybe Int
    , ioe_filename :: Maybe FilePath
    }

instance Exception IOException

instance Eq IOException where
    IOError h1 e1 loc1 str1 en1 fn1 == IOError h2 e2 loc2 str2 en2 fn2 =
        e1 == e2 && str1 `eqString` str2 && h1 == h2 && loc1 `eqString` loc2 && en1 == en2 && fn1 == fn2

data IOErrorType
    = AlreadyExists | NoSuchThing | ResourceBusy | ResourceExhausted | EOF | IllegalOperation | PermissionDenied | UserError
    | UnsatisfiedConstraints | SystemError | ProtocolError | OtherError | InvalidArgument | InappropriateType | HardwareFault
    | UnsupportedOperation | TimeExpired | ResourceVanished | Interrupted
    deriving (Eq, Ord)

instance Show IOErrorType where
    showsPrec _ e = showString (case e of
        AlreadyExists -> "already exists"
        NoSuchThing -> "does not exist"
        ResourceBusy -> "resource busy"
        ResourceExhausted -> "resource exhausted"
        EOF -> "end of file"
        IllegalOperation -> "illegal operation"
        PermissionDenied -> "permission denied"
        UserError -> "user error"
        HardwareFault -> "hardware fault"
        InappropriateType -> "inappropriate type"
        Interrupted -> "interrupted"
        InvalidArgument -> "invalid argument"
        OtherError -> "failed"
        ProtocolError -> "protocol error"
        ResourceVanished -> "resource vanished"
        SystemError -> "system error"
        TimeExpired -> "timeout"
        UnsatisfiedConstraints -> "unsatisfied constraints"
        UnsupportedOperation -> "unsupported operation")

instance Show IOException where
    showsPrec _ (IOError h kind location description _ file) = showString whose . showString at . shows kind . showString why
      where
        whose = case (file, h) of
            (Just name, _) -> name ++ ": "
            (_, Just handle) -> handlePath handle ++ ": "
            _ -> ""
        at = if null location then "" else location ++ ": "
        why = if null description then "" else " (" ++ description ++ ")"

userError :: String -> IOError
userError s = IOError Nothing UserError "" s Nothing Nothing

ioError, ioException :: IOException -> IO a
ioError = throwIO
ioException = throwIO

assertError :: (?callStack :: CallStack) => Bool -> a -> a
assertError True x = x
assertError False _ = throw (AssertionFailed ("Assertion failed\n" ++ prettyCallStack ?callStack))

-- | The compiler writes "place|what" in what it says of incomplete patterns.
untangle :: Addr# -> String -> String
untangle coded message = place ++ ": " ++ message ++ details ++ "\n"
  where
    (place, rest) = span (/= '|') (unpackCStringUtf8# coded)
    details = case rest of
        '|' : what -> ' ' : what
        _ -> ""
