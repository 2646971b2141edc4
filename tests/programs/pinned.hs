{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Kept = None | Kept ByteArray# Addr# Int# Kept

makeFrom :: Int -> Int -> Kept -> IO Kept
makeFrom i@(I# i#) n kept
  | i == n = return kept
  | otherwise = do
      let !size = (i# `andI#` 63#) +# 24#
      kept' <- IO (\s -> case newPinnedByteArray# size s of
        (# s1, bytes #) ->
          if i `rem` 10 /= 0 then (# s1, kept #) else
          case unsafeFreezeByteArray# bytes s1 of
            (# s2, frozen #) ->
              let !address = byteArrayContents# frozen in
              case writeIntOffAddr# address 0# i# s2 of
                s3 -> case writeIntArray# bytes 1# size s3 of
                  s4 -> case touch# frozen s4 of
                    s5 -> (# s5, Kept frozen address i# kept #))
      makeFrom (i + 1) n kept'

wrongOnes :: Kept -> Int -> IO Int
wrongOnes None count = return count
wrongOnes (Kept array address number rest) count = do
  let same = eqAddr# (byteArrayContents# array) address
      right = indexIntArray# array 0# ==# number
      sized = indexIntOffAddr# address 1# ==# sizeofByteArray# array
      good = I# (same `andI#` right `andI#` sized)
  good `seq` IO (\s -> (# touch# array s, () #))
  wrongOnes rest (count + 1 - good)

keptCount :: Kept -> Int
keptCount None = 0
keptCount (Kept _ _ _ rest) = 1 + keptCount rest

halve :: Kept -> Kept
halve None = None
halve (Kept a b c None) = Kept a b c None
halve (Kept a b c (Kept _ _ _ rest)) = Kept a b c (halve rest)

report :: Kept -> IO ()
report kept = wrongOnes kept 0 >>= print >> print (keptCount kept)

misaligned :: Int -> IO ()
misaligned align@(I# align#) = do
  past <- IO (\s -> case newAlignedPinnedByteArray# 100# align# s of
    (# s1, bytes #) -> case unsafeFreezeByteArray# bytes s1 of
      (# s2, frozen #) -> case I# (addr2Int# (byteArrayContents# frozen)) `rem` align of
        past -> case past `seq` touch# frozen s2 of s3 -> (# s3, past #))
  print past

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 2000; a : _ -> read a }
  kept <- makeFrom 0 n None
  report kept
  performMinorGC
  report kept
  performMajorGC
  report kept
  let half = halve kept
  report half
  performMajorGC
  performMajorGC
  report half
  misaligned 16
  misaligned 64
  misaligned 256
  (pinned, size) <- IO (\s -> case newPinnedByteArray# 20000# s of
    (# s1, big #) -> case getSizeofMutableByteArray# big s1 of
      (# s2, size #) -> (# s2, (I# (isMutableByteArrayPinned# big), I# size) #))
  print pinned
  print size
  free <- IO (\s -> case newByteArray# 20# s of
    (# s1, small #) -> (# s1, I# (isMutableByteArrayPinned# small) #))
  print free
