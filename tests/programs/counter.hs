import Control.Monad (replicateM_)
import Data.IORef
import System.Environment (getArgs)

countWith :: (IORef Int -> (Int -> Int) -> IO ()) -> Int -> IO Int
countWith modify n = do
  ref <- newIORef 0
  replicateM_ n (modify ref (+ 1))
  readIORef ref

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 1000
  countWith modifyIORef n >>= print
  countWith modifyIORef' n >>= print
  list <- newIORef []
  mapM_ (\x -> modifyIORef list (x :)) [1 .. 10 :: Int]
  readIORef list >>= print
  cell <- newIORef undefined
  writeIORef cell (0 :: Int)
  readIORef cell >>= print
