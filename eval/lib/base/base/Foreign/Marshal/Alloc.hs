{-# LANGUAGE MagicHash, NoImplicitPrelude, ScopedTypeVariables, UnboxedTuples, UnliftedFFITypes #-}
-- | Memory: for as long as an action runs, a pinned array; otherwise C's.
module Foreign.Marshal.Alloc
    ( alloca, allocaBytes, allocaBytesAligned, malloc, mallocBytes, calloc, callocBytes, realloc, reallocBytes, free, finalizerFree
    ) where

import Foreign.Storable
import GHC.Base
import GHC.Err (undefined)
import GHC.IO.Exception
import GHC.Num
import GHC.Ptr
import Unsafe.Coerce

foreign import ccall unsafe "malloc" malloc# :: Word# -> IO (Ptr a)
foreign import ccall unsafe "calloc" calloc# :: Word# -> Word# -> IO (Ptr a)
foreign import ccall unsafe "realloc" realloc# :: Addr# -> Word# -> IO (Ptr a)
foreign import ccall unsafe "free" free :: Ptr a -> IO ()
foreign import ccall unsafe "&free" finalizerFree :: FunPtr (Ptr a -> IO ())

alloca :: forall a b. Storable a => (Ptr a -> IO b) -> IO b
alloca = allocaBytesAligned (sizeOf (undefined :: a)) (alignment (undefined :: a))

allocaBytes :: Int -> (Ptr a -> IO b) -> IO b
allocaBytes size = allocaBytesAligned size 16

allocaBytesAligned :: Int -> Int -> (Ptr a -> IO b) -> IO b
allocaBytesAligned (I# size) (I# align) use = IO (\s -> case newAlignedPinnedByteArray# size align s of
    (# s1, m #) -> case unIO (use (Ptr (byteArrayContents# (unsafeCoerce# m)))) s1 of
        (# s2, r #) -> case touch# m s2 of s3 -> (# s3, r #))

malloc, calloc :: forall a. Storable a => IO (Ptr a)
malloc = mallocBytes (sizeOf (undefined :: a))
calloc = callocBytes (sizeOf (undefined :: a))

mallocBytes, callocBytes :: Int -> IO (Ptr a)
mallocBytes (I# size) = unlessNull "malloc" (malloc# (int2Word# size))
callocBytes (I# size) = unlessNull "calloc" (calloc# 1## (int2Word# size))

realloc :: forall a b. Storable b => Ptr a -> IO (Ptr b)
realloc (Ptr a) = case sizeOf (undefined :: b) of
    I# size -> unlessNull "realloc" (realloc# a (int2Word# size))

reallocBytes :: Ptr a -> Int -> IO (Ptr a)
reallocBytes p 0 = free p >> return nullPtr
reallocBytes (Ptr a) (I# size) = unlessNull "realloc" (realloc# a (int2Word# size))

unlessNull :: String -> IO (Ptr a) -> IO (Ptr a)
unlessNull name act = do
    p <- act
    if p == nullPtr then ioError (IOError Nothing ResourceExhausted name "out of memory" Nothing Nothing) else return p
