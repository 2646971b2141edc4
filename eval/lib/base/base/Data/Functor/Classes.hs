{-# LANGUAGE NoImplicitPrelude #-}
-- | Eq, Ord, Read and Show of types that take one argument, or two, given what compares, reads or shows the arguments.
module Data.Functor.Classes
    ( Eq1 (..), eq1, Ord1 (..), compare1
    , Read1 (..), readsPrec1, readPrec1, liftReadListDefault, liftReadListPrecDefault
    , Show1 (..), showsPrec1
    , Eq2 (..), eq2, Ord2 (..), compare2
    , Read2 (..), readsPrec2, readPrec2, liftReadList2Default, liftReadListPrec2Default
    , Show2 (..), showsPrec2
    , readsData, readData, readsUnaryWith, readUnaryWith, readsBinaryWith, readBinaryWith
    , showsUnaryWith, showsBinaryWith
    , readsUnary, readsUnary1, readsBinary1, showsUnary, showsUnary1, showsBinary1
    ) where

import Control.Applicative (Alternative ((<|>)), Const (..))
import Data.Complex (Complex (..))
import Data.Functor.Identity
import Data.List.NonEmpty (NonEmpty (..))
import Data.Ord (Down (..))
import Data.Proxy
import GHC.Read (expectP, list, paren, parens)
import Prelude
import Text.ParserCombinators.ReadPrec
import Text.Read (Read (..))
import Text.Read.Lex (Lexeme (..))

-- Of one argument

class Eq1 f where
    liftEq :: (a -> b -> Bool) -> f a -> f b -> Bool

eq1 :: (Eq1 f, Eq a) => f a -> f a -> Bool
eq1 = liftEq (==)

class Eq1 f => Ord1 f where
    liftCompare :: (a -> b -> Ordering) -> f a -> f b -> Ordering

compare1 :: (Ord1 f, Ord a) => f a -> f a -> Ordering
compare1 = liftCompare compare

class Read1 f where
    {-# MINIMAL liftReadsPrec | liftReadPrec #-}
    liftReadsPrec :: (Int -> ReadS a) -> ReadS [a] -> Int -> ReadS (f a)
    liftReadsPrec p l = readPrec_to_S (liftReadPrec (readS_to_Prec p) (readS_to_Prec (const l)))
    liftReadList :: (Int -> ReadS a) -> ReadS [a] -> ReadS [f a]
    liftReadList p l = readPrec_to_S (list (readS_to_Prec (liftReadsPrec p l))) 0
    liftReadPrec :: ReadPrec a -> ReadPrec [a] -> ReadPrec (f a)
    liftReadPrec p l = readS_to_Prec (liftReadsPrec (readPrec_to_S p) (readPrec_to_S l 0))
    liftReadListPrec :: ReadPrec a -> ReadPrec [a] -> ReadPrec [f a]
    liftReadListPrec p l = list (liftReadPrec p l)

readsPrec1 :: (Read1 f, Read a) => Int -> ReadS (f a)
readsPrec1 = liftReadsPrec readsPrec readList

readPrec1 :: (Read1 f, Read a) => ReadPrec (f a)
readPrec1 = liftReadPrec readPrec readListPrec

liftReadListDefault :: Read1 f => (Int -> ReadS a) -> ReadS [a] -> ReadS [f a]
liftReadListDefault p l = readPrec_to_S (liftReadListPrec (readS_to_Prec p) (readS_to_Prec (const l))) 0

liftReadListPrecDefault :: Read1 f => ReadPrec a -> ReadPrec [a] -> ReadPrec [f a]
liftReadListPrecDefault p l = list (liftReadPrec p l)

class Show1 f where
    liftShowsPrec :: (Int -> a -> ShowS) -> ([a] -> ShowS) -> Int -> f a -> ShowS
    liftShowList :: (Int -> a -> ShowS) -> ([a] -> ShowS) -> [f a] -> ShowS
    liftShowList p l = showListOf (liftShowsPrec p l 0)

showsPrec1 :: (Show1 f, Show a) => Int -> f a -> ShowS
showsPrec1 = liftShowsPrec showsPrec showList

showListOf :: (a -> ShowS) -> [a] -> ShowS
showListOf _ [] = showString "[]"
showListOf one (x : xs) = showChar '[' . one x . foldr (\y r -> showChar ',' . one y . r) (showChar ']') xs

-- Of two

class Eq2 f where
    liftEq2 :: (a -> b -> Bool) -> (c -> d -> Bool) -> f a c -> f b d -> Bool

eq2 :: (Eq2 f, Eq a, Eq b) => f a b -> f a b -> Bool
eq2 = liftEq2 (==) (==)

class Eq2 f => Ord2 f where
    liftCompare2 :: (a -> b -> Ordering) -> (c -> d -> Ordering) -> f a c -> f b d -> Ordering

compare2 :: (Ord2 f, Ord a, Ord b) => f a b -> f a b -> Ordering
compare2 = liftCompare2 compare compare

class Read2 f where
    {-# MINIMAL liftReadsPrec2 | liftReadPrec2 #-}
    liftReadsPrec2 :: (Int -> ReadS a) -> ReadS [a] -> (Int -> ReadS b) -> ReadS [b] -> Int -> ReadS (f a b)
    liftReadsPrec2 p l q m = readPrec_to_S (liftReadPrec2 (readS_to_Prec p) (readS_to_Prec (const l)) (readS_to_Prec q) (readS_to_Prec (const m)))
    liftReadList2 :: (Int -> ReadS a) -> ReadS [a] -> (Int -> ReadS b) -> ReadS [b] -> ReadS [f a b]
    liftReadList2 p l q m = readPrec_to_S (list (readS_to_Prec (liftReadsPrec2 p l q m))) 0
    liftReadPrec2 :: ReadPrec a -> ReadPrec [a] -> ReadPrec b -> ReadPrec [b] -> ReadPrec (f a b)
    liftReadPrec2 p l q m = readS_to_Prec (liftReadsPrec2 (readPrec_to_S p) (readPrec_to_S l 0) (readPrec_to_S q) (readPrec_to_S m 0))
    liftReadListPrec2 :: ReadPrec a -> ReadPrec [a] -> ReadPrec b -> ReadPrec [b] -> ReadPrec [f a b]
    liftReadListPrec2 p l q m = list (liftReadPrec2 p l q m)

readsPrec2 :: (Read2 f, Read a, Read b) => Int -> ReadS (f a b)
readsPrec2 = liftReadsPrec2 readsPrec readList readsPrec readList

readPrec2 :: (Read2 f, Read a, Read b) => ReadPrec (f a b)
readPrec2 = liftReadPrec2 readPrec readListPrec readPrec readListPrec

liftReadList2Default :: Read2 f => (Int -> ReadS a) -> ReadS [a] -> (Int -> ReadS b) -> ReadS [b] -> ReadS [f a b]
liftReadList2Default p l q m =
    readPrec_to_S (liftReadListPrec2 (readS_to_Prec p) (readS_to_Prec (const l)) (readS_to_Prec q) (readS_to_Prec (const m))) 0

liftReadListPrec2Default :: Read2 f => ReadPrec a -> ReadPrec [a] -> ReadPrec b -> ReadPrec [b] -> ReadPrec [f a b]
liftReadListPrec2Default p l q m = list (liftReadPrec2 p l q m)

class Show2 f where
    liftShowsPrec2 :: (Int -> a -> ShowS) -> ([a] -> ShowS) -> (Int -> b -> ShowS) -> ([b] -> ShowS) -> Int -> f a b -> ShowS
    liftShowList2 :: (Int -> a -> ShowS) -> ([a] -> ShowS) -> (Int -> b -> ShowS) -> ([b] -> ShowS) -> [f a b] -> ShowS
    liftShowList2 p l q m = showListOf (liftShowsPrec2 p l q m 0)

showsPrec2 :: (Show2 f, Show a, Show b) => Int -> f a b -> ShowS
showsPrec2 = liftShowsPrec2 showsPrec showList showsPrec showList

-- What instances are made of: a constructor's name, and its one field or two

readsData :: (String -> ReadS a) -> Int -> ReadS a
readsData reader d = readParen (d > 10) (\r -> [result | (name, s) <- lex r, result <- reader name s])

readData :: ReadPrec a -> ReadPrec a
readData reader = parens (prec 10 reader)

readsUnaryWith :: (Int -> ReadS a) -> String -> (a -> t) -> String -> ReadS t
readsUnaryWith p name con given s = [(con x, t) | given == name, (x, t) <- p 11 s]

readUnaryWith :: ReadPrec a -> String -> (a -> t) -> ReadPrec t
readUnaryWith p name con = do
    expectP (Ident name)
    x <- step p
    return (con x)

readsBinaryWith :: (Int -> ReadS a) -> (Int -> ReadS b) -> String -> (a -> b -> t) -> String -> ReadS t
readsBinaryWith p q name con given s = [(con x y, u) | given == name, (x, t) <- p 11 s, (y, u) <- q 11 t]

readBinaryWith :: ReadPrec a -> ReadPrec b -> String -> (a -> b -> t) -> ReadPrec t
readBinaryWith p q name con = do
    expectP (Ident name)
    x <- step p
    y <- step q
    return (con x y)

showsUnaryWith :: (Int -> a -> ShowS) -> String -> Int -> a -> ShowS
showsUnaryWith p name d x = showParen (d > 10) (showString name . showChar ' ' . p 11 x)

showsBinaryWith :: (Int -> a -> ShowS) -> (Int -> b -> ShowS) -> String -> Int -> a -> b -> ShowS
showsBinaryWith p q name d x y = showParen (d > 10) (showString name . showChar ' ' . p 11 x . showChar ' ' . q 11 y)

readsUnary :: Read a => String -> (a -> t) -> String -> ReadS t
readsUnary = readsUnaryWith readsPrec

readsUnary1 :: (Read1 f, Read a) => String -> (f a -> t) -> String -> ReadS t
readsUnary1 = readsUnaryWith readsPrec1

readsBinary1 :: (Read1 f, Read1 g, Read a) => String -> (f a -> g a -> t) -> String -> ReadS t
readsBinary1 = readsBinaryWith readsPrec1 readsPrec1

showsUnary :: Show a => String -> Int -> a -> ShowS
showsUnary = showsUnaryWith showsPrec

showsUnary1 :: (Show1 f, Show a) => String -> Int -> f a -> ShowS
showsUnary1 = showsUnaryWith showsPrec1

showsBinary1 :: (Show1 f, Show1 g, Show a) => String -> Int -> f a -> g a -> ShowS
showsBinary1 = showsBinaryWith showsPrec1 showsPrec1

-- Instances

instance Eq1 Maybe where
    liftEq _ Nothing Nothing = True
    liftEq eq (Just x) (Just y) = eq x y
    liftEq _ _ _ = False

instance Ord1 Maybe where
    liftCompare _ Nothing Nothing = EQ
    liftCompare _ Nothing (Just _) = LT
    liftCompare _ (Just _) Nothing = GT
    liftCompare cmp (Just x) (Just y) = cmp x y

instance Read1 Maybe where
    liftReadPrec p _ = parens (expectP (Ident "Nothing") >> return Nothing) <|> readData (readUnaryWith p "Just" Just)
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show1 Maybe where
    liftShowsPrec _ _ _ Nothing = showString "Nothing"
    liftShowsPrec p _ d (Just x) = showsUnaryWith p "Just" d x

instance Eq1 [] where
    liftEq _ [] [] = True
    liftEq eq (x : xs) (y : ys) = eq x y && liftEq eq xs ys
    liftEq _ _ _ = False

instance Ord1 [] where
    liftCompare _ [] [] = EQ
    liftCompare _ [] (_ : _) = LT
    liftCompare _ (_ : _) [] = GT
    liftCompare cmp (x : xs) (y : ys) = cmp x y `mappend` liftCompare cmp xs ys

instance Read1 [] where
    liftReadPrec _ l = l
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show1 [] where
    liftShowsPrec _ l _ = l

instance Eq1 NonEmpty where
    liftEq eq (a :| as) (b :| bs) = eq a b && liftEq eq as bs

instance Ord1 NonEmpty where
    liftCompare cmp (a :| as) (b :| bs) = cmp a b `mappend` liftCompare cmp as bs

instance Read1 NonEmpty where
    liftReadsPrec p l d = readParen (d > 5) (\s -> [(a :| as, u) | (a, t) <- p 6 s, (":|", t') <- lex t, (as, u) <- l t'])

instance Show1 NonEmpty where
    liftShowsPrec p l d (a :| as) = showParen (d > 5) (p 6 a . showString " :| " . l as)

instance Eq1 Identity where
    liftEq eq (Identity x) (Identity y) = eq x y

instance Ord1 Identity where
    liftCompare cmp (Identity x) (Identity y) = cmp x y

instance Read1 Identity where
    liftReadPrec p _ = readData (readUnaryWith p "Identity" Identity)
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show1 Identity where
    liftShowsPrec p _ d (Identity x) = showsUnaryWith p "Identity" d x

instance Eq1 Proxy where
    liftEq _ _ _ = True

instance Ord1 Proxy where
    liftCompare _ _ _ = EQ

instance Show1 Proxy where
    liftShowsPrec _ _ _ _ = showString "Proxy"

instance Read1 Proxy where
    liftReadPrec _ _ = parens (expectP (Ident "Proxy") >> return Proxy)
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Eq1 Down where
    liftEq eq (Down x) (Down y) = eq x y

instance Ord1 Down where
    liftCompare cmp (Down x) (Down y) = cmp x y -- not the other way round in base 4.15

instance Read1 Down where
    liftReadsPrec p _ = readsData (readsUnaryWith p "Down" Down)

instance Show1 Down where
    liftShowsPrec p _ d (Down x) = showsUnaryWith p "Down" d x

instance Eq1 Complex where
    liftEq eq (x :+ y) (u :+ v) = eq x u && eq y v

instance Read1 Complex where
    liftReadPrec p _ = parens (prec 6 (do
        x <- step p
        expectP (Symbol ":+")
        y <- step p
        return (x :+ y)))
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show1 Complex where
    liftShowsPrec p _ d (x :+ y) = showParen (d > 6) (p 7 x . showString " :+ " . p 7 y)

instance Eq2 (,) where
    liftEq2 e1 e2 (x1, y1) (x2, y2) = e1 x1 x2 && e2 y1 y2

instance Ord2 (,) where
    liftCompare2 c1 c2 (x1, y1) (x2, y2) = c1 x1 x2 `mappend` c2 y1 y2

instance Read2 (,) where
    liftReadPrec2 p _ q _ = parens (paren (do
        x <- p
        expectP (Punc ",")
        y <- q
        return (x, y)))
    liftReadListPrec2 = liftReadListPrec2Default
    liftReadList2 = liftReadList2Default

instance Show2 (,) where
    liftShowsPrec2 p _ q _ _ (x, y) = showChar '(' . p 0 x . showChar ',' . q 0 y . showChar ')'

instance Eq a => Eq1 ((,) a) where
    liftEq = liftEq2 (==)

instance Ord a => Ord1 ((,) a) where
    liftCompare = liftCompare2 compare

instance Read a => Read1 ((,) a) where
    liftReadPrec = liftReadPrec2 readPrec readListPrec
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show a => Show1 ((,) a) where
    liftShowsPrec = liftShowsPrec2 showsPrec showList

instance Eq2 Either where
    liftEq2 e _ (Left x) (Left y) = e x y
    liftEq2 _ e (Right x) (Right y) = e x y
    liftEq2 _ _ _ _ = False

instance Ord2 Either where
    liftCompare2 c _ (Left x) (Left y) = c x y
    liftCompare2 _ _ (Left _) (Right _) = LT
    liftCompare2 _ _ (Right _) (Left _) = GT
    liftCompare2 _ c (Right x) (Right y) = c x y

instance Read2 Either where
    liftReadPrec2 p _ q _ = readData (readUnaryWith p "Left" Left <|> readUnaryWith q "Right" Right)
    liftReadListPrec2 = liftReadListPrec2Default
    liftReadList2 = liftReadList2Default

instance Show2 Either where
    liftShowsPrec2 p _ _ _ d (Left x) = showsUnaryWith p "Left" d x
    liftShowsPrec2 _ _ q _ d (Right x) = showsUnaryWith q "Right" d x

instance Eq a => Eq1 (Either a) where
    liftEq = liftEq2 (==)

instance Ord a => Ord1 (Either a) where
    liftCompare = liftCompare2 compare

instance Read a => Read1 (Either a) where
    liftReadPrec = liftReadPrec2 readPrec readListPrec
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show a => Show1 (Either a) where
    liftShowsPrec = liftShowsPrec2 showsPrec showList

instance Eq2 Const where
    liftEq2 eq _ (Const x) (Const y) = eq x y

instance Ord2 Const where
    liftCompare2 cmp _ (Const x) (Const y) = cmp x y

instance Read2 Const where
    liftReadPrec2 p _ _ _ = readData (readUnaryWith p "Const" Const)
    liftReadListPrec2 = liftReadListPrec2Default
    liftReadList2 = liftReadList2Default

instance Show2 Const where
    liftShowsPrec2 p _ _ _ d (Const x) = showsUnaryWith p "Const" d x

instance Eq a => Eq1 (Const a) where
    liftEq = liftEq2 (==)

instance Ord a => Ord1 (Const a) where
    liftCompare = liftCompare2 compare

instance Read a => Read1 (Const a) where
    liftReadPrec = liftReadPrec2 readPrec readListPrec
    liftReadListPrec = liftReadListPrecDefault
    liftReadList = liftReadListDefault

instance Show a => Show1 (Const a) where
    liftShowsPrec = liftShowsPrec2 showsPrec showList
