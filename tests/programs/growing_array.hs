{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Data.IORef
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Vector = Vector (IORef Int) (IORef Box)
data Box = Box (SmallMutableArray# RealWorld Int)
data Frozen = Frozen (SmallArray# Int)

newBox :: Int -> IO Box
newBox (I# n) = IO (\s -> case newSmallArray# n undefined s of (# s1, a #) -> (# s1, Box a #))

boxSize :: Box -> IO Int
boxSize (Box a) = IO (\s -> case getSizeofSmallMutableArray# a s of (# s1, n #) -> (# s1, I# n #))

newVector :: IO Vector
newVector = do
  box <- newBox 2
  count <- newIORef 0
  cell <- newIORef box
  return (Vector count cell)

push :: Vector -> Int -> IO ()
push (Vector countRef cell) x = do
  count@(I# c) <- readIORef countRef
  box <- readIORef cell
  size <- boxSize box
  Box roomy <- roomFor box count size cell
  IO (\s -> (# writeSmallArray# roomy c x s, () #))
  writeIORef countRef $! count + 1

roomFor :: Box -> Int -> Int -> IORef Box -> IO Box
roomFor box@(Box a) count@(I# c) size cell
  | count < size = return box
  | otherwise = do
      bigger@(Box b) <- newBox (size * 2)
      IO (\s -> (# copySmallMutableArray# a 0# b 0# c s, () #))
      writeIORef cell bigger
      return bigger

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 1000; a : _ -> read a }
      half = n `quot` 2
  vector@(Vector countRef cell) <- newVector
  mapM_ (\i -> push vector (i * i)) [0 .. half - 1]
  performMajorGC
  performMajorGC
  mapM_ (\i -> push vector (i * i)) [half .. n - 1]
  I# count <- readIORef countRef
  box@(Box a) <- readIORef cell
  boxSize box >>= print
  IO (\s -> (# shrinkSmallMutableArray# a count s, () #))
  performMinorGC
  Frozen f <- IO (\s -> case unsafeFreezeSmallArray# a s of (# s1, f #) -> (# s1, Frozen f #))
  let list = [case indexSmallArray# f i of (# x #) -> x | I# i <- [0 .. I# (sizeofSmallArray# f) - 1]]
  print (length list)
  print (sum list)
