{-# LANGUAGE MagicHash, NoImplicitPrelude, RankNTypes, ScopedTypeVariables, UnboxedTuples #-}
-- | What IO is made of: effects in pure code, exceptions, masking.
module GHC.IO
    ( IO (..), unIO, liftIO, failIO, mplusIO, mkUserError
    , unsafePerformIO, unsafeInterleaveIO, unsafeDupablePerformIO, unsafeDupableInterleaveIO, noDuplicate
    , stToIO, ioToST, unsafeIOToST, unsafeSTToIO
    , FilePath
    , catch, catchException, catchAny, throwIO, evaluate
    , MaskingState (..), getMaskingState, interruptible, mask, mask_, uninterruptibleMask, uninterruptibleMask_
    , unsafeUnmask, onException, bracket, finally
    ) where

import GHC.Base
import GHC.Exception
import GHC.ST
import GHC.Show
import {-# SOURCE #-} GHC.IO.Exception (IOException, userError)

type FilePath = String

liftIO :: IO a -> State# RealWorld -> STret RealWorld a
liftIO (IO m) = \s -> case m s of (# s1, r #) -> STret s1 r

ioToST :: IO a -> ST RealWorld a
ioToST (IO m) = ST m

failIO :: String -> IO a
failIO s = IO (raiseIO# (mkUserError s))

mkUserError :: String -> SomeException
mkUserError s = toException (userError s)

mplusIO :: IO a -> IO a -> IO a
mplusIO m n = m `catchException` \(_ :: IOException) -> n

-- Effects in pure code

unsafePerformIO, unsafeDupablePerformIO :: IO a -> a
unsafePerformIO m = unsafeDupablePerformIO (noDuplicate >> m)
unsafeDupablePerformIO (IO m) = case runRW# m of (# _, a #) -> a

unsafeInterleaveIO, unsafeDupableInterleaveIO :: IO a -> IO a
unsafeInterleaveIO m = unsafeDupableInterleaveIO (noDuplicate >> m)
unsafeDupableInterleaveIO (IO m) = IO (\s -> let r = case m s of (# _, a #) -> a in (# s, r #))
{-# NOINLINE unsafeDupableInterleaveIO #-}

noDuplicate :: IO ()
noDuplicate = IO (\s -> case noDuplicate# s of s1 -> (# s1, () #))

-- Exceptions

throwIO :: Exception e => e -> IO a
throwIO e = IO (raiseIO# (toException e))

catch, catchException :: Exception e => IO a -> (e -> IO a) -> IO a
catch (IO io) handler = IO (catch# io handle)
  where
    handle e = case fromException e of
        Just e' -> unIO (handler e')
        Nothing -> raiseIO# e
catchException = catch

catchAny :: IO a -> (forall e. Exception e => e -> IO a) -> IO a
catchAny (IO io) handler = IO (catch# io (\(SomeException e) -> unIO (handler e)))

evaluate :: a -> IO a
evaluate a = IO (\s -> seq# a s)

onException :: IO a -> IO b -> IO a
onException io what = io `catchException` \e -> do
    _ <- what
    throwIO (e :: SomeException)

bracket :: IO a -> (a -> IO b) -> (a -> IO c) -> IO c
bracket before after thing = mask (\restore -> do
    a <- before
    r <- restore (thing a) `onException` after a
    _ <- after a
    return r)

finally :: IO a -> IO b -> IO a
a `finally` sequel = mask (\restore -> do
    r <- restore a `onException` sequel
    _ <- sequel
    return r)

-- Masking: whether exceptions of other threads wait

data MaskingState = Unmasked | MaskedInterruptible | MaskedUninterruptible
    deriving (Eq, Show)

getMaskingState :: IO MaskingState
getMaskingState = IO (\s -> case getMaskingState# s of
    (# s1, 0# #) -> (# s1, Unmasked #)
    (# s1, 1# #) -> (# s1, MaskedUninterruptible #)
    (# s1, _ #) -> (# s1, MaskedInterruptible #))

block, unsafeUnmask, blockUninterruptible, interruptible :: IO a -> IO a
block (IO io) = IO (maskAsyncExceptions# io)
unsafeUnmask (IO io) = IO (unmaskAsyncExceptions# io)
blockUninterruptible (IO io) = IO (maskUninterruptible# io)
interruptible act = getMaskingState >>= \st -> case st of
    Unmasked -> act
    MaskedInterruptible -> unsafeUnmask act
    MaskedUninterruptible -> act

mask, uninterruptibleMask :: ((forall a. IO a -> IO a) -> IO b) -> IO b
mask io = getMaskingState >>= \b -> case b of
    Unmasked -> block (io unsafeUnmask)
    MaskedInterruptible -> io block
    MaskedUninterruptible -> io blockUninterruptible
uninterruptibleMask io = getMaskingState >>= \b -> case b of
    Unmasked -> blockUninterruptible (io unsafeUnmask)
    MaskedInterruptible -> blockUninterruptible (io block)
    MaskedUninterruptible -> io blockUninterruptible

mask_, uninterruptibleMask_ :: IO a -> IO a
mask_ io = mask (\_ -> io)
uninterruptibleMask_ io = uninterruptibleMask (\_ -> io)
