{-# OPTIONS_GHC -fno-cse #-} -- the two halves of the tree are two
-- Major collections of a live tree: 2^depth - 1 nodes of three words, collected twenty times.
module Main (main) where

import Control.Monad (replicateM_)
import System.Environment (getArgs)
import System.Mem (performMajorGC)

data Tree = Leaf | Node Tree Tree

build :: Int -> Tree
build 0 = Leaf
build n = let l = build (n - 1); r = build (n - 1) in l `seq` r `seq` Node l r
{-# NOINLINE build #-}

size :: Tree -> Int
size Leaf = 0
size (Node l r) = size l + size r + 1
{-# NOINLINE size #-}

main :: IO ()
main = do
  [depth] <- map read <$> getArgs
  let tree = build depth
  tree `seq` replicateM_ 20 performMajorGC
  print (size tree)
