{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Control.Exception
import Data.IORef
import GHC.Exts
import GHC.IO (IO (..))
import GHC.IORef (IORef (..))
import GHC.STRef (STRef (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

stepOf :: Int -> Int -> (Int, Int)
stepOf i x = (x + i, x * i)

modifyLazily :: IORef a -> (a -> (a, b)) -> IO b
modifyLazily (IORef (STRef var)) f =
  IO (\s -> case atomicModifyMutVar2# var f s of (# s1, _, pair #) -> (# s1, case pair of (_, x) -> x #))

answersFrom :: IORef Int -> Int -> Int -> Int -> IO Int
answersFrom ref i n total
  | i == n = return total
  | otherwise = atomicModifyIORef' ref (stepOf i) >>= \a -> answersFrom ref (i + 1) n $! total + a

plain :: IORef Int -> IO ()
plain (IORef (STRef var)) = do
  (old, new) <- IO (\s -> case atomicModifyMutVar_# var (1 +) s of (# s1, old, new #) -> (# s1, (old, new) #))
  print new
  print old
  failed <- IO (\s -> case readMutVar# var s of
    (# s1, held #) -> case casMutVar# var held 0 s1 of (# s2, failed, now #) -> (# s2, (I# failed, now) #))
  print (fst failed)
  print (snd failed)
  print (I# (sameMutVar# var var))

swap :: IO ()
swap = do
  IORef (STRef var) <- newIORef (0 :: Int)
  old <- IO (readMutVar# var)
  let cas new = do
        (failed, now) <- IO (\s -> case casMutVar# var old new s of (# s1, f, now #) -> (# s1, (I# f, now) #))
        print failed
        print now
  cas 1
  cas 0

failing :: IO ()
failing = do
  ref <- newIORef (0 :: Int)
  answer <- modifyLazily ref (\_ -> errorWithoutStackTrace "no pair" :: (Int, Int))
  first <- try (evaluate answer)
  held <- readIORef ref
  second <- try (evaluate held)
  printOutcome first
  printOutcome second

printOutcome :: Either SomeException Int -> IO ()
printOutcome (Left e) = print e
printOutcome (Right _) = putStrLn "no exception"

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 1000; a : _ -> read a }
      half = n `quot` 2
  ref <- newIORef (1 :: Int)
  performMajorGC
  performMajorGC
  mapM_ (\i -> modifyLazily ref (stepOf i)) [0 .. half - 1]
  performMinorGC
  mapM_ (\i -> modifyLazily ref (stepOf i)) [half .. n - 1]
  performMajorGC
  readIORef ref >>= print
  answersFrom ref 0 20 0 >>= print
  plain ref
  swap
  failing
