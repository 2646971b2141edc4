{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Mem (performMinorGC)

data M = M (MutableByteArray# RealWorld)

printWord :: Word# -> IO ()
printWord w = print (I# (word2Int# w))

new :: Int -> IO M
new (I# n) = IO (\s -> case newByteArray# n s of (# s1, a #) -> case setByteArray# a 0# n 0# s1 of s2 -> (# s2, M a #))

set :: (State# RealWorld -> State# RealWorld) -> IO ()
set f = IO (\s -> (# f s, () #))

getI :: (State# RealWorld -> (# State# RealWorld, Int# #)) -> IO Int
getI f = IO (\s -> case f s of (# s1, x #) -> (# s1, I# x #))

getW :: (State# RealWorld -> (# State# RealWorld, Word# #)) -> IO Int
getW f = IO (\s -> case f s of (# s1, x #) -> (# s1, I# (word2Int# x) #))

getD :: (State# RealWorld -> (# State# RealWorld, Double# #)) -> IO Double
getD f = IO (\s -> case f s of (# s1, x #) -> (# s1, D# x #))

printBytes :: M -> IO ()
printBytes (M a) = do
  bytes <- IO (\s -> case unsafeFreezeByteArray# a s of
    (# s1, f #) -> (# s1, [I# (word2Int# (indexWord8Array# f i)) | I# i <- [0 .. I# (sizeofByteArray# f) - 1]] #))
  print bytes

signed, unsigned, characters, floating, unaligned, atomic :: M -> IO ()
signed (M a) = do
  set (writeInt8Array# a 0# 200#)
  getI (readInt8Array# a 0#) >>= print
  set (writeInt16Array# a 1# 40000#)
  getI (readInt16Array# a 1#) >>= print
  set (writeInt32Array# a 1# 3000000000#)
  getI (readInt32Array# a 1#) >>= print
  set (writeInt64Array# a 1# -9223372036854775808#)
  getI (readInt64Array# a 1#) >>= print
unsigned (M a) = do
  set (writeWord8Array# a 0# 300##)
  getW (readWord8Array# a 0#) >>= print
  set (writeWord16Array# a 1# 70000##)
  getW (readWord16Array# a 1#) >>= print
  set (writeWord32Array# a 1# 4294967299##)
  getW (readWord32Array# a 1#) >>= print
  set (writeWord64Array# a 2# 9223372036854775807##)
  getW (readWord64Array# a 2#) >>= print
  set (writeWordArray# a 3# 12345##)
  getW (readWordArray# a 3#) >>= print
characters (M a) = do
  set (writeCharArray# a 9# 'x'#)
  getI (\s -> case readCharArray# a 9# s of (# s1, c #) -> (# s1, ord# c #)) >>= print
  set (writeWideCharArray# a 3# '\120121'#)
  getI (\s -> case readWideCharArray# a 3# s of (# s1, c #) -> (# s1, ord# c #)) >>= print
floating (M a) = do
  set (writeDoubleArray# a 1# -2.5##)
  d <- getD (readDoubleArray# a 1#)
  print (truncate (d * 2) :: Int)
  set (writeFloatArray# a 5# (double2Float# 0.1##))
  e <- getD (\s -> case readFloatArray# a 5# s of (# s1, f #) -> (# s1, float2Double# f #))
  print (truncate (e * 1.0e12) :: Int)
  getW (readWord32Array# a 5#) >>= print
unaligned (M a) = do
  set (writeWord8ArrayAsInt# a 3# 81985529216486895#)
  getI (readWord8ArrayAsInt# a 3#) >>= print
  getI (readWord8ArrayAsInt32# a 5#) >>= print
  getW (readWord8ArrayAsWord16# a 9#) >>= print
  set (writeWord8ArrayAsInt16# a 7# -2#)
  getI (readWord8ArrayAsInt64# a 2#) >>= print
  set (writeWord8ArrayAsDouble# a 13# 1.5##)
  d <- getD (readWord8ArrayAsDouble# a 13#)
  print (truncate (d * 4) :: Int)
atomic (M a) = do
  set (atomicWriteIntArray# a 0# 12#)
  xs <- mapM getI [fetchAddIntArray# a 0# 5#, fetchSubIntArray# a 0# 3#, fetchAndIntArray# a 0# 7#
                  , fetchNandIntArray# a 0# 5#, fetchOrIntArray# a 0# 17#, fetchXorIntArray# a 0# 255#]
  x6@(I# old) <- getI (casIntArray# a 0# 1# 99#)
  x7 <- getI (casIntArray# a 0# old 99#)
  x8 <- getI (atomicReadIntArray# a 0#)
  mapM_ print (xs ++ [x6, x7, x8])

sizes :: IO ()
sizes = do
  m@(M a) <- new 30
  set (setByteArray# a 0# 30# 7#)
  set (setByteArray# a 5# 20# 255#)
  set (shrinkMutableByteArray# a 27#)
  printBytes m
  set (shrinkMutableByteArray# a 6#)
  getI (getSizeofMutableByteArray# a) >>= print
  printBytes m
  performMinorGC
  M b <- IO (\s -> case resizeMutableByteArray# a 3# s of (# s1, b #) -> (# s1, M b #))
  print (I# (sameMutableByteArray# a b))
  M c <- IO (\s -> case resizeMutableByteArray# b 100# s of (# s1, c #) -> (# s1, M c #))
  getI (getSizeofMutableByteArray# c) >>= print
  getW (readWord8Array# c 1#) >>= print
  M d <- new 0
  print (I# (sizeofMutableByteArray# d))

copies :: IO ()
copies = do
  ma@(M a) <- new 16
  set (writeIntArray# a 0# 578437695752307201#)
  set (writeIntArray# a 1# 1157159078456920585#)
  set (copyMutableByteArray# a 0# a 3# 10#)
  printBytes ma
  set (copyMutableByteArray# a 5# a 1# 10#)
  printBytes ma
  mb@(M b) <- new 20
  set (copyMutableByteArray# a 2# b 7# 11#)
  printBytes mb
  equal <- compared a b
  print equal
  set (writeWord8Array# b 17# 255##)
  less <- compared a b
  print (if less < 0 then 1 else 0 :: Int)
  mp@(M p) <- IO (\s -> case newPinnedByteArray# 24# s of (# s1, p #) -> (# setByteArray# p 0# 24# 0# s1, M p #))
  IO (\s -> case unsafeFreezeByteArray# p s of
    (# s1, fp #) -> case unsafeFreezeByteArray# a s1 of
      (# s2, fa #) ->
        let !at = byteArrayContents# fp in
        case copyByteArrayToAddr# fa 0# at 9# s2 of
          s3 -> case copyAddrToByteArray# (plusAddr# at 5#) b 0# 4# s3 of
            s4 -> case copyAddrToByteArray# "lazy"# b 4# 4# s4 of
              s5 -> case writeWord16OffAddr# at 8# 4660## s5 of
                s6 -> (# touch# fp s6, () #))
  printBytes mp
  printBytes mb
  where
    compared a b = IO (\s -> case unsafeFreezeByteArray# a s of
      (# s1, fa #) -> case unsafeFreezeByteArray# b s1 of
        (# s2, fb #) -> case I# (compareByteArrays# fa 2# fb 7# 11#) of r -> r `seq` (# s2, r #))

main :: IO ()
main = do
  m <- new 40
  signed m
  printBytes m
  unsigned m
  printBytes m
  characters m
  floating m
  unaligned m
  printBytes m
  sizes
  copies
  atomic m
