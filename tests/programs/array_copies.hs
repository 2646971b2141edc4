{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data A = A (MutableArray# RealWorld Int)
data S = S (SmallMutableArray# RealWorld Int)
data F = F (Array# Int)
data G = G (SmallArray# Int)

set :: (State# RealWorld -> State# RealWorld) -> IO ()
set f = IO (\s -> (# f s, () #))

getA :: (State# RealWorld -> (# State# RealWorld, MutableArray# RealWorld Int #)) -> IO A
getA f = IO (\s -> case f s of (# s1, a #) -> (# s1, A a #))

getS :: (State# RealWorld -> (# State# RealWorld, SmallMutableArray# RealWorld Int #)) -> IO S
getS f = IO (\s -> case f s of (# s1, a #) -> (# s1, S a #))

fillFrom :: A -> Int -> Int -> Int -> IO ()
fillFrom arr@(A a) i@(I# i#) n factor
  | i >= n = return ()
  | otherwise = set (writeArray# a i# (i * factor)) >> fillFrom arr (i + 1) n factor

printWeight :: A -> IO ()
printWeight (A a) = go 0 0 >>= print
  where
    go :: Int -> Int -> IO Int
    go i@(I# i#) !acc
      | i >= I# (sizeofMutableArray# a) = return acc
      | otherwise = IO (readArray# a i#) >>= \x -> go (i + 1) (acc + (i + 1) * x)

printSmall :: S -> IO ()
printSmall (S a) = do
  n <- IO (\s -> case getSizeofSmallMutableArray# a s of (# s1, n #) -> (# s1, I# n #))
  let go :: Int -> Int -> IO Int
      go i@(I# i#) !acc
        | i >= n = return acc
        | otherwise = IO (readSmallArray# a i#) >>= \x -> go (i + 1) (acc + (i + 1) * x)
  go 0 0 >>= print

smallOnes :: IO ()
smallOnes = do
  let one = 1
      two = one + one
      three = one + two
  sa@(S a) <- getS (newSmallArray# 40# one)
  set (writeSmallArray# a 39# two)
  sb@(S b) <- getS (cloneSmallMutableArray# a 30# 10#)
  performMajorGC
  performMajorGC
  set (writeSmallArray# a 5# three)
  set (copySmallMutableArray# a 3# a 5# 20#)
  set (copySmallMutableArray# a 4# b 0# 5#)
  performMinorGC
  set (shrinkSmallMutableArray# a 20#)
  performMinorGC
  printSmall sa
  printSmall sb
  G c <- IO (\s -> case freezeSmallArray# a 2# 10# s of (# s1, c #) -> (# s1, G c #))
  sd@(S d) <- getS (thawSmallArray# c 1# 9#)
  print (I# (sizeofSmallArray# (cloneSmallArray# c 0# 4#)))
  printSmall sd
  old <- IO (readSmallArray# d 0#)
  let cas new = IO (\s -> case casSmallArray# d 0# old new s of (# s1, failed, now #) -> (# s1, (I# failed, now) #))
      report (failed, now) = print failed >> print now
  cas 0 >>= report
  cas one >>= report

main :: IO ()
main = do
  args <- getArgs
  let !n@(I# n#) = case args of { [] -> 1000; x : _ -> read x }
      !(I# half) = n `quot` 2
      !third'@(I# third) = n `quot` 3
  aa@(A a) <- getA (newArray# n# 0)
  performMajorGC
  performMajorGC
  ab@(A b) <- getA (newArray# n# 1)
  fillFrom ab 0 n 3
  set (copyMutableArray# b third a 7# half)
  performMinorGC
  printWeight aa
  set (copyMutableArray# a 0# a third half)
  performMinorGC
  printWeight aa
  set (copyMutableArray# a third a 5# half)
  printWeight aa
  fillFrom ab third' n 5
  ac <- getA (cloneMutableArray# b third half)
  performMinorGC
  printWeight ac
  F d <- IO (\s -> case freezeArray# b 1# third s of (# s1, d #) -> (# s1, F d #))
  fillFrom ab 0 n 7
  ae <- getA (thawArray# d 1# 50#)
  performMajorGC
  printWeight ae
  F f <- return (F (cloneArray# d 2# 40#))
  print (I# (sizeofArray# f))
  set (copyArray# f 0# a 100# 40#)
  performMinorGC
  printWeight aa
  print (I# (sameMutableArray# a a))
  print (I# (sameMutableArray# a b))
  set (copyMutableArray# b 0# a 0# 0#)
  smallOnes
