-- Values that are defined by themselves: repmin, a circular list, a graph whose nodes hold their neighbours, a table of thunks.
import Data.Array

data Tree = Leaf Int | Node Tree Tree deriving Show

repmin :: Tree -> Tree
repmin tree = result
  where
    (result, least) = go tree
    go (Leaf n) = (Leaf least, n)
    go (Node l r) = let (l', a) = go l; (r', b) = go r in (Node l' r', min a b)

data Person = Person { name :: String, friends :: [Person] }

people :: [Person]
people = [ada, bob, cyd]
  where
    ada = Person "Ada" [bob, cyd]
    bob = Person "Bob" [ada]
    cyd = Person "Cyd" [bob, ada, cyd]

walk :: Int -> Person -> [String]
walk n = map name . take n . iterate (last . friends)

data Ring a = Ring { before :: Ring a, here :: a, after :: Ring a }

ring :: [a] -> Ring a
ring items = first
  where
    (first, final) = go final items first
    go previous [x] next = let this = Ring previous x next in (this, this)
    go previous (x : xs) next = let this = Ring previous x rest
                                    (rest, end) = go this xs next
                                in (this, end)
    go _ [] _ = error "empty ring"

partitions :: Int -> Array (Int, Int) Integer
partitions size = table
  where
    table = listArray ((0, 0), (size, size)) [count n k | n <- [0 .. size], k <- [0 .. size]]
    count 0 _ = 1
    count _ 0 = 0
    count n k | k > n = table ! (n, n)
              | otherwise = table ! (n, k - 1) + table ! (n - k, k)

main :: IO ()
main = do
  print (repmin (Node (Node (Leaf 7) (Leaf 3)) (Node (Leaf 9) (Node (Leaf 4) (Leaf 12)))))
  mapM_ (print . walk 6) people
  let r = ring "abcde"
  putStrLn (map here (take 12 (iterate after r)))
  putStrLn (map here (take 12 (iterate before r)))
  putStrLn [here (before (after (before (before r)))), here (after (before r))]
  let table = partitions 60
  print [table ! (n, n) | n <- [0, 5 .. 60]]
  let xs = 1 : map (* 2) xs; ys = 0 : zs; zs = map (+ 1) ys
  print (take 12 xs :: [Int], take 6 zs :: [Int])
  let (evens, odds) = (0 : map (+ 1) odds, map (+ 1) evens)
  print (take 5 evens :: [Int], take 5 odds :: [Int])
