{-# LANGUAGE MagicHash, UnboxedSums, UnboxedTuples #-}
module Main where

import GHC.Exts

data T = T Int (# Int# | Word# | Double# #)

choose :: Int# -> (# Int# | Word# | Char# | Addr# | Double# #)
choose 0# = (# 5# | | | | #)
choose 1# = (# | 7## | | | #)
choose 2# = (# | | 'x'# | | #)
choose 3# = (# | | | "hi"# | #)
choose _ = (# | | | | 2.5## #)
{-# NOINLINE choose #-}

display :: Int# -> IO ()
display i = case choose i of
    (# n | | | | #) -> print (I# n)
    (# | w | | | #) -> print (W# w)
    (# | | c | | #) -> print (C# c)
    (# | | | a | #) -> print (unpackCString# a)
    (# | | | | d #) -> print (I# (double2Int# d))

total :: T -> Int
total (T n (# i | | #)) = n + I# i
total (T n (# | w | #)) = n + I# (word2Int# w)
total (T n (# | | d #)) = n + I# (double2Int# d)

local :: Int# -> Int
local i = case pair of (# n | #) -> I# (n +# 1#); (# | c #) -> I# (ord# c +# 1#)
  where
    pair :: (# Int# | Char# #)
    pair = case i of 0# -> (# 41# | #); _ -> (# | '*'# #)

main :: IO ()
main = do
    display 0#
    display 1#
    display 2#
    display 3#
    display 4#
    print (total (T 1 (# 5# | | #)))
    print (total (T 6 (# | 7## | #)))
    print (local 0#)
