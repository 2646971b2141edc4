{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Array = Array (MutableArray# RealWorld Int)

newArray :: Int -> Int -> IO Array
newArray (I# n) x = IO (\s -> case newArray# n x s of (# s1, a #) -> (# s1, Array a #))

readAt :: Array -> Int -> IO Int
readAt (Array a) (I# i) = IO (readArray# a i)

writeAt :: Array -> Int -> Int -> IO ()
writeAt (Array a) (I# i) x = IO (\s -> (# writeArray# a i x s, () #))

writeEach :: Array -> Int -> Int -> Int -> Int -> IO ()
writeEach a from step n base
  | from >= n = return ()
  | otherwise = writeAt a from (base + from) >> writeEach a (from + step) step n base

total :: Array -> Int -> Int -> Int -> IO Int
total a i n acc
  | i >= n = return acc
  | otherwise = readAt a i >>= \x -> let acc' = acc + x in acc' `seq` total a (i + 1) n acc'

rounds :: Array -> Int -> Int -> IO ()
rounds a k n
  | k == 20 = return ()
  | otherwise = do
      let at = (k * 613) `rem` n
      writeAt a at ((at - k) + k)
      performMinorGC
      rounds a (k + 1) n

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 1000; a : _ -> read a }
  array <- newArray n (n - n)
  performMajorGC
  performMajorGC
  total array 0 n 0 >>= print
  writeEach array 0 1 n 0
  performMinorGC
  performMajorGC
  total array 0 n 0 >>= print
  writeEach array 3 100 n 4550
  performMinorGC
  rounds array 0 n
  total array 0 n 0 >>= print
  case array of Array a -> print (I# (sizeofMutableArray# a))
