-- Major collections of a live list of cells of three words, collected twenty times.
module Main (main) where

import Control.Monad (replicateM_)
import System.Environment (getArgs)
import System.Mem (performMajorGC)

data List = Nil | Cons () List

build :: Int -> List -> List
build 0 acc = acc
build n acc = build (n - 1) (Cons () acc)
{-# NOINLINE build #-}

len :: List -> Int -> Int
len Nil n = n
len (Cons _ rest) n = n `seq` len rest (n + 1)
{-# NOINLINE len #-}

main :: IO ()
main = do
  [cells] <- map read <$> getArgs
  let list = build cells Nil
  list `seq` replicateM_ 20 performMajorGC
  print (len list 0)
