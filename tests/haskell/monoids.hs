-- Semigroup and Monoid: the instances of Data.Monoid and Prelude, and some of one's own.
import Data.Monoid

newtype MaxI = MaxI Int deriving (Show, Eq)
instance Semigroup MaxI where MaxI a <> MaxI b = MaxI (max a b)
instance Monoid MaxI where mempty = MaxI minBound

data Stats = Stats { count :: Int, total :: Int, low :: Int, high :: Int } | NoStats deriving (Show, Eq)
instance Semigroup Stats where
  NoStats <> s = s
  s <> NoStats = s
  Stats c t l h <> Stats c' t' l' h' = Stats (c + c') (t + t') (min l l') (max h h')
instance Monoid Stats where mempty = NoStats

newtype Poly = Poly [Int] deriving (Show, Eq)
instance Semigroup Poly where
  Poly as <> Poly bs = Poly [sum [as !! i * bs !! (k - i) | i <- [0 .. k], i < length as, k - i < length bs] | k <- [0 .. length as + length bs - 2]]
instance Monoid Poly where mempty = Poly [1]

stats :: Int -> Stats
stats x = Stats 1 x x x

main :: IO ()
main = do
  print ("ab" <> "cd", mempty :: String, mconcat [[1], [2, 3], []], LT <> GT, EQ <> GT, mempty :: Ordering)
  print (getSum (Sum 3 <> Sum 4), getProduct (foldMap Product [1 .. 5]), Sum 1, mempty :: Product Int)
  print (getAll (All True <> All False), getAny (mempty <> Any True), All True, (mempty :: All))
  print (getFirst (First (Just 1) <> First Nothing <> First (Just 3)), getLast (Last (Just 1) <> Last Nothing <> Last (Just 3)))
  print (appEndo (Endo (+ 1) <> Endo (* 2)) 10, appEndo (foldMap (Endo . (+)) [1 .. 4]) 0, getDual (Dual "a" <> Dual "b"))
  print (foldMap (\x -> (Sum x, [x], Any (x > 2))) [1, 2, 3])
  print (mconcat (map MaxI [3, 9, 2]), mempty :: MaxI)
  print (foldMap stats [5, 3, 8, 1], mempty <> stats 4, foldMap stats [])
  print (mconcat (replicate 6 (Poly [1, 1])))
  print ((show <> const "-" <> show) 5, (mempty :: Int -> String) 3, (compare <> flip compare) 1 2, () <> ())
  print (Just (Sum 1) <> Nothing <> Just (Sum 5), mempty :: Maybe (Sum Int), (Sum 1, "a") <> (Sum 2, "b"))
  print (Alt (Nothing) <> Alt (Just 1) <> Alt (Just 2), getAp (Ap (Just "x") <> Ap (Just "y")), fmap (+ 1) (Sum 3), Sum 3 + 4)
  print (foldr (<>) mempty (map Just ["p", "q"]), minimum (map Sum [3, 1, 2]), sconcat' [Just [1], Just [2]])
  r <- (return "io" :: IO String) <> (putStrLn "effects too" >> return "!")
  putStrLn r
  where sconcat' = foldr1 (<>)
