{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, RankNTypes, StandaloneDeriving, UnboxedTuples #-}
-- | Types whose values can be counted, and those that have a first and a last.
module GHC.Enum
    ( Bounded (..), Enum (..)
    , boundedEnumFrom, boundedEnumFromThen
    , toEnumError, fromEnumError, succError, predError
    , enumFromInteger, enumFromToInteger
    ) where

import GHC.Base hiding (many)
import GHC.Char
import GHC.Num
import GHC.Show

class Bounded a where
    minBound, maxBound :: a

class Enum a where
    succ, pred :: a -> a
    succ = toEnum . (+ 1) . fromEnum
    pred = toEnum . subtract 1 . fromEnum
    toEnum :: Int -> a
    fromEnum :: a -> Int
    enumFrom :: a -> [a]
    enumFrom x = map toEnum [fromEnum x ..]
    enumFromThen :: a -> a -> [a]
    enumFromThen x y = map toEnum [fromEnum x, fromEnum y ..]
    enumFromTo :: a -> a -> [a]
    enumFromTo x y = map toEnum [fromEnum x .. fromEnum y]
    enumFromThenTo :: a -> a -> a -> [a]
    enumFromThenTo x y z = map toEnum [fromEnum x, fromEnum y .. fromEnum z]
    {-# MINIMAL toEnum, fromEnum #-}

boundedEnumFrom :: (Enum a, Bounded a) => a -> [a]
boundedEnumFrom n = map toEnum [fromEnum n .. fromEnum (maxBound `asTypeOf` n)]

boundedEnumFromThen :: (Enum a, Bounded a) => a -> a -> [a]
boundedEnumFromThen x y
    | fromEnum y >= fromEnum x = map toEnum [fromEnum x, fromEnum y .. fromEnum (maxBound `asTypeOf` x)]
    | otherwise = map toEnum [fromEnum x, fromEnum y .. fromEnum (minBound `asTypeOf` x)]

toEnumError :: Show a => String -> Int -> (a, a) -> b
toEnumError name i bounds =
    errorWithoutStackTrace ("Enum.toEnum{" ++ name ++ "}: tag (" ++ show i ++ ") is outside of bounds " ++ show bounds)

fromEnumError :: Show a => String -> a -> b
fromEnumError name x =
    errorWithoutStackTrace ("Enum.fromEnum{" ++ name ++ "}: value (" ++ show x ++ ") is outside of Int's bounds " ++ show (minBound :: Int, maxBound :: Int))

succError, predError :: String -> a
succError name = errorWithoutStackTrace ("Enum.succ{" ++ name ++ "}: tried to take `succ' of maxBound")
predError name = errorWithoutStackTrace ("Enum.pred{" ++ name ++ "}: tried to take `pred' of minBound")

-- Small types

deriving instance Bounded ()

instance Enum () where
    succ _ = errorWithoutStackTrace "Prelude.Enum.().succ: bad argument"
    pred _ = errorWithoutStackTrace "Prelude.Enum.().pred: bad argument"
    toEnum x
        | x == 0 = ()
        | otherwise = errorWithoutStackTrace "Prelude.Enum.().toEnum: bad argument"
    fromEnum () = 0
    enumFrom () = [()]
    enumFromThen () () = let many = () : many in many
    enumFromTo () () = [()]
    enumFromThenTo () () () = let many = () : many in many

deriving instance Bounded Bool

instance Enum Bool where
    succ False = True
    succ True = errorWithoutStackTrace "Prelude.Enum.Bool.succ: bad argument"
    pred True = False
    pred False = errorWithoutStackTrace "Prelude.Enum.Bool.pred: bad argument"
    toEnum n
        | n == 0 = False
        | n == 1 = True
        | otherwise = errorWithoutStackTrace "Prelude.Enum.Bool.toEnum: bad argument"
    fromEnum False = 0
    fromEnum True = 1
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

deriving instance Bounded Ordering

instance Enum Ordering where
    succ LT = EQ
    succ EQ = GT
    succ GT = errorWithoutStackTrace "Prelude.Enum.Ordering.succ: bad argument"
    pred GT = EQ
    pred EQ = LT
    pred LT = errorWithoutStackTrace "Prelude.Enum.Ordering.pred: bad argument"
    toEnum n
        | n == 0 = LT
        | n == 1 = EQ
        | n == 2 = GT
    toEnum _ = errorWithoutStackTrace "Prelude.Enum.Ordering.toEnum: bad argument"
    fromEnum LT = 0
    fromEnum EQ = 1
    fromEnum GT = 2
    enumFrom = boundedEnumFrom
    enumFromThen = boundedEnumFromThen

deriving instance (Bounded a, Bounded b) => Bounded (a, b)
deriving instance (Bounded a, Bounded b, Bounded c) => Bounded (a, b, c)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d) => Bounded (a, b, c, d)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e) => Bounded (a, b, c, d, e)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f) => Bounded (a, b, c, d, e, f)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g) => Bounded (a, b, c, d, e, f, g)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h) => Bounded (a, b, c, d, e, f, g, h)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i) => Bounded (a, b, c, d, e, f, g, h, i)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j) => Bounded (a, b, c, d, e, f, g, h, i, j)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j, Bounded k) => Bounded (a, b, c, d, e, f, g, h, i, j, k)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j, Bounded k, Bounded l) => Bounded (a, b, c, d, e, f, g, h, i, j, k, l)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j, Bounded k, Bounded l, Bounded m) => Bounded (a, b, c, d, e, f, g, h, i, j, k, l, m)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j, Bounded k, Bounded l, Bounded m, Bounded n) => Bounded (a, b, c, d, e, f, g, h, i, j, k, l, m, n)
deriving instance (Bounded a, Bounded b, Bounded c, Bounded d, Bounded e, Bounded f, Bounded g, Bounded h, Bounded i, Bounded j, Bounded k, Bounded l, Bounded m, Bounded n, Bounded o) => Bounded (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)

