-- Functors combined: Compose, Product, Sum; comparing, showing and reading through Eq1, Ord1, Show1, Read1; contravariant
-- functors; structures with elements of two types.
module Main (main) where

import Control.Applicative
import Data.Bifoldable
import Data.Bifunctor
import Data.Bitraversable
import Data.Functor.Classes
import Data.Functor.Compose
import Data.Functor.Const
import Data.Functor.Contravariant
import Data.Functor.Identity
import Data.Functor.Product
import Data.Functor.Sum
import Data.List (sortBy)
import Data.List.NonEmpty (NonEmpty (..))
import Data.Ord (Down (..))
import Data.Proxy

-- A type that is recursive through a functor
newtype Fix f = Fix (f (Fix f))

instance Show1 f => Show (Fix f) where
    showsPrec d (Fix a) = showParen (d > 10) (showString "Fix " . liftShowsPrec showsPrec showList 11 a)

instance Eq1 f => Eq (Fix f) where
    Fix a == Fix b = liftEq (==) a b

instance Ord1 f => Ord (Fix f) where
    compare (Fix a) (Fix b) = liftCompare compare a b

data Cons a r = Nil | Cons a r

instance Eq a => Eq1 (Cons a) where
    liftEq _ Nil Nil = True
    liftEq eq (Cons a r) (Cons b s) = a == b && eq r s
    liftEq _ _ _ = False

instance Ord a => Ord1 (Cons a) where
    liftCompare _ Nil Nil = EQ
    liftCompare _ Nil _ = LT
    liftCompare _ _ Nil = GT
    liftCompare cmp (Cons a r) (Cons b s) = compare a b <> cmp r s

instance Show a => Show1 (Cons a) where
    liftShowsPrec _ _ _ Nil = showString "Nil"
    liftShowsPrec sp _ d (Cons a r) = showsBinaryWith showsPrec sp "Cons" d a r

chain :: [a] -> Fix (Cons a)
chain = foldr (\a r -> Fix (Cons a r)) (Fix Nil)

-- A pair with a note
data Noted n a b = Noted n a b
    deriving (Show)

instance Bifunctor (Noted n) where
    bimap f g (Noted n a b) = Noted n (f a) (g b)

instance Bifoldable (Noted n) where
    bifoldMap f g (Noted _ a b) = f a <> g b

instance Bitraversable (Noted n) where
    bitraverse f g (Noted n a b) = Noted n <$> f a <*> g b

main :: IO ()
main = do
    let c = Compose [Just 1, Nothing, Just (3 :: Int)]
        p = Pair (Just 'a') "bc"
        s = [InL (Just 2), InR [3, 4], InL Nothing] :: [Sum Maybe [] Int]
    print (fmap (* 10) c, sum c, length c)
    print (getCompose <$> traverse (\n -> if n > 0 then Right (n + 1) else Left n) c)
    print (Compose [Just (+ 1)] <*> c, Compose (Just [1]) == Compose (Just [1 :: Int]), compare c (fmap negate c))
    print (p, foldr (:) [] p, fmap succ p, p < Pair (Just 'a') "bd")
    print (Pair [1, 2] (Just 3) >>= \n -> Pair [n, n * n] (if n > 2 then Nothing else Just (n :: Int)))
    print (s, map sum s, maximum s, s == s)
    print (read "Compose (Just [1,2])" :: Compose Maybe [] Int)
    print (read "Pair (Just 1) [2]" :: Product Maybe [] Int, read "InR (Identity 'x')" :: Sum Maybe Identity Char)
    print (chain [3, 1, 2 :: Int])
    print (chain "ab" == chain "ab", compare (chain "ab") (chain "aab"), chain "" < chain "a")
    print (liftCompare (\a b -> compare (b :: Int) a) [1, 2] [1, 3], liftEq (\a b -> a == length b) (Just 2) (Just "xy"))
    print (eq1 (Identity 1) (Identity (1 :: Int)), compare1 (Down 1) (Down (2 :: Int)), eq2 (Left 1) (Right 'x' :: Either Int Char), compare2 (1 :: Int, 'b') (1, 'a'))
    putStrLn (liftShowsPrec (\_ b -> showString (if b then "yes" else "no")) (\bs -> shows (length bs)) 11 (Just True) "")
    putStrLn (liftShowsPrec2 showsPrec showList (\_ -> showChar) showString 11 (Right 'r' :: Either Int Char) "")
    putStrLn (showsPrec1 11 ('n' :| "e") (showsPrec1 0 (Const 1 :: Const Int ()) (showsPrec1 0 (Proxy :: Proxy Int) "")))
    print (fst (head (readsPrec1 0 "Just 5 rest")) :: Maybe Int, fst (head (readsPrec1 11 "(Identity 7)")) :: Identity Int)

    let short = Predicate ((< 4) . length) :: Predicate String
        byLength = length >$< defaultComparison
    print (map (getPredicate short) ["one", "three"], getPredicate (show >$< short) (12345 :: Int))
    print (sortBy (getComparison (byLength <> defaultComparison)) ["pear", "fig", "apple", "kiwi", "date"])
    print (getEquivalence (contramap (`mod` 7) defaultEquivalence) 10 (17 :: Int), getOp (contramap length (Op (* 2))) "abcd" :: Int)
    print (getEquivalence (comparisonEquivalence byLength) "abc" "xyz")

    print (bimap length show (Noted 'n' "abc" (4 :: Int)), first negate (1 :: Int, 'x'), second not (Right True :: Either () Bool))
    print (bifoldMap show (: []) (Noted () (12 :: Int) 'c'), biList (Noted () 1 (2 :: Int)), bisum (3, 4 :: Int), biany even odd (2 :: Int, 2 :: Int))
    print (bitraverse (\a -> [a, a + 1]) (\b -> [b]) (Noted "z" (1 :: Int) 'b'))
    print (bisequence (Just 1, Nothing :: Maybe Int), bifor (Left 3 :: Either Int Int) Just (const Nothing) :: Maybe (Either Int Int))
    print (bimapAccumL (\n a -> (n + 1, (n, a))) (\n b -> (n * 10, (n, b))) 5 (Noted () 'a' 'b'), bilength (Left 1 :: Either Int Int), biconcat ("ab", "cd"))
    print (empty :: Compose Maybe [] Int, Compose (Just [1]) <|> Compose Nothing :: Compose Maybe [] Int)
