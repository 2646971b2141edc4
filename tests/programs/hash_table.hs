{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Data.Bits (shiftR, (.&.))
import Data.IORef
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Chain = End | Link Int Int Chain
data Table = Table (MutableArray# RealWorld (IORef Chain))

size :: Table -> Int
size (Table t) = I# (sizeofMutableArray# t)

bucket :: Table -> Int -> IO (IORef Chain)
bucket (Table t) (I# i) = IO (readArray# t i)

bucketOf :: Int -> Int -> Int
bucketOf key n = ((key * 2654435761) `shiftR` 7 .&. 1048575) `rem` n

changed :: Chain -> Int -> (Int -> Int) -> Chain
changed End key f = Link key (f 0) End
changed (Link k value rest) key f
  | k == key = Link k (f value) rest
  | otherwise = Link k value (changed rest key f)

change :: Table -> Int -> (Int -> Int) -> IO ()
change table key f = do
  b <- bucket table (bucketOf key (size table))
  chain <- readIORef b
  writeIORef b $! changed chain key f

countFrom :: Table -> Int -> Int -> Int -> IO ()
countFrom table i n m
  | i == n = return ()
  | otherwise = change table (i * i `rem` m) (+ 1) >> countFrom table (i + 1) n m

chainTotals :: Chain -> (Int, Int) -> (Int, Int)
chainTotals End totals = totals
chainTotals (Link key count rest) (keys, weight) = chainTotals rest (keys + 1, weight + key * count)

report :: Table -> IO ()
report table = do
  chains <- mapM (\i -> bucket table i >>= readIORef) [0 .. size table - 1]
  let (keys, weight) = foldr chainTotals (0, 0) chains
  print keys
  print weight

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 3000; a : _ -> read a }
  table@(Table t) <- IO (\s -> case newArray# 97# (error "no bucket") s of (# s1, t #) -> (# s1, Table t #))
  mapM_ (\(I# i) -> newIORef End >>= \b -> IO (\s -> (# writeArray# t i b s, () #))) [0 .. 96]
  countFrom table 0 n 257
  report table
  performMajorGC
  performMajorGC
  countFrom table 0 n 1009
  performMinorGC
  countFrom table 0 n 31
  report table
