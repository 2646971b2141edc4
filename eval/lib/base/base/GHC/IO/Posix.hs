{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | The C functions that handles need, and their errors as exceptions.
module GHC.IO.Posix
    ( c_read, c_write, c_readAt, c_writeAt, c_open, c_openNew, c_close, c_lseek, c_isatty, c_getEcho, c_setEcho, c_ready, c_ftruncate, c_getpid
    , Bytes (..), newBytes, withBytes, withCString, peekCString, encodeUtf8, check, errnoError
    ) where

import GHC.Base
import GHC.IO
import GHC.IO.Encoding.Types
import GHC.IO.Exception
import GHC.IO.Handle.Types
import GHC.List
import GHC.Num
import Unsafe.Coerce

foreign import ccall unsafe "read" read# :: Int# -> Addr# -> Word# -> IO Int
foreign import ccall unsafe "write" write# :: Int# -> Addr# -> Word# -> IO Int
foreign import ccall unsafe "__hscore_open" open# :: Addr# -> Int# -> Word# -> IO Int
foreign import ccall unsafe "close" close# :: Int# -> IO Int
foreign import ccall unsafe "lseek" lseek# :: Int# -> Int# -> Int# -> IO Int
foreign import ccall unsafe "fdReady" ready# :: Int# -> Int# -> Int# -> Int# -> IO Int
foreign import ccall unsafe "ftruncate" ftruncate# :: Int# -> Int# -> IO Int
foreign import ccall unsafe "getpid" getpid# :: IO Int
foreign import ccall unsafe "isatty" isatty# :: Int# -> IO Int
foreign import ccall unsafe "tcgetattr" tcgetattr# :: Int# -> Addr# -> IO Int
foreign import ccall unsafe "tcsetattr" tcsetattr# :: Int# -> Int# -> Addr# -> IO Int
foreign import ccall unsafe "__hscore_get_errno" errno# :: IO Int
foreign import ccall unsafe "strerror" strerror# :: Int# -> Addr#

-- | Bytes that stay where they are, so that C may have their address.
data Bytes = Bytes (MutableByteArray# RealWorld)

newBytes :: Int -> IO Bytes
newBytes (I# n) = IO (\s -> case newPinnedByteArray# n s of (# s1, m #) -> (# s1, Bytes m #))

withBytes :: Bytes -> (Addr# -> IO a) -> IO a
withBytes (Bytes m) use = IO (\s -> case unIO (use (byteArrayContents# (unsafeCoerce# m))) s of
    (# s1, r #) -> case touch# m s1 of s2 -> (# s2, r #))
{-# INLINE withBytes #-}

-- | As many bytes of the buffer, from an offset. Where there are none yet, the wait can be interrupted.
c_read, c_write :: Int -> Bytes -> Int -> Int -> IO Int
c_read (I# fd) b (I# from) (I# n) = waitRead fd >> withBytes b (\a -> read# fd (plusAddr# a from) (int2Word# n))
c_write (I# fd) b (I# from) (I# n) = withBytes b (\a -> write# fd (plusAddr# a from) (int2Word# n))

c_readAt, c_writeAt :: Int -> Addr# -> Int -> IO Int
c_readAt (I# fd) a (I# n) = waitRead fd >> read# fd a (int2Word# n)
c_writeAt (I# fd) a (I# n) = write# fd a (int2Word# n)

waitRead :: Int# -> IO ()
waitRead fd = IO (\s -> case waitRead# fd s of s1 -> (# s1, () #))

c_open :: FilePath -> Int -> IO Int
c_open path flags = c_openNew path flags 0o666

-- | With the permissions that a new file gets.
c_openNew :: FilePath -> Int -> Word -> IO Int
c_openNew path (I# flags) (W# mode) = withCString path (\a -> fmap int (open# a flags mode))

-- | Whether a read would not block, after so many milliseconds at most.
c_ready :: Int -> Int -> IO Bool
c_ready (I# fd) (I# ms) = fmap (\r -> int r == 1) (ready# fd 0# ms 0#)

c_ftruncate :: Int -> Int -> IO Int
c_ftruncate (I# fd) (I# size) = fmap int (ftruncate# fd size)

c_getpid :: IO Int
c_getpid = fmap int getpid#

c_close :: Int -> IO Int
c_close (I# fd) = fmap int (close# fd)

c_lseek :: Int -> Int -> Int -> IO Int
c_lseek (I# fd) (I# offset) (I# whence) = lseek# fd offset whence

c_isatty :: Int -> IO Bool
c_isatty (I# fd) = fmap (\r -> int r /= 0) (isatty# fd)

-- | Whether a terminal shows what is typed: a bit of its local modes, the fourth word of what describes it.
c_getEcho :: Int -> IO Bool
c_getEcho fd = fmap (\modes -> modes /= modes `without` echo) (withTerminal fd (\a -> readWord a))

c_setEcho :: Int -> Bool -> IO ()
c_setEcho fd@(I# fd#) on = withTerminal fd (\a -> do
    modes <- readWord a
    writeWord a (if on then modes `without` echo + echo else modes `without` echo)
    _ <- tcsetattr# fd# 0# a
    return ())

echo :: Word
echo = 8

without :: Word -> Word -> Word
W# a `without` W# b = W# (a `and#` not# b)

withTerminal :: Int -> (Addr# -> IO a) -> IO a
withTerminal (I# fd) use = do
    b <- newBytes 64
    withBytes b (\a -> tcgetattr# fd a >> use a)

readWord :: Addr# -> IO Word
readWord a = IO (\s -> case readWord32OffAddr# a 3# s of (# s1, w #) -> (# s1, W# w #))

writeWord :: Addr# -> Word -> IO ()
writeWord a (W# w) = IO (\s -> case writeWord32OffAddr# a 3# w s of s1 -> (# s1, () #))

-- | C's int: what is above it is not to be relied on.
int :: Int -> Int
int (I# i) = I# (narrow32Int# i)

-- Strings

withCString :: String -> (Addr# -> IO a) -> IO a
withCString s use = do
    let bytes = encodeUtf8 s
    b <- newBytes (length bytes + 1)
    let fill _ [] = return ()
        fill i (c : cs) = poke b i c >> fill (i + 1) cs
    fill 0 (bytes ++ ['\0'])
    withBytes b use
  where
    poke (Bytes m) (I# i) (C# c) = IO (\s1 -> case writeCharArray# m i c s1 of s2 -> (# s2, () #))

-- | A character for each byte.
encodeUtf8 :: String -> [Char]
encodeUtf8 = concatMap (encode UTF8)

peekCString :: Addr# -> String
peekCString = unpackCStringUtf8#

-- Errors

-- | Fails with what errno says, if the answer is negative.
check :: String -> Maybe Handle -> Maybe FilePath -> IO Int -> IO Int
check location h path act = do
    r <- act
    if r < 0 then errno# >>= \e -> ioError (errnoError location (int e) h path) else return r

errnoError :: String -> Int -> Maybe Handle -> Maybe FilePath -> IOError
errnoError location e@(I# e#) h path = IOError h kind location (peekCString (strerror# e#)) (Just e) path
  where
    kind = case e of
        1 -> PermissionDenied
        2 -> NoSuchThing
        4 -> Interrupted
        5 -> HardwareFault
        9 -> InvalidArgument
        11 -> ResourceExhausted
        12 -> ResourceExhausted
        13 -> PermissionDenied
        16 -> ResourceBusy
        17 -> AlreadyExists
        20 -> InappropriateType
        21 -> InappropriateType
        22 -> InvalidArgument
        23 -> ResourceExhausted
        24 -> ResourceExhausted
        26 -> ResourceBusy
        27 -> PermissionDenied
        28 -> ResourceExhausted
        29 -> UnsupportedOperation
        30 -> PermissionDenied
        32 -> ResourceVanished
        39 -> UnsatisfiedConstraints
        _ -> OtherError
