-- Sorting by several algorithms, all agreeing; stability, laziness of the head of a sorted list, comparing with Ord's helpers.
import Data.Function (on)
import Data.List
import Data.Ord

quick, merge', insertion, selection, heap, bubble, radix :: [Int] -> [Int]
quick [] = []
quick (p : rest) = quick [x | x <- rest, x < p] ++ [p] ++ quick [x | x <- rest, x >= p]

merge' [] = []
merge' [x] = [x]
merge' list = go (merge' front) (merge' back)
  where (front, back) = splitAt (length list `div` 2) list
        go as@(a : as') bs@(b : bs') | b < a = b : go as bs'
                                     | otherwise = a : go as' bs
        go as bs = as ++ bs

insertion = foldr insert []

selection [] = []
selection list = least : selection (delete least list)
  where least = minimum list

data Heap = Empty | Heap Int Heap Heap

meld :: Heap -> Heap -> Heap
meld Empty h = h
meld h Empty = h
meld h@(Heap a l r) k@(Heap b l' r') | a <= b = Heap a (meld k r) l
                                     | otherwise = Heap b (meld h r') l'

heap = unfoldr least . foldr (\x h -> meld (Heap x Empty Empty) h) Empty
  where least Empty = Nothing
        least (Heap a l r) = Just (a, meld l r)

bubble list = case pass list of
  (list', True) -> bubble list'
  (list', False) -> list'
  where pass (a : b : rest) | a > b = let (r, _) = pass (a : rest) in (b : r, True)
                            | otherwise = let (r, s) = pass (b : rest) in (a : r, s)
        pass short = (short, False)

radix list = foldl step list (takeWhile (<= maximum (1 : list)) (iterate (* 10) 1))
  where step items unit = concat [[x | x <- items, x `div` unit `mod` 10 == d] | d <- [0 .. 9]]

randoms :: Int -> [Int]
randoms = map (`div` 65536) . tail . iterate (\s -> (s * 1103515245 + 12345) `mod` 2147483648)

data Person = Person { name :: String, age :: Int } deriving Show

main :: IO ()
main = do
  let input = map (`mod` 1000) (take 150 (randoms 42))
      expected = sort input
  print expected
  print [f input == expected | f <- [quick, merge', insertion, selection, heap, bubble, radix]]
  print [f [] == [] && f [1] == [1] && f [2, 1, 2, 1] == [1, 1, 2, 2] | f <- [quick, merge', insertion, selection, heap, bubble, radix]]
  let people = [Person "Eve" 30, Person "Al" 25, Person "Bo" 30, Person "Cy" 25, Person "Di" 41]
  mapM_ (\order -> putStrLn (unwords (map name (sortBy order people))))
    [comparing age, comparing name, comparing (Down . age), comparing age <> comparing name, comparing (length . name) <> flip (comparing name), compare `on` (negate . age)]
  print (map (map name) (groupBy ((==) `on` age) (sortOn age people)))
  print (sort [Down 3, Down 1, Down (2 :: Int)], Down 1 < Down (0 :: Int), comparing Down 'a' 'b')
  print (head (sort (20000 : [19999, 19998 .. 1])), take 3 (sort (cycle3 [5, 1, 3])))
  print (sortOn Down "mississippi", maximumBy (comparing snd) (zip "abc" [3, 9, 9 :: Int]), minimumBy (comparing snd) (zip "abc" [3, 3, 9 :: Int]))
  print (clamped 0 10 <$> [-5, 5, 15])
  where cycle3 list = take 9 (cycle list)
        clamped low high x = max low (min high x) :: Int
