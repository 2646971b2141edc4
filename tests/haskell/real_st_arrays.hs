-- ST, STRef, STArray, STUArray, IOArray, IOUArray, UArray: sieve, sorting in place, union-find, dynamic programming, boxed laziness against unboxed strictness.
{-# LANGUAGE FlexibleContexts #-}
import Control.Exception
import Control.Monad
import Control.Monad.ST
import Data.Array.IO
import Data.Array.ST
import Data.Array.Unboxed
import Data.STRef
import Data.Word

sieve :: Int -> UArray Int Bool
sieve n = runSTUArray $ do
  a <- newArray (2, n) True
  forM_ [2 .. n] $ \p -> do
    prime <- readArray a p
    when (prime && p * p <= n) (forM_ [p * p, p * p + p .. n] (\k -> writeArray a k False))
  return a

quicksort :: [Int] -> [Int]
quicksort xs = elems (runSTUArray (newListArray (0, length xs - 1) xs >>= \a -> sort a 0 (length xs - 1) >> return a))
  where
    sort :: STUArray s Int Int -> Int -> Int -> ST s ()
    sort a lo hi = when (lo < hi) $ do
      pivot <- readArray a ((lo + hi) `div` 2)
      i <- newSTRef lo
      j <- newSTRef hi
      let advance ref dir test = do { k <- readSTRef ref; v <- readArray a k; when (test v) (writeSTRef ref (k + dir) >> advance ref dir test) }
          loop = do
            advance i 1 (< pivot)
            advance j (-1) (> pivot)
            x <- readSTRef i
            y <- readSTRef j
            when (x <= y) $ do
              u <- readArray a x
              v <- readArray a y
              writeArray a x v >> writeArray a y u
              modifySTRef' i (+ 1) >> modifySTRef' j (subtract 1)
            when (x < y) loop
      loop
      x <- readSTRef i
      y <- readSTRef j
      sort a lo y >> sort a x hi

components :: Int -> [(Int, Int)] -> [Int]
components n es = runST $ do
  parent <- newListArray (0, n - 1) [0 ..] :: ST s (STUArray s Int Int)
  let find v = do { p <- readArray parent v; if p == v then return v else do { r <- find p; writeArray parent v r; return r } }
  forM_ es $ \(a, b) -> do { x <- find a; y <- find b; when (x /= y) (writeArray parent (max x y) (min x y)) }
  mapM find [0 .. n - 1]

knapsack :: Int -> [(Int, Int)] -> Int
knapsack capacity items = best ! capacity
  where best = runSTUArray $ do
          a <- newArray (0, capacity) 0
          forM_ items $ \(w, v) -> forM_ [capacity, capacity - 1 .. w] $ \c -> do
            without <- readArray a c
            with <- readArray a (c - w)
            when (with + v > without) (writeArray a c (with + v))
          return a

main :: IO ()
main = do
  print [p | (p, True) <- assocs (sieve 120)]
  print (quicksort [(k * 7919 + 13) `mod` 101 | k <- [0 .. 60]], quicksort [], quicksort [2, 1])
  print (components 10 [(1, 2), (3, 4), (2, 3), (7, 8), (9, 7), (0, 0)], knapsack 50 [(10, 60), (20, 100), (30, 120), (5, 30)])
  print (runST (do { r <- newSTRef 1; forM_ [1 .. 20] (\k -> modifySTRef r (* k)); readSTRef r }) :: Integer)
  boxed <- newArray (0, 3) (error "lazy element") :: IO (IOArray Int Int)
  writeArray boxed 1 11
  readArray boxed 1 >>= print
  r <- try (readArray boxed 0 >>= evaluate)
  putStrLn (either (\(ErrorCall m) -> m) show r)
  unboxed <- newListArray ('a', 'e') [1, 2, 250, 4, 5] :: IO (IOUArray Char Word8)
  mapM_ (\c -> readArray unboxed c >>= writeArray unboxed c . (+ 10)) "ace"
  getElems unboxed >>= print
  s <- try (writeArray unboxed 'b' (error "strict element"))
  putStrLn (either (\(ErrorCall m) -> m) (const "written") s)
  frozen <- freeze unboxed :: IO (UArray Char Word8)
  writeArray unboxed 'a' 0
  print (frozen, bounds frozen, frozen ! 'c', accumArray (+) 0 (0, 3) [(0, 1.5), (3, 2.5), (0, 1)] :: UArray Int Double)
  print (listArray (0, 4) [True, False, True, True, False] :: UArray Int Bool, (listArray (0, 2) "xyz" :: UArray Int Char) // [(1, 'Y')], amap negate (listArray (1, 3) [1, 2, 3] :: UArray Int Int))
  t <- try (evaluate (frozen ! 'z')) :: IO (Either SomeException Word8)
  putStrLn (either (const "out of bounds") show t)
  m <- newArray ((0, 0), (2, 2)) 0 :: IO (IOUArray (Int, Int) Int)
  forM_ [(i, j) | i <- [0 .. 2], j <- [0 .. 2]] (\(i, j) -> writeArray m (i, j) (i * 3 + j))
  mapped <- mapArray (* 2) m
  getAssocs mapped >>= print . filter ((> 8) . snd)
  print (runSTArray (do { a <- newArray (0, 4) []; forM_ [0 .. 9] (\k -> readArray a (k `mod` 5) >>= writeArray a (k `mod` 5) . (k :)); return a }))
