{-# OPTIONS_GHC -fno-cse #-} -- the two halves of the tree are two
-- A retained tree of 2^21 - 1 nodes, while lists of a thousand boxed numbers are made, summed and forgotten.
module Main (main) where

import System.Environment (getArgs)

data Tree = Leaf | Node Tree Tree
data List = Nil | Cons Int List

build :: Int -> Tree
build 0 = Leaf
build n = let l = build (n - 1); r = build (n - 1) in l `seq` r `seq` Node l r
{-# NOINLINE build #-}

size :: Tree -> Int
size Leaf = 0
size (Node l r) = size l + size r + 1
{-# NOINLINE size #-}

downTo :: Int -> List -> List
downTo 0 acc = acc
downTo n acc = downTo (n - 1) (Cons n acc)
{-# NOINLINE downTo #-}

total :: List -> Int -> Int
total Nil n = n
total (Cons x rest) n = total rest (x + n)
{-# NOINLINE total #-}

churn :: Int -> Int -> Int
churn 0 sum' = sum'
churn k sum' = churn (k - 1) (total (downTo 1000 Nil) sum')
{-# NOINLINE churn #-}

main :: IO ()
main = do
  [rounds] <- map read <$> getArgs
  let tree = build 21
  tree `seq` print (churn rounds 0)
  print (size tree)
