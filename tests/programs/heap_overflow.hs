{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Control.Exception
import GHC.Exts
import GHC.IO (IO (..))
import System.Environment (getArgs)
import System.Mem (performMajorGC)

countFrom :: Int -> Int -> [Int]
countFrom i n
  | i == n = []
  | otherwise = i : countFrom (i + 1) n

hold :: Int -> IO ()
hold n = do
  let xs = countFrom 1 (n + 1)
  count <- evaluate (length xs)
  total <- evaluate (sum xs)
  print count
  print total

report :: IO () -> IO ()
report action = do
  outcome <- try action
  case outcome of
    Left e -> print (e :: SomeException)
    Right _ -> putStrLn "there was room"

attempt, array :: Int -> IO ()
attempt n = report (hold n)
array (I# size) = report $ do
  n <- IO (\s -> case newArray# size (0 :: Int) s of (# s1, a #) -> (# s1, I# (sizeofMutableArray# a) #))
  print n

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 2000000; a : _ -> read a }
  attempt n
  attempt 1000
  attempt n
  array 10
  performMajorGC
  attempt 1000
  if n > 5000 then attempt n else array 20
