{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Control.Exception
import GHC.Exts
import GHC.IO (IO (..))

report :: IO () -> IO ()
report action = do
  outcome <- try action
  case outcome of
    Left e -> print (e :: SomeException)
    Right _ -> putStrLn "there was room"

boxed, small, bytes, pinnedBytes, bigger, askAll :: Int -> IO ()
boxed (I# n) = IO (\s -> case newArray# n 'x' s of (# s1, _ #) -> (# s1, () #))
small (I# n) = IO (\s -> case newSmallArray# n 'x' s of (# s1, _ #) -> (# s1, () #))
bytes (I# n) = IO (\s -> case newByteArray# n s of (# s1, _ #) -> (# s1, () #))
pinnedBytes (I# n) = IO (\s -> case newPinnedByteArray# n s of (# s1, _ #) -> (# s1, () #))
bigger (I# n) = IO (\s -> case newByteArray# 10# s of
  (# s1, a #) -> case resizeMutableByteArray# a n s1 of (# s2, _ #) -> (# s2, () #))
askAll n = mapM_ report [boxed n, small n, bytes n, pinnedBytes n, bigger n]

main :: IO ()
main = mapM_ askAll [9223372036854775807, 4611686018427387904, 1152921504606846976, 3]
