-- Data.Array: construction, indexing in several dimensions, accumArray, updates, Functor and Foldable, dynamic programming.
import Data.Array
import Data.Foldable (toList)

data Day = Mon | Tue | Wed | Thu deriving (Show, Eq, Ord, Enum, Bounded, Ix)

lcsLength :: String -> String -> Int
lcsLength xs ys = table ! (0, 0)
  where
    (n, m) = (length xs, length ys)
    a = listArray (0, n) xs
    b = listArray (0, m) ys
    table = array ((0, 0), (n, m)) [((i, j), cell i j) | i <- [0 .. n], j <- [0 .. m]]
    cell i j | i == n || j == m = 0
             | a ! i == b ! j = 1 + table ! (i + 1, j + 1)
             | otherwise = max (table ! (i + 1, j)) (table ! (i, j + 1))

editDistance :: String -> String -> Int
editDistance xs ys = last (foldl row [0 .. length xs] ys)
  where row previous@(p : ps) y = scanl step (p + 1) (zip3 xs previous ps)
          where step left (x, diagonal, above) = minimum [left + 1, above + 1, diagonal + fromEnum (x /= y)]
        row [] _ = []

histogram :: String -> Array Char Int
histogram text = accumArray (+) 0 ('a', 'h') [(c, 1) | c <- text, inRange ('a', 'h') c]

transposed :: Array (Int, Int) a -> Array (Int, Int) a
transposed a = ixmap ((c0, r0), (c1, r1)) (\(i, j) -> (j, i)) a
  where ((r0, c0), (r1, c1)) = bounds a

main :: IO ()
main = do
  let a = listArray (-2, 2) [1, 4, 9, 16, 25 :: Int]
  print a
  print (bounds a, indices a, elems a, assocs a)
  print (a ! 0, fmap negate a, sum a, maximum a, length a, toList (fmap even a))
  print (a // [(0, 0), (0, -1), (2, 7)])
  print (accum (flip (:)) (listArray ('a', 'c') ["", "x", ""]) [('a', 'p'), ('c', 'q'), ('a', 'r')])
  print (histogram "a hedge had a bad cabbage")
  let m = listArray ((0, 0), (1, 2)) "abcdef"
  print m
  print (transposed m)
  print [m ! (i, 1) | i <- [0, 1]]
  print (listArray (Mon, Thu) [8, 7, 6, 5 :: Int])
  print (listArray ((Mon, False), (Tue, True)) [1 :: Int ..] ! (Tue, False), range (Tue, Thu), index (Tue, Thu) Wed)
  print (lcsLength "the quick brown fox jumps" "over a lazy dog, quickly", editDistance "kitten sitting" "sitting kitten")
  print (a == fmap id a, a < fmap (+ 1) a, compare a (a // [(-2, 0)]), array (1, 0) [] == (listArray (1, 0) [] :: Array Int Int))
  let fibs = listArray (0, 80) [if i < 2 then toInteger i else fibs ! (i - 1) + fibs ! (i - 2) | i <- [0 .. 80]] :: Array Int Integer
  print (fibs ! 80)
  print (rangeSize ((0, 0), (2, 3)), listArray ((0, 0, 0), (1, 1, 1)) [10 :: Int ..] ! (1, 0, 1))
  print (fmap fst (listArray (0, 1) [(1 :: Int, 'x'), (2, 'y')]), foldr (:) [] m, mapM (\x -> if x > 0 then Just (x * 2) else Nothing) a)
