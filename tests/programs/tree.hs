{-# LANGUAGE BangPatterns #-}
import System.Environment (getArgs)

data Tree a = Leaf a | Node (Tree a) (Tree a)

build :: Int -> Int -> Tree Int
build 0 x = Leaf x
build depth x = let below = depth - 1 in Node (build below x) (build below (x + 1))

fold :: (a -> b) -> (b -> b -> b) -> Tree a -> b
fold leaf _ (Leaf x) = leaf x
fold leaf node (Node left right) = node (fold leaf node left) (fold leaf node right)

sumLeaves :: Tree Int -> Int
sumLeaves = fold id (+)

rounds :: Int -> Int -> Int -> Int
rounds 0 _ total = total
rounds i depth total = let !total' = total + sumLeaves (build depth i) in rounds (i - 1) depth total'

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 16 >>= \depth -> print (rounds 10 depth 0)
