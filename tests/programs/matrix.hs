{-# LANGUAGE BangPatterns, MagicHash, UnboxedTuples #-}
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.IO.Unsafe (unsafePerformIO)

data Matrix = Matrix Int ByteArray#
data Cells = Cells (MutableByteArray# RealWorld)

make :: Int -> (Int -> Double) -> Matrix
make n f = unsafePerformIO $ do
  let !(I# bytes) = n * n * 8
  Cells cells <- IO (\s -> case newByteArray# bytes s of (# s1, c #) -> (# s1, Cells c #))
  mapM_ (\i@(I# i#) -> let !(D# x) = f i in IO (\s -> (# writeDoubleArray# cells i# x s, () #))) [0 .. n * n - 1]
  IO (\s -> case unsafeFreezeByteArray# cells s of (# s1, c #) -> (# s1, Matrix n c #))

at :: ByteArray# -> Int -> Double
at a (I# i) = D# (indexDoubleArray# a i)

multiply :: Matrix -> Matrix -> Matrix
multiply (Matrix n a) (Matrix _ b) = make n cell
  where
    cell i = dot (i `quot` n * n) (i `rem` n) 0 0
    dot :: Int -> Int -> Int -> Double -> Double
    dot p q k !acc
      | k == n = acc
      | otherwise = dot (p + 1) (q + n) (k + 1) (acc + at a p * at b q)

printTrace :: Matrix -> IO ()
printTrace (Matrix n a) = print (truncate (foldl (+) 0 [at a (i * (n + 1)) | i <- [0 .. n - 1]] * 1000) :: Int)

power :: Matrix -> Int -> Matrix
power m 1 = m
power m k = if even k then square else multiply square m
  where
    square = multiply root root
    root = power m (k `quot` 2)

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 16; a : _ -> read a }
      size = fromIntegral n :: Double
      a = make n (\i -> fromIntegral (i `rem` 5) / (size * 2))
      e = make n (\i -> if i `rem` (n + 1) == 0 then 1 else 0)
      ae = multiply a e
      a2 = multiply a ae
      a19 = power a 19
  printTrace e
  printTrace ae
  printTrace a2
  printTrace a19
