import Control.Concurrent (threadDelay)
import Control.Exception
import Data.IORef
import System.IO.Unsafe (unsafePerformIO)
import System.Mem (performMajorGC)
import System.Mem.Weak

-- GHC runs finalizers in a thread of their own.
collect :: IO ()
collect = performMajorGC >> threadDelay 50000

say :: String -> Int -> IO ()
say text n = putStrLn (text ++ show n)

dying :: IO () -> IO ()
dying finalizer = do
  key <- newIORef ()
  _ <- mkWeakIORef key finalizer
  return ()

count :: IORef Int -> IO ()
count ref = modifyIORef' ref (+ 1)

collecting :: Int -> Int
collecting n = unsafePerformIO (performMajorGC >> performMajorGC >> return (sum [1 .. n]))
{-# NOINLINE collecting #-}

inner :: IORef Int -> IO ()
inner ref = dying (count ref) >> performMajorGC

main :: IO ()
main = do
  demanded <- newIORef 0
  others <- newIORef 0
  inners <- newIORef 0
  let thunk = collecting 100
  dying (count others)
  dying (evaluate thunk >>= writeIORef demanded)
  dying (count others >> evaluate (1 `div` (0 :: Int)) >> return ())
  dying (inner inners)
  dying (count others)
  say "evaluated " thunk
  collect
  readIORef demanded >>= say "demanded "
  readIORef others >>= say "others "
  collect
  readIORef inners >>= say "inner "
