-- Associated types, closed and open type families, data families; collections and maps keyed by structure.
{-# LANGUAGE TypeFamilies, FlexibleContexts, FlexibleInstances #-}
import Data.Maybe

class Collection c where
  type Elem c
  cempty :: c
  cinsert :: Elem c -> c -> c
  ctoList :: c -> [Elem c]

instance Collection [a] where
  type Elem [a] = a
  cempty = []
  cinsert = (:)
  ctoList = id

newtype BitSet = BitSet Int deriving Show
instance Collection BitSet where
  type Elem BitSet = Int
  cempty = BitSet 0
  cinsert n (BitSet s) = BitSet (if s `div` 2 ^ n `mod` 2 == 1 then s else s + 2 ^ n)
  ctoList (BitSet s) = [n | n <- [0 .. 20], s `div` 2 ^ n `mod` 2 == 1]

fromL :: Collection c => [Elem c] -> c
fromL = foldr cinsert cempty

convert :: (Collection a, Collection b, Elem a ~ Elem b) => a -> b
convert = fromL . ctoList

class Key k where
  data Map k v
  mempty' :: Map k v
  look :: k -> Map k v -> Maybe v
  put :: k -> v -> Map k v -> Map k v

instance Key () where
  data Map () v = MUnit (Maybe v)
  mempty' = MUnit Nothing
  look () (MUnit v) = v
  put () v _ = MUnit (Just v)

instance Key Bool where
  data Map Bool v = MBool (Maybe v) (Maybe v)
  mempty' = MBool Nothing Nothing
  look b (MBool f t) = if b then t else f
  put b v (MBool f t) = if b then MBool f (Just v) else MBool (Just v) t

instance (Key a, Key b) => Key (Either a b) where
  data Map (Either a b) v = MEither (Map a v) (Map b v)
  mempty' = MEither mempty' mempty'
  look k (MEither l r) = either (`look` l) (`look` r) k
  put k v (MEither l r) = either (\a -> MEither (put a v l) r) (\b -> MEither l (put b v r)) k

instance (Key a, Key b) => Key (a, b) where
  newtype Map (a, b) v = MPair (Map a (Map b v))
  mempty' = MPair mempty'
  look (a, b) (MPair m) = look a m >>= look b
  put (a, b) v (MPair m) = MPair (put a (put b v (fromMaybe mempty' (look a m))) m)

instance Key a => Key [a] where
  data Map [a] v = MList (Maybe v) (Map a (Map [a] v))
  mempty' = MList Nothing mempty'
  look [] (MList v _) = v
  look (a : as) (MList _ m) = look a m >>= look as
  put [] v (MList _ m) = MList (Just v) m
  put (a : as) v (MList w m) = MList w (put a (put as v (fromMaybe mempty' (look a m))) m)

type family Ret f where
  Ret (a -> b) = Ret b
  Ret a = a

class Curry f where
  applyAll :: f -> [Int] -> Ret f
instance Curry f => Curry (Int -> f) where
  applyAll f (n : ns) = applyAll (f n) ns
  applyAll _ [] = error "too few"
instance Curry Int where applyAll n _ = n

bits :: Int -> [Bool]
bits 0 = []
bits n = odd n : bits (n `div` 2)

main :: IO ()
main = do
  print (fromL [3, 1, 3, 7] :: BitSet, ctoList (fromL [3, 1, 3, 7] :: BitSet), convert (BitSet 21) :: [Int], convert [2, 2, 4 :: Int] :: BitSet)
  let m = foldr (\n -> put (bits n) (n * n)) mempty' [1, 3 .. 31]
  print [look (bits n) m | n <- [1 .. 12]]
  let e = put (Left (True, ())) 'a' (put (Right [False]) 'b' (put (Left (False, ())) 'c' mempty'))
  print (map (`look` e) [Left (True, ()), Left (False, ()), Right [False], Right [True], Right []])
  print (look (Left (True, ())) (put (Left (True, ())) 'z' e))
  print (applyAll (\a b c -> a * b + c :: Int) [6, 7, 8] :: Int)
