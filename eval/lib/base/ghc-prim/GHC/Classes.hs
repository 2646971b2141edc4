{-# LANGUAGE AllowAmbiguousTypes, BangPatterns, DataKinds, FlexibleContexts, KindSignatures, MagicHash, MultiParamTypeClasses, FunctionalDependencies, NoImplicitPrelude, StandaloneDeriving, UndecidableSuperClasses, UnboxedTuples, ConstraintKinds #-}
-- | Equality, order, and what is said with them of the types that need no more than primitives.
module GHC.Classes
    ( IP (..)
    , Eq (..), Ord (..)
    , eqInt, neInt, gtInt, geInt, ltInt, leInt, compareInt, compareInt#
    , eqWord, neWord, gtWord, geWord, ltWord, leWord, compareWord, compareWord#
    , eqChar, neChar, eqFloat, eqDouble
    , (&&), (||), not
    , divInt#, modInt#
    ) where

import GHC.CString (unpackCString#)
import GHC.Magic ()
import GHC.Prim
import GHC.Tuple
import GHC.Types

infix 4 ==, /=, <, <=, >=, >
infixr 3 &&
infixr 2 ||

-- | Implicit parameters.
class IP (x :: Symbol) a | x -> a where
    ip :: a

class Eq a where
    (==), (/=) :: a -> a -> Bool
    x == y = not (x /= y)
    x /= y = not (x == y)
    {-# INLINE (==) #-}
    {-# INLINE (/=) #-}
    {-# MINIMAL (==) | (/=) #-}

class Eq a => Ord a where
    compare :: a -> a -> Ordering
    (<), (<=), (>), (>=) :: a -> a -> Bool
    max, min :: a -> a -> a
    compare x y = if x == y then EQ else if x <= y then LT else GT
    x < y = case compare x y of LT -> True; _ -> False
    x <= y = case compare x y of GT -> False; _ -> True
    x > y = case compare x y of GT -> True; _ -> False
    x >= y = case compare x y of LT -> False; _ -> True
    max x y = if x <= y then y else x
    min x y = if x <= y then x else y
    {-# MINIMAL compare | (<=) #-}

(&&), (||) :: Bool -> Bool -> Bool
True && x = x
False && _ = False
True || _ = True
False || x = x

not :: Bool -> Bool
not True = False
not False = True

-- Int

instance Eq Int where
    (==) = eqInt
    (/=) = neInt

instance Ord Int where
    compare = compareInt
    (<) = ltInt
    (<=) = leInt
    (>=) = geInt
    (>) = gtInt

eqInt, neInt, gtInt, geInt, ltInt, leInt :: Int -> Int -> Bool
I# x `eqInt` I# y = isTrue# (x ==# y)
I# x `neInt` I# y = isTrue# (x /=# y)
I# x `gtInt` I# y = isTrue# (x ># y)
I# x `geInt` I# y = isTrue# (x >=# y)
I# x `ltInt` I# y = isTrue# (x <# y)
I# x `leInt` I# y = isTrue# (x <=# y)
{-# INLINE [1] eqInt #-}
{-# INLINE [1] neInt #-}
{-# INLINE [1] gtInt #-}
{-# INLINE [1] geInt #-}
{-# INLINE [1] ltInt #-}
{-# INLINE [1] leInt #-}

compareInt :: Int -> Int -> Ordering
I# x `compareInt` I# y = compareInt# x y

compareInt# :: Int# -> Int# -> Ordering
compareInt# x y
    | isTrue# (x <# y) = LT
    | isTrue# (x ==# y) = EQ
    | True = GT

-- Word

instance Eq Word where
    (==) = eqWord
    (/=) = neWord

instance Ord Word where
    compare = compareWord
    (<) = ltWord
    (<=) = leWord
    (>=) = geWord
    (>) = gtWord

eqWord, neWord, gtWord, geWord, ltWord, leWord :: Word -> Word -> Bool
W# x `eqWord` W# y = isTrue# (x `eqWord#` y)
W# x `neWord` W# y = isTrue# (x `neWord#` y)
W# x `gtWord` W# y = isTrue# (x `gtWord#` y)
W# x `geWord` W# y = isTrue# (x `geWord#` y)
W# x `ltWord` W# y = isTrue# (x `ltWord#` y)
W# x `leWord` W# y = isTrue# (x `leWord#` y)
{-# INLINE [1] eqWord #-}
{-# INLINE [1] neWord #-}
{-# INLINE [1] gtWord #-}
{-# INLINE [1] geWord #-}
{-# INLINE [1] ltWord #-}
{-# INLINE [1] leWord #-}

compareWord :: Word -> Word -> Ordering
W# x `compareWord` W# y = compareWord# x y

compareWord# :: Word# -> Word# -> Ordering
compareWord# x y
    | isTrue# (x `ltWord#` y) = LT
    | isTrue# (x `eqWord#` y) = EQ
    | True = GT

-- Char, Float, Double

instance Eq Char where
    (==) = eqChar
    (/=) = neChar

instance Ord Char where
    compare (C# x) (C# y)
        | isTrue# (x `ltChar#` y) = LT
        | isTrue# (x `eqChar#` y) = EQ
        | True = GT
    C# x < C# y = isTrue# (x `ltChar#` y)
    C# x <= C# y = isTrue# (x `leChar#` y)
    C# x >= C# y = isTrue# (x `geChar#` y)
    C# x > C# y = isTrue# (x `gtChar#` y)

eqChar, neChar :: Char -> Char -> Bool
C# x `eqChar` C# y = isTrue# (x `eqChar#` y)
C# x `neChar` C# y = isTrue# (x `neChar#` y)
{-# INLINE [1] eqChar #-}
{-# INLINE [1] neChar #-}

instance Eq Float where
    (==) = eqFloat

-- A number that is none has no place in the order: it is compared as greater, and everything else answers False.
instance Ord Float where
    compare (F# x) (F# y)
        | isTrue# (x `ltFloat#` y) = LT
        | isTrue# (x `eqFloat#` y) = EQ
        | True = GT
    F# x < F# y = isTrue# (x `ltFloat#` y)
    F# x <= F# y = isTrue# (x `leFloat#` y)
    F# x >= F# y = isTrue# (x `geFloat#` y)
    F# x > F# y = isTrue# (x `gtFloat#` y)

eqFloat :: Float -> Float -> Bool
F# x `eqFloat` F# y = isTrue# (x `eqFloat#` y)
{-# INLINE [1] eqFloat #-}

instance Eq Double where
    (==) = eqDouble

instance Ord Double where
    compare (D# x) (D# y)
        | isTrue# (x <## y) = LT
        | isTrue# (x ==## y) = EQ
        | True = GT
    D# x < D# y = isTrue# (x <## y)
    D# x <= D# y = isTrue# (x <=## y)
    D# x >= D# y = isTrue# (x >=## y)
    D# x > D# y = isTrue# (x >## y)

eqDouble :: Double -> Double -> Bool
D# x `eqDouble` D# y = isTrue# (x ==## y)
{-# INLINE [1] eqDouble #-}

-- Enumerations, lists, tuples

deriving instance Eq Bool
deriving instance Ord Bool
deriving instance Eq Ordering
deriving instance Ord Ordering
deriving instance Eq ()
deriving instance Ord ()
deriving instance Eq a => Eq (Solo a)
deriving instance Ord a => Ord (Solo a)

instance Eq a => Eq [a] where
    [] == [] = True
    (x : xs) == (y : ys) = x == y && xs == ys
    _ == _ = False
    {-# SPECIALISE instance Eq [Char] #-}

instance Ord a => Ord [a] where
    compare [] [] = EQ
    compare [] (_ : _) = LT
    compare (_ : _) [] = GT
    compare (x : xs) (y : ys) = case compare x y of
        EQ -> compare xs ys
        other -> other
    {-# SPECIALISE instance Ord [Char] #-}

deriving instance (Eq a, Eq b) => Eq (a, b)
deriving instance (Ord a, Ord b) => Ord (a, b)
deriving instance (Eq a, Eq b, Eq c) => Eq (a, b, c)
deriving instance (Ord a, Ord b, Ord c) => Ord (a, b, c)
deriving instance (Eq a, Eq b, Eq c, Eq d) => Eq (a, b, c, d)
deriving instance (Ord a, Ord b, Ord c, Ord d) => Ord (a, b, c, d)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e) => Eq (a, b, c, d, e)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e) => Ord (a, b, c, d, e)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f) => Eq (a, b, c, d, e, f)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f) => Ord (a, b, c, d, e, f)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g) => Eq (a, b, c, d, e, f, g)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g) => Ord (a, b, c, d, e, f, g)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h) => Eq (a, b, c, d, e, f, g, h)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h) => Ord (a, b, c, d, e, f, g, h)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i) => Eq (a, b, c, d, e, f, g, h, i)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i) => Ord (a, b, c, d, e, f, g, h, i)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j) => Eq (a, b, c, d, e, f, g, h, i, j)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j) => Ord (a, b, c, d, e, f, g, h, i, j)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j, Eq k) => Eq (a, b, c, d, e, f, g, h, i, j, k)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j, Ord k) => Ord (a, b, c, d, e, f, g, h, i, j, k)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j, Eq k, Eq l) => Eq (a, b, c, d, e, f, g, h, i, j, k, l)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j, Ord k, Ord l) => Ord (a, b, c, d, e, f, g, h, i, j, k, l)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j, Eq k, Eq l, Eq m) => Eq (a, b, c, d, e, f, g, h, i, j, k, l, m)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j, Ord k, Ord l, Ord m) => Ord (a, b, c, d, e, f, g, h, i, j, k, l, m)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j, Eq k, Eq l, Eq m, Eq n) => Eq (a, b, c, d, e, f, g, h, i, j, k, l, m, n)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j, Ord k, Ord l, Ord m, Ord n) => Ord (a, b, c, d, e, f, g, h, i, j, k, l, m, n)
deriving instance (Eq a, Eq b, Eq c, Eq d, Eq e, Eq f, Eq g, Eq h, Eq i, Eq j, Eq k, Eq l, Eq m, Eq n, Eq o) => Eq (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
deriving instance (Ord a, Ord b, Ord c, Ord d, Ord e, Ord f, Ord g, Ord h, Ord i, Ord j, Ord k, Ord l, Ord m, Ord n, Ord o) => Ord (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)

-- TyCons are told apart by their fingerprints

instance Eq Module where
    Module p m == Module q n = p == q && m == n

instance Eq TrName where
    TrNameS a == TrNameS b = unpackCString# a == unpackCString# b
    a == b = string a == string b
      where
        string (TrNameS s) = unpackCString# s
        string (TrNameD s) = s

instance Eq TyCon where
    TyCon a b _ _ _ _ == TyCon c d _ _ _ _ = isTrue# (a `eqWord#` c) && isTrue# (b `eqWord#` d)

instance Ord TyCon where
    compare (TyCon a b _ _ _ _) (TyCon c d _ _ _ _) = case compareWord# a c of
        EQ -> compareWord# b d
        other -> other

-- | Division that rounds down, and what is left over, which has the sign of the divisor.
divInt#, modInt# :: Int# -> Int# -> Int#
x `divInt#` y = case quotRemInt# x y of
    (# q, r #) -> q -# roundedUp r y
x `modInt#` y = case remInt# x y of
    r -> r +# (negateInt# (roundedUp r y) `andI#` y)
{-# INLINE [0] divInt# #-}
{-# INLINE [0] modInt# #-}

-- | 1 if a remainder is there whose sign is not the divisor's.
roundedUp :: Int# -> Int# -> Int#
roundedUp r y = (r /=# 0#) `andI#` ((r `xorI#` y) <# 0#)
{-# INLINE roundedUp #-}

-- Constraints in tuples

class ()
class (c1, c2) => (c1, c2)
class (c1, c2, c3) => (c1, c2, c3)
class (c1, c2, c3, c4) => (c1, c2, c3, c4)
class (c1, c2, c3, c4, c5) => (c1, c2, c3, c4, c5)
class (c1, c2, c3, c4, c5, c6) => (c1, c2, c3, c4, c5, c6)
class (c1, c2, c3, c4, c5, c6, c7) => (c1, c2, c3, c4, c5, c6, c7)
class (c1, c2, c3, c4, c5, c6, c7, c8) => (c1, c2, c3, c4, c5, c6, c7, c8)
