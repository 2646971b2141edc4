-- Semigroup and Monoid wrappers, sconcat, stimes, Ap, Alt, Endo, Dual, First, Last, Min, Max, Arg, WrappedMonoid; lists that are not empty, lazily appended.
module Main (main) where
import qualified Data.Monoid as M
import Data.Monoid (Sum(..), Product(..), All(..), Any(..), Endo(..), Dual(..), Ap(..), Alt(..))
import qualified Data.Semigroup as S
import Data.Semigroup (Min(..), Max(..), Arg(..), sconcat, stimes, mtimesDefault, cycle1, diff, WrappedMonoid(..), ArgMin, ArgMax)
import Data.List.NonEmpty (NonEmpty(..))
import qualified Data.List.NonEmpty as N
import Data.Foldable
import Data.Ord
import Data.Functor.Identity
import Data.Functor.Const
import Data.Coerce

newtype MaxLen = MaxLen String deriving (Show, Eq)
instance Semigroup MaxLen where MaxLen a <> MaxLen b = if length a >= length b then MaxLen a else MaxLen b

main :: IO ()
main = do
  print (sconcat (Max 3 :| [Max 5, Max 2 :: Max Int]), sconcat (Min 'c' :| [Min 'a']), stimes 3 "ab", stimes 5 (Sum 2 :: Sum Int), stimes 4 (Product (2 :: Int)))
  print (S.First 1 <> S.First (2 :: Int), S.Last 1 <> S.Last (2 :: Int), M.First (Just 1) <> M.First Nothing <> M.First (Just (3 :: Int)), M.Last (Just 1) <> M.Last (Just (2 :: Int)) <> M.Last Nothing)
  print (appEndo (foldMap (Endo . (+)) [1 .. 10]) (0 :: Int), appEndo (diff [1, 2] <> diff [3]) [4 :: Int])
  print (getDual (Dual "a" <> Dual "b"), getAp (Ap (Just "x") <> Ap (Just "y")), getAlt (foldMap Alt [Nothing, Just 1, Just (2 :: Int)]))
  print (minimum [Arg 3 'x', Arg 1 'y', Arg 2 'z'], Max (Arg 1 "p") <> Max (Arg 2 "q") :: ArgMax Int String, Min (Arg 2 ()) <> Min (Arg 1 ()) :: ArgMin Int ())
  print (mtimesDefault (3 :: Int) "xy", mtimesDefault (0 :: Int) "xy", take 7 (N.toList (cycle1 (1 :| [2, 3 :: Int]))))
  print (mconcat ["a", "b"], mempty :: String, (mempty, ()) :: (String, ()), foldMap (\x -> (Sum x, Product x, Max x, Min x)) (1 :| [2, 3, 4 :: Int]) `seq` ())
  print (WrapMonoid "x" <> WrapMonoid "y", sconcat ("a" :| ["b"]), S.option 0 (+ 1) (S.Option (Just (1 :: Int))))
  print (comparing Down 1 (2 :: Int), Down 3 < Down (2 :: Int), Down (5 :: Int), getDown (Down 'x'), clampy)
  print (foldMap' Sum [1 .. 1000 :: Int], fold (Just "a" :| [Nothing, Just "b"]), foldl' (flip (:)) [] (3 :| [4, 5 :: Int]))
  print (Just (MaxLen "ab") <> Nothing <> Just (MaxLen "abc"), (LT <> GT, EQ <> GT, mempty :: Ordering))
  print (compare 1 2 <> compare 3 (3 :: Int), (compare `on2` fst <> compare `on2` snd) (1, 2) (1, 3 :: Int))
  print (getConst (traverse (\x -> Const [x]) [1, 2, 3 :: Int]), runIdentity (traverse (Identity . (+ 1)) [1, 2 :: Int]))
  print (coerce [Sum 1, Sum (2 :: Int)] :: [Int], (coerce (+ (1 :: Int)) :: Sum Int -> Sum Int) (Sum 4), coerce (Just (All True)) :: Maybe Bool)
  print (fmap length (N.groupBy1 (\a b -> even a == even b) (1 :| [3, 5, 2, 4, 7 :: Int])), N.group1 ('a' :| "abbc"), N.scanl (+) 0 [1, 2, 3 :: Int], N.insert 3 [1, 5 :: Int])
  print (N.head (5 :| []), N.last (1 :| [2, 3 :: Int]), N.init (1 :| [2, 3 :: Int]), N.tail (1 :| [2 :: Int]), N.length (0 :| [1 :: Int]), N.nonEmpty "", N.nonEmpty "ab", N.cons 0 (1 :| [2 :: Int]), 9 N.<| (8 :| [7 :: Int]))
  print (N.sort (3 :| [1, 2 :: Int]), N.sortWith negate (3 :| [1, 2 :: Int]), N.reverse ('a' :| "bc"), N.zip (1 :| [2]) ('a' :| "b") :: NonEmpty (Int, Char), N.map (+ 1) (1 :| [2 :: Int]), N.unzip ((1, 'a') :| [(2 :: Int, 'b')]))
  print (N.transpose ((1 :| [2]) :| [3 :| [4 :: Int]]), N.groupWith (`mod` 3) [1, 4, 2, 5, 3 :: Int], N.groupAllWith (`mod` 3) [1 .. 7 :: Int], N.some1 (Nothing :: Maybe Int), N.span even (2 :| [4, 5, 6 :: Int]), N.xor (True :| [True, True]))
  print (N.unfoldr (\n -> (n, if n < 4 then Just (n + 1) else Nothing)) (1 :: Int), N.take 3 (N.iterate (* 2) (1 :: Int)), N.takeWhile (< 20) (N.repeat 5 N.!! 3 :| [21 :: Int]), N.splitAt 2 (1 :| [2, 3 :: Int]), N.fromList "xyz", N.isPrefixOf [1] (1 :| [2 :: Int]), N.nub (1 :| [1, 2, 1 :: Int]), N.zipWith (+) (1 :| [2]) (10 :| [20 :: Int]))
  print ((,) <$> (1 :| [2 :: Int]) <*> ('a' :| "b"), (1 :| [2 :: Int]) >>= \x -> x :| [x * 10])
  where on2 f g a b = f (g a) (g b)
        clampy = max 0 (min 10 (15 :: Int))
