{-# LANGUAGE MagicHash, UnboxedTuples, NoImplicitPrelude #-}
-- What the exporter has to get right, without a base: classes and their dictionaries, records, strict fields, unboxed fields and
-- tuples, literals of every kind, strings with any byte, join points, selectors, local functions that capture unboxed variables,
-- names with any character, and operators.
module Shapes where

import GHC.CString (unpackCString#)
import GHC.Prim
import GHC.Types

infixr 5 :>

data List a = End | a :> (List a)

data Shape = Circle {radius :: Double#} | Box {width, height :: !Int} | Named {label :: List Char, shape :: Shape}

class Area a where
    area :: a -> Int
    area _ = I# 7#
    bigger# :: a -> a -> Bool
    bigger# x y = case area x of I# a -> case area y of I# b -> isTrue# (a ># b)

instance Area Shape where
    area (Circle r) = I# (double2Int# (3.0## *## (r *## r)))
    area (Box (I# w) (I# h)) = I# (w *# h)
    area (Named _ s) = area s

instance Area Int
instance Area a => Area (List a) where
    area xs = I# (go 0# xs)
      where
        go n End = n
        go n (x :> rest) = case area x of I# k -> go (n +# k) rest

($$) :: (a -> b) -> a -> b
f $$ x = f x

foldl' :: (b -> a -> b) -> b -> List a -> b
foldl' _ z End = z
foldl' f z (x :> xs) = case f z x of r -> foldl' f r xs

-- At -O1 `done` and `next` are jumped to.
count :: Int# -> Int# -> (# Int#, Word#, Float# #)
count from to = loop from 0#
  where
    loop i n
        | isTrue# (i ># to) = done n
        | isTrue# (remInt# i 3# ==# 0#) = next i (n +# 1#)
        | True = next i n
    next i n = loop (i +# 1#) n
    done n = (# n, int2Word# (n *# -1#), 2.5# #)
    {-# NOINLINE done #-}

bytes :: Addr# -> Int# -> Int# -> Int#
bytes a i n = case indexCharOffAddr# a i of
    '\0'# -> n
    c -> bytes a (i +# 1#) ((n *# 31# +# ord# c) `remInt#` 1000003#)

lazyPair :: Int -> (# List Int, Int #)
lazyPair n = let xs = n :> ys; ys = (case n of I# k -> I# (k +# 1#)) :> xs in (# xs, second xs #)
  where
    second (_ :> (y :> _)) = y
    second _ = n

go :: State# RealWorld -> (# State# RealWorld, Int #)
go s = (# s, I# answer #)
  where
    shapes = Circle 2.0## :> Box (I# 3#) (I# 4#) :> Named {label = 'é' :> End, shape = Box {width = I# 5#, height = I# 5#}} :> End
    answer = sizes +# counted +# text +# pairs +# compared
    sizes = case foldl' plus (I# 0#) shapes of I# n -> case area shapes of I# m -> n *# 1000# +# m
    plus (I# a) x = case area $$ x of I# b -> I# (a +# b)
    counted = case count 1# 100# of (# n, w, f #) -> n +# word2Int# w +# float2Int# f
    text = bytes "caf\233 \"quoted\" \\ tab\t \1\127\255"# 0# 7#
    pairs = case lazyPair (I# 20#) of (# _, I# n #) -> n
    compared = case bigger# (I# 1#) (I# 2#) of { True -> 1#; False -> case bigger# (Box (I# 2#) (I# 2#)) (Circle 1.0##) of { True -> 20#; False -> 300# } }
