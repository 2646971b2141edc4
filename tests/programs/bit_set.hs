{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)

data Set = Set ByteArray#
data Bits = Bits (MutableByteArray# RealWorld)

newSet :: Int -> IO Bits
newSet (I# wds) = IO (\s -> case newByteArray# (wds *# 8#) s of
  (# s1, b #) -> (# setByteArray# b 0# (wds *# 8#) 0# s1, Bits b #))

addFrom :: Bits -> Int -> Int -> Int -> IO ()
addFrom bits@(Bits b) i@(I# i#) step n
  | i > n = return ()
  | otherwise = do
      IO (\s -> case fetchOrIntArray# b (uncheckedIShiftRL# i# 6#) (uncheckedIShiftL# 1# (andI# i# 63#)) s of
        (# s1, _ #) -> (# s1, () #))
      addFrom bits (i + step) step n

freeze :: Bits -> IO Set
freeze (Bits b) = IO (\s -> case unsafeFreezeByteArray# b s of (# s1, f #) -> (# s1, Set f #))

multiples :: Int -> Int -> Int -> IO Set
multiples step n wds = do
  bits <- newSet wds
  addFrom bits 0 step n
  freeze bits

wordsOf :: Set -> Int
wordsOf (Set a) = I# (uncheckedIShiftRL# (sizeofByteArray# a) 3#)

zipSets :: (Word -> Word -> Word) -> Set -> Set -> IO Set
zipSets f x@(Set a) (Set b) = do
  bits@(Bits to) <- newSet (wordsOf x)
  mapM_ (\(I# i) -> let !(W# w) = f (W# (indexWordArray# a i)) (W# (indexWordArray# b i))
                    in IO (\s -> (# writeWordArray# to i w s, () #))) [0 .. wordsOf x - 1]
  freeze bits

join, meet, without :: Word -> Word -> Word
join (W# x) (W# y) = W# (or# x y)
meet (W# x) (W# y) = W# (and# x y)
without (W# x) (W# y) = W# (and# x (not# y))

printCount :: Set -> IO ()
printCount set@(Set a) = print (sum [I# (word2Int# (popCnt# (indexWordArray# a i))) | I# i <- [0 .. wordsOf set - 1]])

unionFrom :: Int -> Int -> Int -> Set -> IO Set
unionFrom 10 _ _ set = return set
unionFrom step n wds set = do
  more <- multiples step n wds
  set1 <- zipSets join set more
  printCount set1
  unionFrom (step + 1) n wds set1

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 20000; a : _ -> read a }
      wds = n `quot` 64 + 1
  twos <- multiples 2 n wds
  everything <- unionFrom 3 n wds twos
  sixes <- multiples 6 n wds
  both <- zipSets meet twos sixes
  printCount both
  rest <- zipSets without everything twos
  printCount rest
  none <- zipSets without rest everything
  printCount none
