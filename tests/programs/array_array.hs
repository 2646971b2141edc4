{-# LANGUAGE MagicHash, UnboxedTuples #-}
module Main where

import GHC.Exts
import GHC.IO (IO (..))
import System.Mem

data Rows = Rows (MutableArrayArray# RealWorld)
data Frozen = Frozen ArrayArray#

-- n rows; row i holds the bytes i, i + 1, … of a width that grows with i.
make :: Int -> IO Rows
make (I# n) = IO $ \s -> case newArrayArray# n s of
    (# s1, rows #) -> case fill rows n 0# s1 of s2 -> (# s2, Rows rows #)

fill :: MutableArrayArray# RealWorld -> Int# -> Int# -> State# RealWorld -> State# RealWorld
fill rows n i s = case i ==# n of
    1# -> s
    _ -> case newByteArray# ((i +# 1#) *# 8#) s of
        (# s1, bytes #) -> case numbers bytes (i +# 1#) i 0# s1 of
            s2 -> case writeMutableByteArrayArray# rows i bytes s2 of s3 -> fill rows n (i +# 1#) s3

numbers :: MutableByteArray# RealWorld -> Int# -> Int# -> Int# -> State# RealWorld -> State# RealWorld
numbers bytes width from k s = case k ==# width of
    1# -> s
    _ -> case writeIntArray# bytes k (from +# k) s of s1 -> numbers bytes width from (k +# 1#) s1

total :: MutableArrayArray# RealWorld -> Int# -> Int# -> Int# -> State# RealWorld -> (# State# RealWorld, Int# #)
total rows n i sum s = case i ==# n of
    1# -> (# s, sum #)
    _ -> case readMutableByteArrayArray# rows i s of
        (# s1, bytes #) -> case readIntArray# bytes i s1 of (# s2, x #) -> total rows n (i +# 1#) (sum +# x) s2

sumOf :: Rows -> IO Int
sumOf (Rows rows) = IO $ \s -> case total rows (sizeofMutableArrayArray# rows) 0# 0# s of (# s1, x #) -> (# s1, I# x #)

-- The second half becomes the first.
shift :: Rows -> IO ()
shift (Rows rows) = IO $ \s -> case sizeofMutableArrayArray# rows `quotInt#` 2# of
    half -> case copyMutableArrayArray# rows half rows 0# half s of s1 -> (# s1, () #)

freeze :: Rows -> IO Frozen
freeze (Rows rows) = IO $ \s -> case unsafeFreezeArrayArray# rows s of (# s1, a #) -> (# s1, Frozen a #)

main :: IO ()
main = do
    rows <- make 300
    sumOf rows >>= print
    performGC
    shift rows
    sumOf rows >>= print
    performGC
    Frozen a <- freeze rows
    print (I# (sizeofArrayArray# a))
    print (I# (indexIntArray# (indexByteArrayArray# a 10#) 5#))
    print (isTrue# (sameRows rows rows))


sameRows :: Rows -> Rows -> Int#
sameRows (Rows a) (Rows b) = sameMutableArrayArray# a b
