{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Control.Monad (forM_)
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC, performMinorGC)

data Frozen = Frozen (Array# Int)
data Mutable = Mutable (MutableArray# RealWorld Int)
data SmallFrozen = SmallFrozen (SmallArray# Int)
data SmallMutable = SmallMutable (SmallMutableArray# RealWorld Int)

total :: Frozen -> Int
total (Frozen a) = go 0 0
  where
    go i@(I# i#) acc
      | i == I# (sizeofArray# a) = acc
      | otherwise = case indexArray# a i# of (# x #) -> let acc' = acc + x in acc' `seq` go (i + 1) acc'

totalSmall :: SmallFrozen -> Int
totalSmall (SmallFrozen a) = go 0 0
  where
    go i@(I# i#) acc
      | i == I# (sizeofSmallArray# a) = acc
      | otherwise = case indexSmallArray# a i# of (# x #) -> let acc' = acc + x in acc' `seq` go (i + 1) acc'

thaw :: Frozen -> IO Mutable
thaw (Frozen f) = IO (\s -> case unsafeThawArray# f s of (# s1, a #) -> (# s1, Mutable a #))

freeze :: Mutable -> IO Frozen
freeze (Mutable a) = IO (\s -> case unsafeFreezeArray# a s of (# s1, f #) -> (# s1, Frozen f #))

thawSmall :: SmallFrozen -> IO SmallMutable
thawSmall (SmallFrozen f) = IO (\s -> case unsafeThawSmallArray# f s of (# s1, a #) -> (# s1, SmallMutable a #))

freezeSmall :: SmallMutable -> IO SmallFrozen
freezeSmall (SmallMutable a) =
  IO (\s -> case unsafeFreezeSmallArray# a s of (# s1, f #) -> (# s1, SmallFrozen f #))

rounds :: Frozen -> Int -> Int -> IO ()
rounds _ 6 _ = return ()
rounds frozen k n = do
  performMinorGC
  m@(Mutable a) <- thaw frozen
  forM_ [k `rem` 3, k `rem` 3 + 3 .. n - 1] $ \i@(I# i#) ->
    IO (\s -> (# writeArray# a i# (i * (k + 1)) s, () #))
  performMinorGC
  again <- freeze m
  performMinorGC
  print (total again)
  performMajorGC
  rounds again (k + 1) n

roundsSmall :: SmallFrozen -> Int -> Int -> IO ()
roundsSmall _ 6 _ = return ()
roundsSmall frozen k n = do
  m@(SmallMutable a) <- thawSmall frozen
  forM_ [k `rem` 3, k `rem` 3 + 3 .. n - 1] $ \i@(I# i#) ->
    IO (\s -> (# writeSmallArray# a i# (i * (k + 1)) s, () #))
  performMinorGC
  again <- freezeSmall m
  performMinorGC
  print (totalSmall again)
  performMajorGC
  roundsSmall again (k + 1) n

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 700; a : _ -> read a }
  array <- case n of I# n# -> IO (\s -> case newArray# n# 1 s of (# s1, a #) -> (# s1, Mutable a #))
  performMajorGC
  frozen <- freeze array
  performMajorGC
  rounds frozen 0 n
  small <- IO (\s -> case newSmallArray# 50# 1 s of (# s1, a #) -> (# s1, SmallMutable a #))
  performMajorGC
  frozenSmall <- freezeSmall small
  performMajorGC
  roundsSmall frozenSmall 0 50
