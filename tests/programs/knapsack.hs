{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC)

data Row = Row (Array# Int)
data Cells = Cells (MutableArray# RealWorld Int)

cell :: Row -> Int -> Int
cell (Row a) (I# i) = case indexArray# a i of (# x #) -> x

cellOf :: Row -> Int -> Int -> Int -> Int
cellOf before w weight value
  | w < weight = cell before w
  | otherwise = let x = cell before w; taken = cell before (w - weight) + value in if x > taken then x else taken

makeRow :: Int -> (Int -> Int) -> IO Row
makeRow n@(I# n#) f = do
  Cells cells <- IO (\s -> case newArray# n# 0 s of (# s1, c #) -> (# s1, Cells c #))
  mapM_ (\w@(I# w#) -> IO (\s -> (# writeArray# cells w# (f w) s, () #))) [0 .. n - 1]
  IO (\s -> case unsafeFreezeArray# cells s of (# s1, c #) -> (# s1, Row c #))

rowsFrom :: Row -> Int -> Int -> IO Row
rowsFrom row@(Row a) k count
  | k > count = return row
  | otherwise = do
      next <- makeRow (I# (sizeofArray# a)) (\w -> cellOf row w (3 + k * 7 `rem` 23) (10 + k * 11 `rem` 37))
      rowsFrom next (k + 1) count

main :: IO ()
main = do
  args <- getArgs
  let capacity = case args of { [] -> 300; a : _ -> read a }
  none <- makeRow (capacity + 1) (const 0)
  row <- rowsFrom none 1 40
  print (cell row (capacity `quot` 2))
  performMajorGC
  print (cell row capacity)
  more <- rowsFrom row 41 60
  print (cell more capacity)
