-- Queues of two lists, abstract.
module Queue (Queue, empty, fromList, toList, (|>), pop, size, isEmpty) where

import Prelude hiding (length)
import qualified Prelude as P

infixl 5 |>

data Queue a = Queue !Int [a] [a]

instance Show a => Show (Queue a) where
  showsPrec d q = showParen (d > 10) (showString "fromList " . showsPrec 11 (toList q))
instance Eq a => Eq (Queue a) where p == q = toList p == toList q
instance Functor Queue where fmap f (Queue n front back) = Queue n (map f front) (map f back)
instance Foldable Queue where
  foldr f z (Queue _ front back) = foldr f (foldl (flip f) z back) front

empty :: Queue a
empty = Queue 0 [] []

fromList :: [a] -> Queue a
fromList xs = Queue (P.length xs) xs []

toList :: Queue a -> [a]
toList = foldr (:) []

(|>) :: Queue a -> a -> Queue a
Queue n front back |> a = Queue (n + 1) front (a : back)

pop :: Queue a -> Maybe (a, Queue a)
pop (Queue _ [] []) = Nothing
pop (Queue n [] back) = pop (Queue n (reverse back) [])
pop (Queue n (a : front) back) = Just (a, Queue (n - 1) front back)

size :: Queue a -> Int
size (Queue n _ _) = n

isEmpty :: Queue a -> Bool
isEmpty = (== 0) . size
