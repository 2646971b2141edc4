-- Control.Monad over several monads: what each function does, in which order its effects happen.
import Control.Monad
import Data.IORef

say :: Show a => a -> IO a
say a = putStr (show a ++ " ") >> return a

ln :: IO ()
ln = putStrLn ""

main :: IO ()
main = do
  mapM_ say [1, 2, 3 :: Int] >> ln
  forM [1, 2, 3] (\x -> say (x * x :: Int)) >>= print
  xs <- sequence [say 'a', return 'b', say 'c']
  print xs
  sequence_ [void (say 1), void (say 2)] >> ln
  when True (putStrLn "when") >> when False (putStrLn "never") >> unless False (putStrLn "unless")
  foldM (\acc x -> say (acc * 10 + x)) 0 [1, 2, 3 :: Int] >>= print
  foldM_ (\acc x -> say (acc - x)) 100 [30, 20 :: Int] >> ln
  replicateM 3 (say 'r') >>= print
  replicateM_ 2 (say "again") >> ln
  ((\x -> say (x + 1)) >=> (\y -> say (y * 2))) 10 >>= print
  ((\x -> say (x + 1)) <=< (\y -> say (y * 2))) (10 :: Int) >>= print
  zipWithM (\a b -> say (a, b)) [1, 2 :: Int] "xyz" >>= print
  zipWithM_ (\a b -> say (a * b)) [1, 2, 3] [4, 5 :: Int] >> ln
  filterM (fmap even . say) [1 .. 5 :: Int] >>= print
  mapAndUnzipM (\x -> say x >> return (x, show x)) [1, 2 :: Int] >>= print
  print (filterM (const [True, False]) "abc")
  print (replicateM 2 "xy", sequence [[1, 2], [3], [4, 5]], foldM (\a x -> [a + x, a * x]) 1 [2, 3], zipWithM (\a b -> [a, b]) [1, 2] [3, 4])
  print (join [[1], [2, 3]], join (Just Nothing :: Maybe (Maybe Int)), (join (,)) 'x', liftM2 (+) [1, 2] [10, 20], ap [(+ 1), (* 2)] [5], liftM negate (Just 1))
  print (mplus [1] [2], mzero :: [Int], msum [[], [1], [2]], guard True :: [()], guard False :: Maybe (), mfilter even (Just 3), mfilter even (Just 4))
  print (void [1, 2], forever Nothing :: Maybe Int, (<$!>) (+ 1) [1, 2], [1, 2] >> "ab", [1, 2] <* "ab", (,) <$> [1, 2] <*> "ab")
  counter <- newIORef (0 :: Int)
  let loop = do
        n <- readIORef counter
        when (n < 5) $ do
          writeIORef counter (n + 1)
          unless (n == 2) $ putStr (show n ++ ";")
          loop
  loop >> ln
  r <- foldM (\m k -> do { modifyIORef counter (+ k); c <- readIORef counter; return (max m c) }) 0 [3, -4, 10, -20]
  print r
  print =<< mapM (\(a, b) -> do { let { c = a + b; d = c * c }; x <- say d; let { y = x - a }; return y }) [(1, 2), (3, 4)]
  print (do { x <- [1 .. 4]; y <- [x .. 4]; guard (x + y == 5); return (x, y) })
  print ((do { f <- (+); g <- (*); return (f 1 + g 2) }) 10)
  print (mapM_ (\x -> if x > 2 then Left x else Right ()) [1, 2, 3, 4], forM_ [1, 2] (Right :: Int -> Either () Int), traverse (\x -> (show x, x + 1)) [1, 2])
