{-# LANGUAGE CApiFFI, ForeignFunctionInterface, MagicHash, UnboxedTuples, UnliftedFFITypes #-}
module Main where

import Data.Word
import Foreign
import Foreign.C
import GHC.Exts
import GHC.Float
import GHC.IO (IO (..))
import System.IO
import System.Mem

foreign import ccall unsafe "labs" c_abs :: Int -> IO Int
foreign import ccall unsafe "ldexp" c_ldexp :: Double -> CInt -> IO Double
foreign import ccall unsafe "hypot" c_hypot :: Double -> Double -> IO Double
foreign import ccall unsafe "powf" c_powf :: Float -> Float -> IO Float
foreign import ccall unsafe "&sqrt" c_sqrt :: FunPtr (Double -> IO Double)
foreign import ccall unsafe "dynamic" call :: FunPtr (Double -> IO Double) -> Double -> IO Double
foreign import ccall unsafe "strlen" c_strlen :: CString -> IO CSize
foreign import ccall unsafe "strlen" c_strlenIn :: MutableByteArray# RealWorld -> IO CSize
foreign import ccall unsafe "strcpy" c_strcpy :: MutableByteArray# RealWorld -> CString -> IO CString
foreign import ccall unsafe "memcpy" c_copy :: MutableByteArray# RealWorld -> MutableByteArray# RealWorld -> CSize -> IO (Ptr ())
foreign import ccall unsafe "strtol" c_strtol :: CString -> Ptr CString -> CInt -> IO CLong
foreign import ccall unsafe "__hscore_o_rdonly" o_rdonly :: IO CInt
foreign import ccall unsafe "__hscore_open" c_open :: CString -> CInt -> CMode -> IO CInt
foreign import ccall unsafe "__hscore_get_errno" getErrnoNumber :: IO CInt
foreign import ccall unsafe "__hscore_set_errno" setErrnoNumber :: CInt -> IO ()
foreign import ccall unsafe "isDoubleNaN" c_isNaN :: Double -> IO CInt
foreign import ccall unsafe "isDoubleNegativeZero" c_isNegativeZero :: Double -> IO CInt
foreign import ccall unsafe "rintDouble" c_rint :: Double -> IO Double
foreign import ccall unsafe "__int_encodeDouble" c_encode :: Int -> Int -> IO Double
foreign import ccall unsafe "__hsbase_MD5Init" md5Init :: Ptr () -> IO ()
foreign import ccall unsafe "__hsbase_MD5Update" md5Update :: Ptr () -> CString -> CInt -> IO ()
foreign import ccall unsafe "__hsbase_MD5Final" md5Final :: Ptr Word8 -> Ptr () -> IO ()
foreign import ccall unsafe "__hscore_sizeof_stat" sizeofStat :: IO Int
foreign import ccall unsafe "__hscore_stat" c_stat :: CString -> Ptr () -> IO CInt
foreign import ccall unsafe "__hscore_st_mode" st_mode :: Ptr () -> IO CMode
foreign import capi unsafe "sys/stat.h S_ISDIR" isDir :: CMode -> IO CInt
foreign import ccall unsafe "lockFile" lockFile :: Word64 -> Word64 -> Word64 -> CInt -> IO CInt
foreign import ccall unsafe "unlockFile" unlockFile :: Word64 -> IO CInt
foreign import ccall unsafe "getProgArgv" getProgArgv :: Ptr CInt -> Ptr (Ptr CString) -> IO ()
foreign import ccall unsafe "getOrSetGHCConcSignalSignalHandlerStore" store :: StablePtr Char -> IO (StablePtr Char)
foreign import ccall unsafe "write" c_write :: CInt -> CString -> CSize -> IO Int
foreign import ccall "shutdownHaskellAndExit" shutdown :: CInt -> CInt -> IO ()

type CMode = Word32

say :: Show a => String -> a -> IO ()
say text value = putStrLn (text ++ " " ++ show value)

data Bytes = Bytes (MutableByteArray# RealWorld)

newBytes :: IO Bytes
newBytes = IO $ \s -> case newByteArray# 16# s of (# s1, a #) -> (# s1, Bytes a #)

truth :: Bool -> Int
truth = fromEnum

main :: IO ()
main = do
    hSetBuffering stdout NoBuffering
    c_abs (-42) >>= say "abs"
    c_ldexp 1.5 3 >>= say "ldexp" . (truncate :: Double -> Int)
    c_hypot 3 4 >>= say "hypot" . (truncate :: Double -> Int)
    c_powf 3 2 >>= say "powf" . (truncate :: Float -> Int)
    call c_sqrt 9 >>= say "sqrt, called by its address" . (truncate :: Double -> Int)
    withCString "hello" $ \text -> do
        c_strlen text >>= say "strlen"
        Bytes from <- newBytes
        Bytes to <- newBytes
        _ <- c_strcpy from text
        _ <- c_copy to from 6
        c_strlenIn to >>= say "memcpy from array to array"
        letters <- mapM (\(I# i) -> IO $ \s -> case readCharArray# to i s of (# s1, c #) -> (# s1, C# c #)) [0 .. 4]
        putStrLn ("... which holds: " ++ letters)
    withCString "1234rest" $ \text -> alloca $ \end -> do
        c_strtol text end 10 >>= say "strtol"
        rest <- peek end >>= peekCString
        putStrLn ("... up to: " ++ rest)
    how <- o_rdonly
    withCString "/no/such/file" $ \name -> c_open name how 0 >>= say "no such file" . truth . (== -1)
    getErrnoNumber >>= say "errno"
    setErrnoNumber 33
    performGC
    getErrnoNumber >>= say "errno"
    let zero = 0 :: Double
    c_isNaN (zero / zero) >>= say "nan" . truth . (/= 0)
    c_isNegativeZero (negate zero) >>= say "-0 is negative" . truth . (/= 0)
    c_isNegativeZero zero >>= say "0 is not"
    c_rint 2.5 >>= say "rint" . (truncate :: Double -> Int)
    c_encode 5 3 >>= say "5 * 2 ^ 3" . (truncate :: Double -> Int)
    say "bits of 1" (castDoubleToWord64 1)
    say "bits of 1" (castFloatToWord32 1)
    allocaBytes 88 $ \context -> allocaBytes 16 $ \digest -> do
        md5Init context
        withCString "abc" $ \text -> md5Update context text 3
        md5Final digest context
        peek digest >>= say "first byte of the MD5 of abc"
        peekByteOff digest 15 >>= \b -> say "... last" (b :: Word8)
    size <- sizeofStat
    allocaBytes size $ \status -> do
        _ <- withCString "/" $ \root -> c_stat root status
        mode <- st_mode status
        isDir mode >>= say "a directory" . truth . (/= 0)
    lockFile 3 1 2 0 >>= say "locked"
    lockFile 4 1 2 1 >>= say "locked"
    unlockFile 3 >>= say "unlocked"
    lockFile 4 1 2 1 >>= say "locked"
    _ <- unlockFile 4
    alloca $ \count -> alloca $ \vector -> do
        getProgArgv count vector
        n <- peek count
        say "arguments" n
        text <- peek vector >>= \v -> peekElemOff v (fromIntegral n - 1) >>= peekCString
        putStrLn ("... the last one: " ++ text)
    one <- newStablePtr ' ' >>= store
    two <- newStablePtr ' ' >>= store
    say "a store keeps the first" (truth (castStablePtrToPtr one == castStablePtrToPtr two))
    let printed = withCString "printed by C\n" $ \text -> c_write 1 text 13
    _ <- printed
    putStrLn "printed by the program"
    _ <- printed
    shutdown 7 0
    putStrLn "not reached"
