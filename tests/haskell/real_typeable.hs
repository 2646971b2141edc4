-- Data.Typeable, Data.Dynamic, Data.Proxy, Data.Coerce, Data.Functor.*, Data.List.NonEmpty, Data.Bifunctor, Control.Arrow, Data.Void, Data.Kind.
{-# LANGUAGE ScopedTypeVariables, KindSignatures, DataKinds, PolyKinds, TypeApplications, TypeOperators #-}
import Control.Applicative
import Control.Arrow
import Data.Bifunctor (bimap)
import Data.Coerce
import Data.Dynamic
import Data.Functor.Compose
import Data.Functor.Const
import Data.Functor.Identity
import Data.Functor.Product
import Data.Kind (Type)
import Data.List.NonEmpty (NonEmpty (..))
import qualified Data.List.NonEmpty as NE
import Data.Monoid
import Data.Proxy
import Data.Semigroup (Max (..), Min (..), sconcat, stimes)
import Data.Typeable
import Data.Void

data Own (f :: Type -> Type) a = Own (f a)
newtype Age = Age Int deriving (Show, Eq, Ord)

describe :: forall a. (Typeable a, Show a) => a -> String
describe a | Just (n :: Int) <- cast a = "int " ++ show (n + 1)
           | Just (s :: String) <- cast a = "string " ++ s
           | Just (f :: Maybe Age) <- cast a = "ages " ++ show f
           | otherwise = show (typeOf a) ++ " " ++ show a

overList :: (a -> Const (Sum Int) a) -> [a] -> Const (Sum Int) [a]
overList = traverse

main :: IO ()
main = do
  putStrLn (unwords [describe (1 :: Int), describe "x", describe (Just (Age 3)), describe [1.5 :: Double], describe (Left 'c' :: Either Char ())])
  print (typeRep (Proxy :: Proxy (Own Maybe)), typeOf (undefined :: Int -> [Maybe Char]), typeRep (Proxy @'[ 'True ]), typeOf (Proxy :: Proxy Either))
  print (gcast (Just 'x') :: Maybe (Maybe Char), eqT :: Maybe (Int :~: Int), typeRep (Proxy :: Proxy Int) == typeOf (3 :: Int), splitTyConApp (typeOf (Just 'x')))
  let ds = [toDyn (3 :: Int), toDyn "text", toDyn not, toDyn (Just 2.5 :: Maybe Double)]
  print ds
  print (map fromDynamic ds :: [Maybe Int], fromDyn (ds !! 1) "", fmap ($ True) (fromDynamic (ds !! 2)) :: Maybe Bool, dynTypeRep (ds !! 3))
  print (coerce [Age 1, Age 2] :: [Int], coerce (3 :: Int) :: Sum Int, (coerce :: (Int -> Int) -> Age -> Age) (+ 1) (Age 9))
  print (Compose [Just 1, Nothing], fmap (+ 1) (Compose [Just 1, Nothing]), runIdentity (traverse (Identity . succ) "abc"), getConst (overList (\_ -> Const (Sum 1)) "abcd"), Pair [1] (Just 2))
  let ne = 5 :| [3, 8, 1 :: Int]
  print (ne, NE.head ne, NE.length ne, maximum ne, NE.toList (NE.sort ne), NE.group "aabccc", NE.groupBy (\a b -> even a == even b) [2, 4, 1, 3, 6 :: Int], NE.nonEmpty ([] :: [Int]), sconcat (fmap Max ne), NE.zip ne ('a' :| "bcd"))
  print (stimes 3 "ab", Min 3 <> Min (2 :: Int), bimap length show ("abc", 1), first (+ 1) (1, 'x'), second length ('x', "abc"), (succ *** pred) (1, 1), (show &&& (* 2)) 21, left (+ 1) (Left 1 :: Either Int Int), (length ||| id) (Right 4 :: Either String Int))
  print (fmap absurd ([] :: [Void]) :: [Int], vacuous (Nothing :: Maybe Void) :: Maybe Int, ZipList [1, 2, 3], getZipList ((,) <$> ZipList "ab" <*> ZipList [True, False, True]), (<|>) Nothing (Just 1), optional (Just 'x'), liftA2 (+) (Just 1) (Just 2))
  print (runKleisli (Kleisli (\x -> [x, x + 1]) >>> arr (* 2)) 10, loop (\(b, d) -> (take 3 d, b : d)) 'k', getAp (foldMap (Ap . Just . Sum) [1, 2, 3 :: Int]))
