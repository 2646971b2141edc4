{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)

data Bytes = Bytes ByteArray#

strike :: MutableByteArray# RealWorld -> Int -> Int -> Int -> IO ()
strike sieve step at@(I# i) end
  | at > end = return ()
  | otherwise = IO (\s -> (# writeWord8Array# sieve i 1## s, () #)) >> strike sieve step (at + step) end

run :: MutableByteArray# RealWorld -> Int -> Int -> IO ()
run sieve at@(I# i) end
  | at * at > end = return ()
  | otherwise = do
      struck <- IO (\s -> case readWord8Array# sieve i s of (# s1, w #) -> (# s1, W# w #))
      if struck == 0 then strike sieve at (at * at) end else return ()
      run sieve (at + 1) end

primesFrom :: Bytes -> Int -> [Int]
primesFrom b@(Bytes sieve) at@(I# i)
  | at >= I# (sizeofByteArray# sieve) = []
  | W# (indexWord8Array# sieve i) == 0 = at : primesFrom b (at + 1)
  | otherwise = primesFrom b (at + 1)

main :: IO ()
main = do
  args <- getArgs
  let n@(I# _) = case args of { [] -> 20000; a : _ -> read a }
      I# size = n + 1
  frozen <- IO (\s -> case newByteArray# size s of
    (# s1, sieve #) -> case setByteArray# sieve 0# size 0# s1 of
      s2 -> case (case run sieve 2 n of IO f -> f s2) of
        (# s3, _ #) -> case unsafeFreezeByteArray# sieve s3 of
          (# s4, b #) -> (# s4, Bytes b #))
  let primes = primesFrom frozen 2
  print (length primes)
  print (sum primes)
  print (last primes)
