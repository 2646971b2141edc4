-- What laziness is used for: repmin, labels by circular streams, tables that define themselves, sieves, cyclic graphs, mfix, irrefutable patterns, seq and bangs.
{-# LANGUAGE BangPatterns #-}
module Main (main) where
import Control.Exception
import Control.Monad
import Control.Monad.Fix
import Data.Array
import Data.Function
import Data.IORef
import Data.List
import Data.Maybe
import Debug.Trace
import System.IO
import System.IO.Unsafe

data Tree a = Leaf a | Fork (Tree a) (Tree a) deriving Show
repmin :: Ord a => Tree a -> Tree a
repmin t = t' where
  (t', m) = go t
  go (Leaf x) = (Leaf m, x)
  go (Fork l r) = let { (l', a) = go l; (r', b) = go r } in (Fork l' r', min a b)
bfsLabel :: Tree a -> Tree (Int, a)
bfsLabel t = t' where
  (t', ns) = go t (0 : ns)
  go (Leaf a) (n : r) = (Leaf (n, a), (n + 1) : r)
  go (Fork l r) (n : rest) = let { (l', ns1) = go l rest; (r', ns2) = go r ns1 } in (Fork l' r', n : ns2)
  go _ [] = error "levels"
hamming :: [Integer]
hamming = 1 : merge3 (map (* 2) hamming) (map (* 3) hamming) (map (* 5) hamming) where
  merge3 a b c = merge a (merge b c)
  merge xa@(x : xs) ya@(y : ys) = case compare x y of { LT -> x : merge xs ya; GT -> y : merge xa ys; EQ -> x : merge xs ys }
  merge _ _ = []
primes :: [Int]
primes = 2 : filter (\n -> all (\p -> n `mod` p /= 0) (takeWhile (\p -> p * p <= n) primes)) [3, 5 ..]
pascal :: [[Integer]]
pascal = iterate (\r -> zipWith (+) (0 : r) (r ++ [0])) [1]
partitions :: Int -> Integer
partitions n = t ! (n, n) where
  t = array ((0, 0), (n, n)) [((i, j), f i j) | i <- [0 .. n], j <- [0 .. n]]
  f 0 _ = 1
  f _ 0 = 0
  f i j = t ! (i, j - 1) + (if j <= i then t ! (i - j, j) else 0)
editDistance :: String -> String -> Int
editDistance a b = d m n where
  (m, n) = (length a, length b)
  d i 0 = i
  d 0 j = j
  d i j | aa ! i == ba ! j = ds ! (i - 1, j - 1)
        | otherwise = 1 + minimum [ds ! (i - 1, j), ds ! (i, j - 1), ds ! (i - 1, j - 1)]
  aa = listArray (1, m) a
  ba = listArray (1, n) b
  ds = listArray bnds [d i j | (i, j) <- range bnds]
  bnds = ((0, 0), (m, n))
data Rose = Rose { label :: String, neighbours :: [Rose] }
graph :: [(String, [String])] -> [Rose]
graph es = map snd table where { table = [(n, Rose n (map look ns)) | (n, ns) <- es]; look x = fromJust (lookup x table) }

data Strict = Strict !Int Int
main :: IO ()
main = do
  hSetBuffering stdout LineBuffering
  let t = Fork (Fork (Leaf 5) (Leaf 3)) (Fork (Leaf 9) (Fork (Leaf 2) (Leaf 7)))
  print (repmin t); print (bfsLabel t)
  print (take 20 hamming, hamming !! 1000, takeWhile (< 60) primes, pascal !! 20 !! 10)
  print (partitions 100, editDistance "kitten sitting on the mat" "sitting kitten at the mall")
  putStrLn (unwords (map label (take 8 (iterate (head . neighbours) (head (graph [("a", ["b"]), ("b", ["c", "a"]), ("c", ["a"])]))))))
  print (fix (\rec n -> if n <= 1 then 1 else n * rec (n - 1)) (20 :: Integer), take 5 (fix (1 :)))
  xs <- mfix (\xs -> return (1 : map (* 2) (take 5 xs)))
  print (xs :: [Int])
  ys <- mdoLike
  print ys
  r <- try (evaluate (case Strict undefined 1 of Strict _ b -> b)) :: IO (Either ErrorCall Int)
  putStrLn (either (const "strict field") show r)
  print (case Strict 1 undefined of Strict a _ -> a)
  let ~(a, b) = undefined :: (Int, Int)
      lazyPair ~(x, y) = 1 :: Int
  print (lazyPair undefined, length [undefined, a, b], fst (1, undefined :: Int))
  r2 <- try (evaluate (let !x = (undefined :: Int) in 5)) :: IO (Either ErrorCall Int)
  putStrLn (either (const "bang") show r2)
  r3 <- try (evaluate (seq (undefined :: Int -> Int) ())) :: IO (Either ErrorCall ())
  putStrLn (either (const "function seq") show r3)
  print (seq (\x -> (undefined :: Int)) "lambda is whnf", seq (undefined, ()) "pair is whnf")
  let counted = unsafePerformIO (modifyIORef' evals (+ 1) >> return 42) :: Int
  print (counted + counted + counted)
  readIORef evals >>= print
  print (foldr (\x k acc -> if x > 5 then acc else k (acc + x)) id [1 ..] 0, any (> 100) [1 ..], takeWhile (< 10) (map (^ 2) [1 ..]), or (cycle [False, True]), zip [1 ..] "abc")
  print (let (evens, odds) = foldr (\x ~(o, e) -> (x : e, o)) ([], []) [1 ..] in (take 3 evens, take 3 odds))
  print (let primes' = sieve [2 ..]; sieve (p : ns) = p : sieve [n | n <- ns, n `mod` p /= 0]; sieve [] = [] in takeWhile (< 100) primes')
  print (trace "" (1 :: Int) `seq` (on (+) length [1, 2] [3]), (((+) `on` negate) 1 2), (5 & (+ 1)), applyN 10 (* 2) 1)
  rs <- try (evaluate (let loop = loop' ; loop' = loop + 1 :: Int in loop)) :: IO (Either NonTermination Int)
  putStrLn (either show show rs)
  where applyN n f = foldr (.) id (replicate n f)
        mdoLike = do { ref <- newIORef 0; zs <- mfix (\zs -> do { writeIORef ref 3; n <- readIORef ref; return (replicate n 'z' ++ take 2 (map succ zs)) }); return zs }
evals :: IORef Int
evals = unsafePerformIO (newIORef 0)
{-# NOINLINE evals #-}
