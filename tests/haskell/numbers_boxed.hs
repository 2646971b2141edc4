-- heap-flags: -kc2k -kb1k
-- Arithmetic on boxed numbers where it is strange, on arguments that are values, indirections and thunks, and in deep
-- recursions, where a call may find no room on the stack or on the heap.
module Main (main) where

import Data.IORef

ints :: [Int]
ints = [minBound, minBound + 1, -7, -1, 0, 1, 2, 3037000500, maxBound - 1, maxBound]

doubles :: [Double]
doubles = [-1 / 0, -1.5, -0.0, 0.0, 1e-320, 0.1, 2, 1e308, 1 / 0, 0 / 0]

-- Its arguments are thunks when it is first called, and indirections afterwards.
twice :: (a -> a -> b) -> a -> a -> (b, b)
twice f x y = (f x y, f x y)
{-# NOINLINE twice #-}

intResults :: Int -> Int -> [(Int, Int)]
intResults x y = [twice (+) x y, twice (-) x y, twice (*) x y, (x + y, x - y), (x * y, y - x)]

intTests :: Int -> Int -> [Bool]
intTests x y = [x == y, x /= y, x < y, x <= y, x > y, x >= y, y == x, y < x]

doubleResults :: Double -> Double -> [Double]
doubleResults x y = [x + y, x - y, x * y, x / y]

doubleTests :: Double -> Double -> [Bool]
doubleTests x y = [x == y, x /= y, x < y, x <= y, x > y, x >= y]

digest :: [Bool] -> String
digest = map (\b -> if b then '1' else '0')

-- Each level leaves a frame, and computes before and after it waits.
deep :: Int -> Int -> Int
deep n acc = if n == 0 then acc else (deep (n - 1) (acc + n) - n) * 1 + n * 2 - n

deepDouble :: Int -> Double -> Double
deepDouble n x = if n <= 0 then x else deepDouble (n - 1) (x * 0.5) + x / 3

same :: Char -> Char -> String
same c d = digest [c == d, c /= d, c < d, c >= d]

choose :: Int -> Int -> String
choose x y
  | x == y = "equal"
  | x < y, x + 1 == y = "next"
  | x - y > 100 || x * 2 > y * 100 = "far"
  | otherwise = "other"

-- A thunk under evaluation that two computations share.
shared :: IO ()
shared = do
  r <- newIORef (0 :: Int)
  let go k = if k > 2000 then return () else modifyIORef r (\v -> v + k * k - k) >> go (k + 1)
  go (1 :: Int)
  v <- readIORef r
  print (v, v + v, v == v, v - v)

main :: IO ()
main = do
  mapM_ print [intResults x y | x <- ints, y <- ints, x /= 2]
  putStrLn (unwords [digest (intTests x y) | x <- ints, y <- ints])
  mapM_ print [doubleResults x y | x <- doubles, y <- doubles]
  putStrLn (unwords [digest (doubleTests x y) | x <- doubles, y <- doubles])
  print (map (\n -> deep n n) [0, 1, 10, 100, 1000, 5000])
  print (map (\n -> deepDouble n 1) [0, 1, 10, 100, 1000, 5000])
  putStrLn (unwords [same c d | c <- "a\0\x10ffff", d <- "a\0\x10ffff"])
  print [choose x y | x <- [0, 1, 150, 7], y <- [0, 1, 2, 7]]
  shared
