-- Red-black trees with insertion and deletion, their invariants checked after every step, beside a sorted list as the oracle; set operations, folds, ranges.
import Data.List

data Colour = R | B deriving (Show, Eq)
data Tree a = E | N Colour (Tree a) a (Tree a)

instance Show a => Show (Tree a) where
  showsPrec _ E = showChar '.'
  showsPrec _ (N c l x r) = showChar (if c == R then '<' else '(') . shows l . showChar ' ' . shows x . showChar ' ' . shows r . showChar (if c == R then '>' else ')')

member :: Ord a => a -> Tree a -> Bool
member _ E = False
member x (N _ l y r) = case compare x y of { LT -> member x l; GT -> member x r; EQ -> True }

insert' :: Ord a => a -> Tree a -> Tree a
insert' x t = blacken (go t)
  where go E = N R E x E
        go s@(N c l y r) = case compare x y of
          LT -> balance c (go l) y r
          GT -> balance c l y (go r)
          EQ -> s

blacken, redden :: Tree a -> Tree a
blacken (N _ l x r) = N B l x r
blacken E = E
redden (N B l x r) = N R l x r
redden t = t

balance :: Colour -> Tree a -> a -> Tree a -> Tree a
balance B (N R (N R a x b) y c) z d = N R (N B a x b) y (N B c z d)
balance B (N R a x (N R b y c)) z d = N R (N B a x b) y (N B c z d)
balance B a x (N R (N R b y c) z d) = N R (N B a x b) y (N B c z d)
balance B a x (N R b y (N R c z d)) = N R (N B a x b) y (N B c z d)
balance c l x r = N c l x r

-- Each half of a deletion says whether the tree has become less high.
delete' :: Ord a => a -> Tree a -> Tree a
delete' x t = blacken (fst (remove t))
  where
    remove E = (E, False)
    remove (N c l y r) = case compare x y of
      LT -> let (l', short) = remove l in if short then fixLeft c l' y r else (N c l' y r, False)
      GT -> let (r', short) = remove r in if short then fixRight c l y r' else (N c l y r', False)
      EQ -> case (l, r) of
        (E, _) -> lift c r
        (_, E) -> lift c l
        _ -> let (least, r', short) = takeLeast r in if short then fixRight c l least r' else (N c l least r', False)
    lift R s = (s, False)
    lift B s@(N R _ _ _) = (blacken s, False)
    lift B s = (s, True)
    takeLeast (N c E y r) = let (s, short) = lift c r in (y, s, short)
    takeLeast (N c l y r) = let (least, l', short) = takeLeast l; (s, short') = if short then fixLeft c l' y r else (N c l' y r, False) in (least, s, short')
    takeLeast E = error "nothing to take"

-- The left subtree is one black node too low.
fixLeft, fixRight :: Colour -> Tree a -> a -> Tree a -> (Tree a, Bool)
fixLeft c l y (N B a z b) = let s = balance B l y (N R a z b) in case s of
  N R p q r' -> (N c (blacken p) q (blacken r'), False)
  N B p q r' | c == R -> (N B p q r', False)
             | otherwise -> (N B p q r', True)
  E -> (E, True)
fixLeft _ l y (N R a z b) = let (s, _) = fixLeft R l y a in (N B s z b, False)
fixLeft c l y E = (N c l y E, True)
fixRight c (N B a z b) y r = let s = balance B (N R a z b) y r in case s of
  N R p q r' -> (N c (blacken p) q (blacken r'), False)
  N B p q r' | c == R -> (N B p q r', False)
             | otherwise -> (N B p q r', True)
  E -> (E, True)
fixRight _ (N R a z b) y r = let (s, _) = fixRight R b y r in (N B a z s, False)
fixRight c E y r = (N c E y r, True)

toList' :: Tree a -> [a]
toList' t = go t []
  where go E = id
        go (N _ l x r) = go l . (x :) . go r

-- Black height if the tree is in order.
height :: Ord a => Tree a -> Either String Int
height t | not (increasing (toList' t)) = Left "out of order"
         | otherwise = go B t
  where
    increasing xs = and (zipWith (<) xs (drop 1 xs))
    go _ E = Right 1
    go R (N R _ _ _) = Left "red below red"
    go _ (N c l _ r) = do
      a <- go c l
      b <- go c r
      if a /= b then Left "heights differ" else Right (a + fromEnum (c == B))

depth :: Tree a -> Int
depth E = 0
depth (N _ l _ r) = 1 + max (depth l) (depth r)

fromList :: Ord a => [a] -> Tree a
fromList = foldl' (flip insert') E

range' :: Ord a => a -> a -> Tree a -> [a]
range' lo hi t = case t of
  E -> []
  N _ l x r | x < lo -> range' lo hi r
            | x > hi -> range' lo hi l
            | otherwise -> range' lo hi l ++ [x] ++ range' lo hi r

data Op = Ins Int | Del Int deriving Show

operations :: Int -> Int -> [Op]
operations seed n = take n (zipWith op rs (drop 1 rs))
  where rs = map (`div` 1024) (iterate (\s -> (s * 1664525 + 1013904223) `mod` 4294967296) seed)
        op a b = if a `mod` 5 < 3 then Ins (b `mod` 60) else Del (b `mod` 60)

run :: Tree Int -> [Op] -> Either (Op, String) (Tree Int, [Int])
run t0 = foldl' step (Right (t0, toList' t0))
  where step (Left e) _ = Left e
        step (Right (t, xs)) op =
          let (t', xs') = case op of { Ins x -> (insert' x t, nub (insert x xs)); Del x -> (delete' x t, delete x xs) }
          in case height t' of
               Left e -> Left (op, e)
               Right _ | toList' t' /= xs' -> Left (op, "contents differ")
                       | otherwise -> Right (t', xs')

main :: IO ()
main = do
  let t = fromList [5, 3, 8, 1, 4, 7, 9, 2, 6 :: Int]
  print t
  mapM_ (print . foldl' (flip delete') t) [[1], [5], [5, 8], [1, 2, 3], [9, 8, 7, 6], [1 .. 9], [42]]
  print (depth (fromList [1 .. 500 :: Int]), height (fromList [1 .. 500 :: Int]), height (fromList "the quick brown fox"))
  print (toList' (fromList "red-black trees keep their balance"), range' 100 112 (fromList [1, 4 .. 200 :: Int]))
  mapM_ (\seed -> putStrLn (either show (\(s, xs) -> show (length xs) ++ " " ++ show (depth s) ++ " " ++ show (take 12 xs)) (run E (operations seed 300)))) [1, 22, 333, 4444]
  let Right (s, _) = run (fromList [0 .. 59]) [Del ((k * 37) `mod` 60) | k <- [0 .. 49]]
  print s
  print (filter (`member` s) [0 .. 59], height s)
  print (toList' (redden s) == toList' s)
