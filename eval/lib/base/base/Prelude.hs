{-# LANGUAGE NoImplicitPrelude, MagicHash #-}
module Prelude
    ( Bool (..), (&&), (||), not, otherwise, Maybe (..), maybe, Either (..), either, Ordering (..), Char, String
    , fst, snd, curry, uncurry, Eq (..), Ord (..), Enum (..), Bounded (..)
    , Int, Integer, Float, Double, Rational, Word, Num (..), Real (..), Integral (..), Fractional (..), Floating (pi, exp, log, sqrt, (**), logBase, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh)
    , RealFrac (..), RealFloat (..)
    , subtract, even, odd, gcd, lcm, (^), (^^), fromIntegral, realToFrac
    , Semigroup ((<>)), Monoid (..), Functor (fmap, (<$)), (<$>), Applicative (pure, (<*>), (*>), (<*)), Monad ((>>=), (>>), return), MonadFail (fail)
    , mapM_, sequence_, (=<<)
    , Foldable (elem, foldMap, foldr, foldl, foldr1, foldl1, maximum, minimum, product, sum, null, length), Traversable (traverse, sequenceA, mapM, sequence)
    , id, const, (.), flip, ($), until, asTypeOf, error, errorWithoutStackTrace, undefined, seq, ($!)
    , map, (++), filter, head, last, tail, init, (!!), reverse, and, or, any, all, concat, concatMap
    , scanl, scanl1, scanr, scanr1, iterate, repeat, replicate, cycle, take, drop, takeWhile, dropWhile, span, break, splitAt
    , notElem, lookup, zip, zip3, zipWith, zipWith3, unzip, unzip3, lines, words, unlines, unwords
    , ShowS, Show (..), shows, showChar, showString, showParen
    , ReadS, Read (readsPrec, readList), reads, readParen, read, lex
    , IO, putChar, putStr, putStrLn, print, getChar, getLine, getContents, interact
    , FilePath, readFile, writeFile, appendFile, readIO, readLn, IOError, ioError, userError
    ) where

import Control.Monad.Fail
import Data.Either
import Data.Foldable
import Data.Functor ((<$>))
import Data.Maybe
import Data.OldList (lines, unlines, unwords, words)
import Data.Traversable
import Data.Tuple
import GHC.Base hiding (foldr, mapM, sequence)
import GHC.Enum
import GHC.Float
import GHC.IO.Exception (IOError, ioError, userError)
import GHC.List hiding (all, and, any, concat, concatMap, elem, foldl, foldl', foldl1, foldr, foldr', foldr1, length, maximum, minimum, notElem, null, or, product, sum)
import GHC.Num
import GHC.Read
import GHC.Real
import GHC.Show
import System.IO
import Text.Read
