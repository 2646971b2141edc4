-- What each derived class does: Eq, Ord, Enum, Bounded, Ix, Functor, Foldable, Traversable, and of newtypes.
{-# LANGUAGE DeriveTraversable, GeneralizedNewtypeDeriving, StandaloneDeriving #-}
import Control.Exception
import Data.Array
import Data.Foldable (toList)

data Suit = Clubs | Diamonds | Hearts | Spades deriving (Show, Read, Eq, Ord, Enum, Bounded, Ix)
data Rank = Two | Three | Jack | Queen | King | Ace deriving (Show, Read, Eq, Ord, Enum, Bounded, Ix)
data Card = Card { rank :: Rank, suit :: Suit } deriving (Show, Read, Eq, Ord, Bounded, Ix)
data Tree a = Leaf | Fork { left :: Tree a, item :: a, right :: Tree a } deriving (Show, Read, Eq, Ord, Functor, Foldable, Traversable)
data Mixed a b = One a | Many [b] (Maybe b) | Func (Int -> b) | Pairs (a, b) deriving (Functor)
data Single = Single deriving (Show, Eq, Ord, Enum, Bounded, Ix)
newtype Wrapped a = Wrapped [a] deriving (Show, Eq, Ord, Functor, Foldable, Semigroup, Monoid, Applicative, Monad)
data Void'
deriving instance Show Void'
deriving instance Eq Void'
data Point = Point Int Int deriving (Eq, Ord, Show, Ix)
data Big = B0 | B1 Int | B2 | B3 Char Int | B4 { b :: Bool } | B5 | B6 | B7 | B8 deriving (Eq, Ord, Show)

attempt :: Show a => a -> IO ()
attempt a = do
  r <- try (evaluate a)
  putStrLn (either (\(ErrorCall m) -> "error: " ++ m) show r)

main :: IO ()
main = do
  print ([minBound .. maxBound :: Suit], succ Clubs, pred Spades, [Clubs, Hearts ..], [Spades, Diamonds ..], fromEnum Hearts, toEnum 1 :: Suit)
  attempt (succ Spades)
  attempt (pred Clubs)
  attempt (toEnum 9 :: Suit)
  print (minBound :: Card, maxBound :: Card, Card Two Spades < Card Three Clubs, compare (Card Ace Clubs) (Card Ace Clubs), maximum [Card Jack Hearts, Card Queen Clubs])
  print (length (range (Card Two Clubs, Card King Hearts)), index (Card Two Clubs, Card Ace Spades) (Card Queen Hearts), inRange (Card Three Diamonds, Card Ace Hearts) (Card King Spades))
  let counts = accumArray (+) 0 (minBound, maxBound) [(s, 1) | (s, k) <- zip (cycle [Hearts, Clubs, Hearts, Spades]) [1 .. 10 :: Int], odd k] :: Array Suit Int
  print counts
  print (range (Point 0 1, Point 1 3), index (Point 0 0, Point 9 9) (Point 3 4), listArray (Point 0 0, Point 1 1) "abcd" ! Point 1 0)
  let t = Fork (Fork Leaf 1 Leaf) 2 (Fork Leaf 3 (Fork Leaf (-4) Leaf))
  print (fmap (* 2) t)
  print (sum t, toList t, maximum t, traverse (\x -> if x > 5 then Nothing else Just (show x)) t)
  print (t == fmap id t, t < fmap (+ 1) t, compare t Leaf, read (show t) == t, Leaf < t)
  print (case fmap (+ 1) (Func (* 2) :: Mixed () Int) of { Func f -> f 20; _ -> 0 }, case fmap show (Pairs ('x', 1)) of { Pairs p -> p; _ -> (' ', "") })
  print ([minBound .. maxBound :: Single], Wrapped [1, 2] <> Wrapped [3], mempty :: Wrapped Int, Wrapped [1, 2] >>= \x -> Wrapped [x, x * 10], sum (Wrapped [4, 5]))
  print [compare x y | x <- bigs, y <- bigs]
  print ([] == ([] :: [Void']), maximum bigs, B3 'a' 2 < B3 'a' 3, B4 False < B4 True)
  where bigs = [B0, B1 (-1), B1 3, B2, B3 'x' 1, B4 True, B8]
