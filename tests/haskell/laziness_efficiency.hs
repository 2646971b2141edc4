-- What laziness saves: shared thunks are computed once, results that nobody needs never; counted by a cell behind unsafePerformIO's interleaving.
import Control.Monad
import Data.IORef
import System.IO.Unsafe

counted :: IORef Int -> a -> IO a
counted cell a = unsafeInterleaveIO (modifyIORef' cell (+ 1) >> return a)

measure :: String -> (IORef Int -> IO ()) -> IO ()
measure label act = do
  cell <- newIORef 0
  act cell
  n <- readIORef cell
  putStrLn (label ++ " forced " ++ show n)

main :: IO ()
main = do
  measure "shared" $ \c -> do
    x <- counted c (21 :: Int)
    print (x + x)
  measure "list of one thunk" $ \c -> do
    x <- counted c 'x'
    putStrLn (replicate 5 x)
  measure "minimum by sorting" $ \c -> do
    xs <- forM [5, 3, 9, 1, 7 :: Int] (counted c)
    print (minimum xs)
  measure "any" $ \c -> do
    xs <- forM [1 .. 100 :: Int] (counted c)
    print (any (> 10) xs)
  measure "zip stops" $ \c -> do
    xs <- forM [1 .. 50 :: Int] (counted c)
    print (sum (zipWith (*) xs [1, 2, 3]))
  measure "lookup" $ \c -> do
    vs <- forM [10, 20 .. 100 :: Int] (counted c)
    print (lookup 'c' (zip ['a' ..] vs))
  measure "last of map" $ \c -> do
    xs <- forM [1 .. 30 :: Int] (counted c)
    print (last (map (+ 1) xs))
  measure "comparison of lists" $ \c -> do
    xs <- forM [1 .. 20 :: Int] (counted c)
    ys <- forM ([1 .. 4] ++ [99] ++ [6 .. 20]) (counted c)
    print (compare xs ys)
  measure "show prefix" $ \c -> do
    xs <- forM [100 .. 200 :: Int] (counted c)
    putStrLn (take 12 (show xs))
  measure "where not used" $ \c -> do
    big <- counted c (product [1 .. 1000 :: Integer])
    let choose b = if b then length (show big) else 0
    print (choose False)
    print (choose True, choose True)
  measure "and short circuit" $ \c -> do
    bs <- forM [True, True, False, True] (counted c)
    print (and bs, or bs)
  measure "nested Maybe" $ \c -> do
    m <- counted c (Just undefined :: Maybe Int)
    print (maybe "nothing" (const "something") m)
  measure "takeWhile of tails" $ \c -> do
    xs <- forM [1 .. 40 :: Int] (counted c)
    print (length (takeWhile (< 5) (map (* 2) xs)))