-- Char

instance Bounded Char where
    minBound = '\0'
    maxBound = '\x10FFFF'

instance Enum Char where
    succ c
        | c == maxBound = errorWithoutStackTrace "Prelude.Enum.Char.succ: bad argument"
        | otherwise = unsafeChr (ord c + 1)
    pred c
        | c == minBound = errorWithoutStackTrace "Prelude.Enum.Char.pred: bad argument"
        | otherwise = unsafeChr (ord c - 1)
    toEnum = chr
    fromEnum = ord
    enumFrom c = map unsafeChr (enumFromTo (ord c) 0x10FFFF)
    {-# INLINE enumFrom #-}
    enumFromTo a b = map unsafeChr (enumFromTo (ord a) (ord b))
    {-# INLINE enumFromTo #-}
    enumFromThen a b = map unsafeChr (enumFromThenTo (ord a) (ord b) (if b >= a then 0x10FFFF else 0))
    enumFromThenTo a b c = map unsafeChr (enumFromThenTo (ord a) (ord b) (ord c))

-- Int

instance Bounded Int where
    minBound = minInt
    maxBound = maxInt

instance Enum Int where
    succ x
        | x == maxBound = errorWithoutStackTrace "Prelude.Enum.succ{Int}: tried to take `succ' of maxBound"
        | otherwise = x + 1
    pred x
        | x == minBound = errorWithoutStackTrace "Prelude.Enum.pred{Int}: tried to take `pred' of minBound"
        | otherwise = x - 1
    toEnum x = x
    fromEnum x = x
    enumFrom (I# x) = eftInt x 0x7FFFFFFFFFFFFFFF#
    {-# INLINE enumFrom #-}
    enumFromTo (I# x) (I# y) = eftInt x y
    {-# INLINE enumFromTo #-}
    enumFromThen (I# x) (I# y) = efttInt x y (if isTrue# (y >=# x) then 0x7FFFFFFFFFFFFFFF# else -0x8000000000000000#)
    {-# INLINE enumFromThen #-}
    enumFromThenTo (I# x) (I# y) (I# z) = efttInt x y z
    {-# INLINE enumFromThenTo #-}

eftInt :: Int# -> Int# -> [Int]
eftInt x0 y
    | isTrue# (x0 ># y) = []
    | otherwise = go x0
  where
    go x = I# x : if isTrue# (x ==# y) then [] else go (x +# 1#)
{-# NOINLINE [1] eftInt #-}

eftIntFB :: (Int -> r -> r) -> r -> Int# -> Int# -> r
eftIntFB c n x0 y
    | isTrue# (x0 ># y) = n
    | otherwise = go x0
  where
    go x = I# x `c` if isTrue# (x ==# y) then n else go (x +# 1#)
{-# INLINE [0] eftIntFB #-}

{-# RULES
"eftInt" [~1] forall x y. eftInt x y = build (\c n -> eftIntFB c n x y)
"eftIntList" [1] eftIntFB (:) [] = eftInt
"efttInt" [~1] forall x y z. efttInt x y z = build (\c n -> efttIntFB c n x y z)
"efttIntList" [1] efttIntFB (:) [] = efttInt
  #-}

-- | From, then, to; no step goes beyond what an Int holds.
efttInt :: Int# -> Int# -> Int# -> [Int]
efttInt x y z
    | isTrue# (y >=# x) = if isTrue# (y <=# z) then up else if isTrue# (x <=# z) then [I# x] else []
    | isTrue# (y >=# z) = down
    | otherwise = if isTrue# (x >=# z) then [I# x] else []
  where
    step = y -# x
    last = z -# step
    up = let go i = I# i : if isTrue# (i ># last) then [] else go (i +# step) in I# x : go y
    down = let go i = I# i : if isTrue# (i <# last) then [] else go (i +# step) in I# x : go y
{-# NOINLINE [1] efttInt #-}

efttIntFB :: (Int -> r -> r) -> r -> Int# -> Int# -> Int# -> r
efttIntFB c n x y z
    | isTrue# (y >=# x) = if isTrue# (y <=# z) then up else if isTrue# (x <=# z) then I# x `c` n else n
    | isTrue# (y >=# z) = down
    | otherwise = if isTrue# (x >=# z) then I# x `c` n else n
  where
    step = y -# x
    last = z -# step
    up = let go i = I# i `c` if isTrue# (i ># last) then n else go (i +# step) in I# x `c` go y
    down = let go i = I# i `c` if isTrue# (i <# last) then n else go (i +# step) in I# x `c` go y
{-# INLINE [0] efttIntFB #-}

-- Word

instance Bounded Word where
    minBound = W# 0##
    maxBound = W# 0xFFFFFFFFFFFFFFFF##

instance Enum Word where
    succ x
        | x /= maxBound = x + 1
        | otherwise = succError "Word"
    pred x
        | x /= minBound = x - 1
        | otherwise = predError "Word"
    toEnum i@(I# i#)
        | i >= 0 = W# (int2Word# i#)
        | otherwise = toEnumError "Word" i (minBound :: Word, maxBound :: Word)
    fromEnum x@(W# x#)
        | x <= W# 0x7FFFFFFFFFFFFFFF## = I# (word2Int# x#)
        | otherwise = fromEnumError "Word" x
    enumFrom x = enumFromTo x maxBound
    enumFromTo x y = map wordOf (enumFromToInteger (ofWord x) (ofWord y))
    enumFromThen x y = enumFromThenTo x y (if y >= x then maxBound else minBound)
    enumFromThenTo x y z = map wordOf (enumFromThenToInteger (ofWord x) (ofWord y) (ofWord z))

wordOf :: Integer -> Word
wordOf i = W# (integerToWord# i)

ofWord :: Word -> Integer
ofWord (W# w) = integerFromWord# w

-- Integer, Natural

instance Enum Integer where
    succ x = x + 1
    pred x = x - 1
    toEnum (I# n) = IS n
    fromEnum n = I# (integerToInt# n)
    enumFrom = enumFromInteger
    {-# INLINE enumFrom #-}
    enumFromTo = enumFromToInteger
    {-# INLINE enumFromTo #-}
    enumFromThen x y = stepping x (y - x)
    enumFromThenTo = enumFromThenToInteger

enumFromInteger :: Integer -> [Integer]
enumFromInteger x = x `seq` (x : enumFromInteger (x + 1))
{-# NOINLINE [1] enumFromInteger #-}

enumFromIntegerFB :: (Integer -> b -> b) -> Integer -> b
enumFromIntegerFB c = go
  where
    go !x = x `c` go (x + 1)
{-# INLINE [0] enumFromIntegerFB #-}

stepping :: Integer -> Integer -> [Integer]
stepping !x d = x : stepping (x + d) d

enumFromToInteger :: Integer -> Integer -> [Integer]
enumFromToInteger x0 y = go x0
  where
    go x
        | x > y = []
        | otherwise = x : go (x + 1)
{-# NOINLINE [1] enumFromToInteger #-}

enumFromToIntegerFB :: (Integer -> b -> b) -> b -> Integer -> Integer -> b
enumFromToIntegerFB c n x0 y = go x0
  where
    go x
        | x > y = n
        | otherwise = x `c` go (x + 1)
{-# INLINE [0] enumFromToIntegerFB #-}

{-# RULES
"enumFromInteger" [~1] forall x. enumFromInteger x = build (\c _ -> enumFromIntegerFB c x)
"enumFromIntegerList" [1] enumFromIntegerFB (:) = enumFromInteger
"enumFromToInteger" [~1] forall x y. enumFromToInteger x y = build (\c n -> enumFromToIntegerFB c n x y)
"enumFromToIntegerList" [1] enumFromToIntegerFB (:) [] = enumFromToInteger
  #-}

enumFromThenToInteger :: Integer -> Integer -> Integer -> [Integer]
enumFromThenToInteger x0 y z
    | d >= 0 = up x0
    | otherwise = down x0
  where
    d = y - x0
    up x
        | x > z = []
        | otherwise = x : up (x + d)
    down x
        | x < z = []
        | otherwise = x : down (x + d)

instance Enum Natural where
    succ n = n + 1
    pred n = n - 1
    toEnum i@(I# i#)
        | i >= 0 = naturalFromWord# (int2Word# i#)
        | otherwise = errorWithoutStackTrace "toEnum: unexpected negative Int"
    fromEnum n = I# (integerToInt# (integerFromNatural n))
    enumFrom x = map integerToNatural (enumFrom (integerFromNatural x))
    enumFromTo x y = map integerToNatural (enumFromTo (integerFromNatural x) (integerFromNatural y))
    enumFromThen x y
        | y >= x = map integerToNatural (enumFromThen (integerFromNatural x) (integerFromNatural y))
        | otherwise = enumFromThenTo x y 0
    enumFromThenTo x y z = map integerToNatural (enumFromThenTo (integerFromNatural x) (integerFromNatural y) (integerFromNatural z))
