{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import Data.Bits (shiftR, (.&.))
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)

data Ints = Ints (MutableByteArray# RealWorld)
data Frozen = Frozen ByteArray#

readAt :: Ints -> Int -> IO Int
readAt (Ints a) (I# i) = IO (\s -> case readIntArray# a i s of (# s1, x #) -> (# s1, I# x #))

writeAt :: Ints -> Int -> Int -> IO ()
writeAt (Ints a) (I# i) (I# x) = IO (\s -> (# writeIntArray# a i x s, () #))

fill :: Ints -> Int -> Int -> Int -> IO ()
fill a i n seed
  | i == n = return ()
  | otherwise = do
      let next = (seed * 1103515245 + 12345) .&. 2147483647
      writeAt a i (next `shiftR` 16)
      fill a (i + 1) n next

swap :: Ints -> Int -> Int -> IO ()
swap a i j = do
  x <- readAt a i
  y <- readAt a j
  writeAt a i y
  writeAt a j x

partitionFrom :: Ints -> Int -> Int -> Int -> Int -> IO Int
partitionFrom a pivot store i hi
  | i == hi = swap a store hi >> return store
  | otherwise = do
      x <- readAt a i
      if x < pivot
        then swap a i store >> partitionFrom a pivot (store + 1) (i + 1) hi
        else partitionFrom a pivot store (i + 1) hi

quicksort :: Ints -> Int -> Int -> IO ()
quicksort a lo hi
  | lo >= hi = return ()
  | otherwise = do
      swap a ((lo + hi) `shiftR` 1) hi
      pivot <- readAt a hi
      at <- partitionFrom a pivot lo lo hi
      quicksort a lo (at - 1)
      quicksort a (at + 1) hi

elementsFrom :: Frozen -> Int -> [Int]
elementsFrom f@(Frozen a) i@(I# i#)
  | i >= I# (sizeofByteArray# a) `shiftR` 3 = []
  | otherwise = I# (indexIntArray# a i#) : elementsFrom f (i + 1)

ascending :: [Int] -> Bool
ascending (x : rest@(y : _)) = x <= y && ascending rest
ascending _ = True

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 4000; a : _ -> read a }
      !(I# bytes) = n * 8
  a@(Ints m) <- IO (\s -> case newByteArray# bytes s of (# s1, m #) -> (# s1, Ints m #))
  fill a 0 n 42
  quicksort a 0 (n - 1)
  frozen <- IO (\s -> case unsafeFreezeByteArray# m s of (# s1, f #) -> (# s1, Frozen f #))
  let sorted = elementsFrom frozen 0
  print (ascending sorted)
  print (length sorted)
  print (take 5 sorted)
  print (last sorted)
