{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))

say :: Int# -> IO ()
say n = print (I# n)

swaps :: Int -> Int -> IO ()
swaps a b = do
  let run = IO $ \s -> case newArray# 3# a s of { (# s, array #) ->
        case casArray# array 1# a b s of { (# s, failed, _ #) ->
        case readArray# array 1# s of { (# s, now #) ->
        case casArray# array 1# a a s of { (# s, failed1, found #) ->
        (# s, [I# failed, now, I# failed1, found] #) }}}}
  run >>= mapM_ print

small :: Int -> Int -> IO ()
small a b = do
  let run = IO $ \s -> case newSmallArray# 3# a s of { (# s, from #) ->
        case newSmallArray# 3# b s of { (# s, to #) ->
        case unsafeFreezeSmallArray# from s of { (# s, frozen #) ->
        case copySmallArray# frozen 0# to 1# 2# s of { s ->
        case readSmallArray# to 2# s of { (# s, x #) ->
        (# s, [I# (sameSmallMutableArray# to to), I# (sameSmallMutableArray# from to),
               I# (sizeofSmallMutableArray# to), x] #) }}}}}
  run >>= mapM_ print

bytes :: IO ()
bytes = do
  let run = IO $ \s -> case newByteArray# 16# s of { (# s, from #) ->
        case writeIntArray# from 1# 77# s of { s ->
        case newPinnedByteArray# 16# s of { (# s, pinned #) ->
        case unsafeFreezeByteArray# pinned s of { (# s, there #) ->
        case copyMutableByteArrayToAddr# from 8# (byteArrayContents# there) 8# s of { s ->
        case newByteArray# 8# s of { (# s, to #) ->
        case copyByteArray# there 0# to 0# 8# s of { s ->
        case readIntArray# to 0# s of { (# s, y #) ->
        case unsafeFreezeByteArray# to s of { (# s, loose #) ->
        (# s, [I# (indexIntArray# there 0#), I# y, I# (isByteArrayPinned# loose), I# (isByteArrayPinned# there)] #) }}}}}}}}}
  run >>= mapM_ print

main :: IO ()
main = do
  let a = 1
      b = 2
  _ <- return $! a + b
  swaps a b >> small a b >> bytes
