{-# LANGUAGE NoImplicitPrelude #-}
module Data.List.NonEmpty
    ( NonEmpty (..), map, intersperse, scanl, scanr, scanl1, scanr1, transpose, sortBy, sortWith, length, head, tail, last, init, singleton, (<|), cons
    , uncons, unfold, unfoldr, sort, reverse, inits, tails, iterate, repeat, cycle, insert, some1, take, drop, splitAt, takeWhile, dropWhile
    , span, break, filter, partition, group, groupBy, groupWith, groupAllWith, groupWith1, groupAllWith1, group1, groupBy1, isPrefixOf, nub, nubBy, (!!), zip, zipWith, unzip
    , fromList, toList, nonEmpty, xor
    ) where

import Control.Applicative (Alternative, many)
import qualified Data.Foldable as Foldable
import qualified Data.List as List
import Data.Ord (comparing)
import GHC.Base (NonEmpty (..))
import Prelude hiding
    ( break, cycle, drop, dropWhile, filter, head, init, iterate, last, length, map, repeat, reverse, scanl, scanl1, scanr, scanr1, span, splitAt, tail
    , take, takeWhile, unzip, zip, zipWith, (!!) )

infixr 5 <|
infixl 9 !!

fromList :: [a] -> NonEmpty a
fromList (a : as) = a :| as
fromList [] = errorWithoutStackTrace "NonEmpty.fromList: empty list"

toList :: NonEmpty a -> [a]
toList ~(a :| as) = a : as

nonEmpty :: [a] -> Maybe (NonEmpty a)
nonEmpty [] = Nothing
nonEmpty (a : as) = Just (a :| as)

-- | By way of lists, where there is one element at least before and after.
lift :: Foldable f => ([a] -> [b]) -> f a -> NonEmpty b
lift f = fromList . f . Foldable.toList

length :: NonEmpty a -> Int
length (_ :| xs) = 1 + List.length xs

xor :: NonEmpty Bool -> Bool
xor (x :| xs) = foldr (/=) x xs

uncons :: NonEmpty a -> (a, Maybe (NonEmpty a))
uncons ~(a :| as) = (a, nonEmpty as)

unfold :: (a -> (b, Maybe a)) -> a -> NonEmpty b
unfold = unfoldr

unfoldr :: (a -> (b, Maybe a)) -> a -> NonEmpty b
unfoldr f a = case f a of (b, next) -> b :| maybe [] go next
  where
    go c = case f c of (d, next) -> d : maybe [] go next

head, last :: NonEmpty a -> a
head (a :| _) = a
last ~(a :| as) = List.last (a : as)

tail, init :: NonEmpty a -> [a]
tail (_ :| as) = as
init ~(a :| as) = List.init (a : as)

singleton :: a -> NonEmpty a
singleton a = a :| []

(<|), cons :: a -> NonEmpty a -> NonEmpty a
a <| ~(b :| bs) = a :| b : bs
cons = (<|)

map :: (a -> b) -> NonEmpty a -> NonEmpty b
map f ~(a :| as) = f a :| fmap f as

inits, tails :: Foldable f => f a -> NonEmpty [a]
inits = lift List.inits
tails = lift List.tails

insert :: (Foldable f, Ord a) => a -> f a -> NonEmpty a
insert a = lift (List.insert a)

some1 :: Alternative f => f a -> f (NonEmpty a)
some1 x = (:|) <$> x <*> many x

scanl :: Foldable f => (b -> a -> b) -> b -> f a -> NonEmpty b
scanl f z = lift (List.scanl f z)

scanr :: Foldable f => (a -> b -> b) -> b -> f a -> NonEmpty b
scanr f z = lift (List.scanr f z)

scanl1, scanr1 :: (a -> a -> a) -> NonEmpty a -> NonEmpty a
scanl1 f = lift (List.scanl1 f)
scanr1 f = lift (List.scanr1 f)

intersperse :: a -> NonEmpty a -> NonEmpty a
intersperse a = lift (List.intersperse a)

iterate :: (a -> a) -> a -> NonEmpty a
iterate f a = a :| List.iterate f (f a)

cycle :: NonEmpty a -> NonEmpty a
cycle = lift List.cycle

reverse :: NonEmpty a -> NonEmpty a
reverse = lift List.reverse

repeat :: a -> NonEmpty a
repeat a = a :| List.repeat a

take, drop :: Int -> NonEmpty a -> [a]
take n = List.take n . toList
drop n = List.drop n . toList

splitAt :: Int -> NonEmpty a -> ([a], [a])
splitAt n = List.splitAt n . toList

takeWhile, dropWhile, filter :: (a -> Bool) -> NonEmpty a -> [a]
takeWhile p = List.takeWhile p . toList
dropWhile p = List.dropWhile p . toList
filter p = List.filter p . toList

span, break, partition :: (a -> Bool) -> NonEmpty a -> ([a], [a])
span p = List.span p . toList
break p = List.break p . toList
partition p = List.partition p . toList

group :: (Foldable f, Eq a) => f a -> [NonEmpty a]
group = groupBy (==)

groupBy :: Foldable f => (a -> a -> Bool) -> f a -> [NonEmpty a]
groupBy eq0 = go eq0 . Foldable.toList
  where
    go _ [] = []
    go eq (x : xs) = (x :| ys) : groupBy eq zs
      where
        (ys, zs) = List.span (eq x) xs

groupWith, groupAllWith :: Ord b => (a -> b) -> [a] -> [NonEmpty a]
groupWith f = groupBy (\x y -> f x == f y)
groupAllWith f = groupWith f . List.sortBy (comparing f)

groupWith1, groupAllWith1 :: Ord b => (a -> b) -> NonEmpty a -> NonEmpty (NonEmpty a)
groupWith1 f = groupBy1 (\x y -> f x == f y)
groupAllWith1 f = groupWith1 f . sortBy (comparing f)

group1 :: Eq a => NonEmpty a -> NonEmpty (NonEmpty a)
group1 = groupBy1 (==)

groupBy1 :: (a -> a -> Bool) -> NonEmpty a -> NonEmpty (NonEmpty a)
groupBy1 eq (x :| xs) = (x :| ys) :| groupBy eq zs
  where
    (ys, zs) = List.span (eq x) xs

isPrefixOf :: Eq a => [a] -> NonEmpty a -> Bool
isPrefixOf xs ne = List.isPrefixOf xs (toList ne)

(!!) :: NonEmpty a -> Int -> a
~(x :| xs) !! n
    | n == 0 = x
    | n > 0 = xs List.!! (n - 1)
    | otherwise = errorWithoutStackTrace "NonEmpty.!! negative argument"

zip :: NonEmpty a -> NonEmpty b -> NonEmpty (a, b)
zip ~(x :| xs) ~(y :| ys) = (x, y) :| List.zip xs ys

zipWith :: (a -> b -> c) -> NonEmpty a -> NonEmpty b -> NonEmpty c
zipWith f ~(x :| xs) ~(y :| ys) = f x y :| List.zipWith f xs ys

unzip :: Functor f => f (a, b) -> (f a, f b)
unzip xs = (fst <$> xs, snd <$> xs)

nub :: Eq a => NonEmpty a -> NonEmpty a
nub = nubBy (==)

nubBy :: (a -> a -> Bool) -> NonEmpty a -> NonEmpty a
nubBy eq = lift (List.nubBy eq)

transpose :: NonEmpty (NonEmpty a) -> NonEmpty (NonEmpty a)
transpose = fmap fromList . fromList . List.transpose . toList . fmap toList

sort :: Ord a => NonEmpty a -> NonEmpty a
sort = lift List.sort

sortBy :: (a -> a -> Ordering) -> NonEmpty a -> NonEmpty a
sortBy f = lift (List.sortBy f)

sortWith :: Ord o => (a -> o) -> NonEmpty a -> NonEmpty a
sortWith = sortBy . comparing
