-- Foldable and Traversable of a tree of one's own: derived, by foldMap, by foldr; what the functions of Data.Foldable do with it.
{-# LANGUAGE DeriveFunctor, DeriveFoldable, DeriveTraversable #-}
import Data.Foldable
import Data.Monoid
import Data.Traversable

data Tree a = Leaf | Node (Tree a) a (Tree a) deriving (Show, Eq, Functor, Foldable, Traversable)
data Rose a = Rose a [Rose a] deriving (Show, Functor, Foldable, Traversable)
data Two f a = Two (f a) (Maybe a) Int deriving (Show, Functor, Foldable, Traversable)

newtype Backwards a = Backwards (Tree a)
instance Foldable Backwards where
  foldMap _ (Backwards Leaf) = mempty
  foldMap f (Backwards (Node l x r)) = foldMap f (Backwards r) <> f x <> foldMap f (Backwards l)

insert :: Ord a => a -> Tree a -> Tree a
insert x Leaf = Node Leaf x Leaf
insert x t@(Node l y r) = case compare x y of
  LT -> Node (insert x l) y r
  GT -> Node l y (insert x r)
  EQ -> t

fromList :: Ord a => [a] -> Tree a
fromList = foldl (flip insert) Leaf

labelled :: Traversable t => t a -> t (Int, a)
labelled = snd . mapAccumL (\n a -> (n + 1, (n, a))) 0

main :: IO ()
main = do
  let t = fromList [5, 2, 8, 1, 9, 3 :: Int]
      rose = Rose 'a' [Rose 'b' [Rose 'c' []], Rose 'd' [], Rose 'e' [Rose 'f' [], Rose 'g' []]]
  print t
  print (toList t, toList (Backwards t), sum t, product t, length t, maximum t, minimum t, elem 8 t, null t, null (Leaf :: Tree Int))
  print (foldr (:) [] rose, foldl (flip (:)) [] rose, foldr1 max rose, foldl1 min rose, foldMap (: []) rose)
  print (fold (fmap show t), getSum (foldMap Sum t), getAll (foldMap (All . (> 0)) t), getAny (foldMap (Any . (> 8)) t), getFirst (foldMap (First . Just) t), getLast (foldMap (Last . Just) t))
  print (find even t, find (> 100) t, all odd t, any even t, concatMap show t, notElem 4 t, foldl' (-) 0 t, foldr' (-) 0 t)
  print (labelled rose)
  print (traverse (\x -> if x > 0 then Just (x * 10) else Nothing) t)
  print (traverse (\x -> if x > 1 then Right x else Left ("bad " ++ show x)) t)
  print (sequenceA (fmap (\x -> [x, -x]) (fromList [1, 2])))
  mapM_ putStr (fmap show t) >> putStrLn ""
  for_ (Backwards t) (\x -> putStr (show x ++ " ")) >> putStrLn ""
  t' <- for t (\x -> putStr ("<" ++ show x ++ ">") >> return (even x))
  putStrLn "" >> print t'
  print (mapAccumR (\acc x -> (acc + x, acc)) 0 t)
  print (Two [1, 2] (Just 3) 4, sum (Two [1, 2] (Just 3) 4), fmap negate (Two [1, 2] (Just 3) 4), traverse Just (Two "ab" Nothing 0))
  print (foldlM (\acc x -> if x == 8 then Left acc else Right (acc + x)) 0 t, foldrM (\x acc -> [x + acc]) 0 t, sequence_ [Just 1, Just 2], and (Just False), or [True], maximumBy (\a b -> compare (negate a) (negate b)) t)
  print (sum (3, 4), length (1, 2), toList (Just 'x'), maximum (Right 3 :: Either () Int), foldMap (\x -> (Sum x, Product x, [x])) t)
