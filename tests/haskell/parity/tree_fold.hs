-- parity
-- args: 18 10
-- stress-args: 7 3
-- Binary trees built and folded again and again.
import System.Environment

data Tree = Leaf Int | Node Tree Tree

build :: Int -> Int -> Tree
build 0 n = Leaf n
build d n = Node (build (d - 1) (2 * n)) (build (d - 1) (2 * n + 1))

fold :: (Int -> Int) -> (Int -> Int -> Int) -> Tree -> Int
fold leaf _ (Leaf n) = leaf n
fold leaf node (Node l r) = node (fold leaf node l) (fold leaf node r)

main :: IO ()
main = do
  [depth, times] <- fmap (map read) getArgs
  print (sum [fold (+ k) (\a b -> (a + b) `mod` 1000003) (build depth k) | k <- [1 .. times]])
