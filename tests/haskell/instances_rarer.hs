{-# LANGUAGE DataKinds, GADTs, ScopedTypeVariables, TypeOperators #-}
-- Instances and functions that programs seldom need, each once: of numbers under newtypes, large tuples, semigroups, monads that
-- tie knots; numbers and strings as types; types as values.
module Main (main) where

import Control.Applicative
import Control.Arrow
import Control.Monad.Fix
import Control.Monad.Zip
import Data.Bits
import Data.Char (GeneralCategory (..), readLitChar)
import Data.Dynamic
import Data.Fixed
import Data.Functor.Const
import Data.Functor.Identity
import Data.Ix
import qualified Data.List as L
import Data.List.NonEmpty (NonEmpty (..))
import qualified Data.List.NonEmpty as NE
import Data.Monoid
import Data.Ord (Down (..))
import Data.Proxy
import qualified Data.Semigroup as S
import Data.Type.Equality
import Data.Typeable
import GHC.Natural (minusNaturalMaybe)
import GHC.TypeLits
import System.Exit
import System.IO (BufferMode (..))
import Text.Read (lex, readMaybe)
import qualified Text.Read.Lex as Lex

main :: IO ()
main = do
    print (Identity 7 `div` 2, sqrt (Identity 16), Identity (6 :: Int) .&. 3, toInteger (Identity 9))
    print (getConst (Const 3 + Const 4 :: Const Int ()), (read "Const 'x'" :: Const Char ()), truncate (Down 2.75) :: Int)
    print ((read "(1,2,3,4,5,6,7,8)" :: (Int, Int, Int, Int, Int, Int, Int, Int)) == (1, 2, 3, 4, 5, 6, 7, 8))
    print (rangeSize ((0, 0, 0, 0, 0), (1, 2, 1, 2, 1) :: (Int, Int, Int, Int, Int)), index ((0, 'a', False, 1, 2, LT), (2, 'c', True, 3, 4, GT)) (1, 'b', True, 2 :: Int, 3 :: Int, EQ))
    print ((,,,) "a" "b" "c" 1 <* ("x", "y", "z", ()), ("a", [1], "", (), "e") <> ("b", [2], "c", (), "f"))
    print (readMaybe "ExitFailure 3" :: Maybe ExitCode, read "BlockBuffering (Just 10)" :: BufferMode, read "MathSymbol" :: GeneralCategory)
    print (read "3.14" :: Centi, read "-2.5" :: Milli, readMaybe "1.x" :: Maybe Deci, resolution (Proxy :: Proxy 50))
    print (First (Just 1) >>= \n -> First (if n > 0 then Just (n * 2) else Nothing), Ap [1, 2] <> Ap [10, 20 :: Sum Int], getAlt (foldMap (Alt . Just) "xyz") :: Maybe Char)
    print (S.Min 3 <> 2, sum (S.Max 4), fmap S.getFirst (traverse (\x -> [x]) (S.First 'f')))
    print (foldMap show (S.Arg 1 'b'), L.unzip6 [(1, 'a', "x", (), True, 2.5), (2, 'b', "y", (), False, 3.5)], L.deleteFirstsBy (\a b -> a == b * 2) [2, 4, 6, 8] [1, 3])
    print (runKleisli (fmap (+ 1) (Kleisli (\n -> [n, n * 10]))) 3, getZipList (unwrapZip <$> ZipList [1, 2, 3]), unwrapArrow (liftA2 (,) (WrapArrow (+ 1)) (WrapArrow (* 2))) 5)
    print (NE.head (mfix (\n -> 1 :| [n])), getSum (mfix (\xs -> Sum (1 : take 3 xs))), take 3 (runIdentity (mfix (Identity . (0 :)))))
    print (mzip (1 :| [2, 3]) ('a' :| "bc"), mzipWith (+) (Sum 1) (Sum 2), NE.groupAllWith1 even (5 :| [2, 4, 1]))
    print (minusNaturalMaybe 5 3, minusNaturalMaybe 3 5, popCount (Down (255 :: Int)))
    case someNatVal 12 of
        Just (SomeNat p) -> print (natVal p, fmap (const "twelve") (sameNat p (Proxy :: Proxy 12)), fmap (const ()) (sameNat p (Proxy :: Proxy 13)))
        Nothing -> putStrLn "negative"
    print (fmap (const ()) (someNatVal (-1)), someNatVal 5)
    case someSymbolVal "sym" of
        SomeSymbol p -> print (symbolVal p, fmap (const True) (sameSymbol p (Proxy :: Proxy "sym")))
    print (dynApply (toDyn (length :: String -> Int)) (toDyn "four") >>= fromDynamic :: Maybe Int, toDyn (Just 'c'), dynTypeRep (toDyn (1 :: Int, "s")))
    print (typeOf (Just [True], Left 1 :: Either Int ()), funResultTy (typeOf not) (typeOf True), mkFunTy (typeOf 'x') (typeOf ()))
    print (fmap (\Refl -> "same") (testEquality Refl (Refl :: Int :~: Int)), typeOf1 "s", gcast (Just 'x') :: Maybe (Maybe Char))
    print (lex "'\\X41' rest", lex "\"\\O101\" r", readLitChar "\\x42!", lex "0x1F+", (read "0XfF", read "0O17") :: (Int, Int))
    print (fst (last (Lex.readDecP `seq` reads "12" :: [(Lex.Lexeme, String)])), read "'a'" :: Lex.Lexeme)
    print (Proxy == (Proxy :: Proxy Int), [minBound .. maxBound :: Proxy ()], range (Proxy, Proxy :: Proxy Bool), read "Proxy" :: Proxy Int)
    print (foldr1 max [NE.unfold (\n -> (n, if n > 2 then Nothing else Just (n + 1))) k | k <- [0 .. 3 :: Int]])
  where
    unwrapZip = negate
