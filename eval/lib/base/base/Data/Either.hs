{-# LANGUAGE NoImplicitPrelude #-}
module Data.Either (Either (..), either, lefts, rights, partitionEithers, isLeft, isRight, fromLeft, fromRight) where

import GHC.Base
import GHC.Read
import GHC.Show

data Either a b = Left a | Right b
    deriving (Eq, Ord, Read, Show)

instance Functor (Either e) where
    fmap _ (Left x) = Left x
    fmap f (Right y) = Right (f y)

instance Semigroup (Either a b) where
    Left _ <> b = b
    a <> _ = a

instance Applicative (Either e) where
    pure = Right
    Left e <*> _ = Left e
    Right f <*> r = fmap f r

instance Monad (Either e) where
    Left l >>= _ = Left l
    Right r >>= k = k r

either :: (a -> c) -> (b -> c) -> Either a b -> c
either f _ (Left x) = f x
either _ g (Right y) = g y

lefts :: [Either a b] -> [a]
lefts x = [a | Left a <- x]

rights :: [Either a b] -> [b]
rights x = [a | Right a <- x]

partitionEithers :: [Either a b] -> ([a], [b])
partitionEithers = foldr (either left right) ([], [])
  where
    left a ~(l, r) = (a : l, r)
    right a ~(l, r) = (l, a : r)

isLeft, isRight :: Either a b -> Bool
isLeft (Left _) = True
isLeft (Right _) = False
isRight = not . isLeft

fromLeft :: a -> Either a b -> a
fromLeft _ (Left a) = a
fromLeft a _ = a

fromRight :: b -> Either a b -> b
fromRight _ (Right b) = b
fromRight b _ = b
