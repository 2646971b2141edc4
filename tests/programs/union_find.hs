{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC)

data Parents = Parents (MutableArray# RealWorld Int)

readAt :: Parents -> Int -> IO Int
readAt (Parents a) (I# i) = IO (readArray# a i)

writeAt :: Parents -> Int -> Int -> IO ()
writeAt (Parents a) (I# i) x = IO (\s -> (# writeArray# a i x s, () #))

find :: Parents -> Int -> IO Int
find a i = do
  parent <- readAt a i
  if parent == i then return i else do
    root <- find a parent
    writeAt a i root
    return root

union :: Parents -> Int -> Int -> IO Int
union a i j = do
  x <- find a i
  y <- find a j
  writeAt a x y
  return (if x == y then 0 else 1)

joinFrom :: Parents -> Int -> Int -> Int -> Int -> IO Int
joinFrom a i n step merged
  | i == n = return merged
  | otherwise = do
      k <- union a i (i * step `rem` n)
      joinFrom a (i + 1) n step $! merged + k

together :: Parents -> Int -> Int -> Int -> IO Int
together a i n count
  | i == n = return count
  | otherwise = do
      x <- find a 0
      y <- find a i
      together a (i + 1) n $! if x == y then count + 1 else count

main :: IO ()
main = do
  args <- getArgs
  let n@(I# n#) = case args of { [] -> 5000; a : _ -> read a }
  a <- IO (\s -> case newArray# n# (error "no parent") s of (# s1, a #) -> (# s1, Parents a #))
  mapM_ (\i -> writeAt a i i) [0 .. n - 1]
  performMajorGC
  joinFrom a 0 n 7 0 >>= print
  together a 0 n 0 >>= print
  joinFrom a 0 n 49 0 >>= print
  performMajorGC
  joinFrom a 0 n 10 0 >>= print
  together a 0 n 0 >>= print
