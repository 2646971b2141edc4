-- The order in which things are forced, told by cells that note when they are.
import Control.Exception
import Data.IORef
import System.IO.Unsafe

type Log = IORef [String]

noting :: Log -> String -> a -> IO a
noting logged name value = unsafeInterleaveIO (modifyIORef logged (name :) >> return value)

report :: Log -> String -> IO ()
report logged label = do
  names <- readIORef logged
  putStrLn (label ++ ": " ++ unwords (reverse names))
  writeIORef logged []

main :: IO ()
main = do
  logged <- newIORef []
  a <- noting logged "a" (1 :: Int)
  b <- noting logged "b" 2
  report logged "nothing asked"
  _ <- evaluate (b `seq` a `seq` ())
  report logged "b then a"
  _ <- evaluate (a + b)
  report logged "known already"
  cells <- mapM (\n -> noting logged ("cell" ++ show n) n) [1 .. 6 :: Int]
  _ <- evaluate (length cells)
  report logged "length"
  _ <- evaluate (cells !! 3)
  report logged "fourth"
  _ <- evaluate (takeWhile (< 3) cells == [1, 2])
  report logged "takeWhile"
  _ <- evaluate (foldr (\x rest -> x > 4 || rest) False cells)
  report logged "foldr or"
  c <- noting logged "c" False
  d <- noting logged "d" True
  _ <- evaluate (c && d)
  report logged "and"
  _ <- evaluate (d || c)
  report logged "or"
  x <- noting logged "x" (Just 'q')
  y <- noting logged "y" 'r'
  print (maybe y id x)
  report logged "maybe"
  p <- noting logged "pair" (1 :: Int, 2 :: Int)
  let ~(first, second) = p
  report logged "lazy pattern"
  print (second, first)
  report logged "its parts"
  t <- unsafeInterleaveIO (modifyIORef logged ("raises" :) >> throwIO (ErrorCall "late")) :: IO Int
  report logged "interleaved throw"
  r <- try (evaluate (t + 1))
  putStrLn (either (\(ErrorCall m) -> "caught " ++ m) show r)
  s <- try (evaluate t)
  putStrLn (either (\(ErrorCall m) -> "caught again " ++ m) show s)
  report logged "thrown how often"
  let swap (u, v) = (v, u)
  q <- noting logged "left" 'l'
  z <- noting logged "right" 'r'
  case swap (q, z) of
    (m, n) | n == 'l' -> report logged "after guard" >> print m
           | otherwise -> putStrLn "otherwise"
  report logged "end"
