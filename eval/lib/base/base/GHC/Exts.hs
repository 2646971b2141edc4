{-# LANGUAGE MagicHash, NoImplicitPrelude, TypeFamilies #-}
-- | What programs use of the compiler's own.
module GHC.Exts
    ( module GHC.Prim, module GHC.Types, build, augment, unpackCString#, unpackAppendCString#, unpackFoldrCString#, unpackCStringUtf8#, unpackNBytes#
    , lazy, inline, oneShot, runRW#, considerAccessible, unsafeCoerce#, IsString (..), IsList (..), Down (..), groupWith, sortWith, the
    , maxTupleSize, currentCallStack, Ptr (..), shiftL#, shiftRL#, iShiftL#, iShiftRA#, iShiftRL#
    ) where

import Data.Ord
import Data.OldList
import Data.String
import GHC.Base
import GHC.Num
import GHC.Prim
import GHC.Ptr
import GHC.Types
import Unsafe.Coerce

class IsList l where
    type Item l
    fromList :: [Item l] -> l
    fromListN :: Int -> [Item l] -> l
    fromListN _ = fromList
    toList :: l -> [Item l]

instance IsList [a] where
    type Item [a] = a
    fromList xs = xs
    toList xs = xs

instance IsList (NonEmpty a) where
    type Item (NonEmpty a) = a
    fromList (a : as) = a :| as
    fromList [] = errorWithoutStackTrace "NonEmpty.fromList: empty list"
    toList (a :| as) = a : as

maxTupleSize :: Int
maxTupleSize = 62

considerAccessible :: Bool
considerAccessible = True

currentCallStack :: IO [String]
currentCallStack = return []

the :: Eq a => [a] -> a
the (x : xs)
    | foldr (\y r -> x == y && r) True xs = x
    | otherwise = errorWithoutStackTrace "GHC.Exts.the: non-identical list"
the [] = errorWithoutStackTrace "GHC.Exts.the: empty list"

sortWith :: Ord b => (a -> b) -> [a] -> [a]
sortWith f = sortBy (\x y -> f x `compare` f y)

groupWith :: Ord b => (a -> b) -> [a] -> [[a]]
groupWith f xs = groupBy (\x y -> f x == f y) (sortWith f xs)
