{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Table = Table (Array# Int)

at :: Table -> Int -> Int
at (Table t) (I# i) = case indexArray# t i of (# x #) -> x

stepsOf :: Table -> Int -> Int -> Int
stepsOf table n i
  | i == 0 = 0
  | even x = stepsFrom table n (x `quot` 2) 1
  | otherwise = stepsFrom table n (3 * x + 1) 1
  where x = i + 1

stepsFrom :: Table -> Int -> Int -> Int -> Int
stepsFrom table n x taken
  | x <= n = at table (x - 1) + taken
  | even x = stepsFrom table n (x `quot` 2) (taken + 1)
  | otherwise = stepsFrom table n (3 * x + 1) (taken + 1)

fillFrom :: MutableArray# RealWorld Int -> Table -> Int -> Int -> IO ()
fillFrom array table n i@(I# i#)
  | i == n = return ()
  | otherwise = do
      IO (\s -> (# writeArray# array i# (stepsOf table n i) s, () #))
      fillFrom array table n (i + 1)

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 3000; a : _ -> read a }
  table <- case n of
    I# n# -> IO (\s -> case newArray# n# undefined s of
      (# s1, array #) -> case unsafeFreezeArray# array s1 of
        (# s2, frozen #) -> case fillFrom array (Table frozen) n 0 of
          IO f -> case f s2 of (# s3, _ #) -> (# s3, Table frozen #))
  performMajorGC
  performMajorGC
  let list = [at table i | i <- [0 .. n - 1]]
  print (at table (n - 1))
  performMinorGC
  print (maximum list)
  print (sum list)
  print (take 10 list)
