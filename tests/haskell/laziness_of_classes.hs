-- modules: modules/Partial.hs
-- How much of its arguments each function and method on Maybe, Either, pairs, lists, monoids, arrays and numbers looks at.
import Control.Applicative
import Control.Monad
import Data.Array
import Data.Bits
import Data.Char
import Data.Complex
import Data.Either
import Data.Foldable
import Data.Function
import Data.Functor.Compose
import Data.Functor.Const
import Data.Functor.Identity
import qualified Data.Functor.Product as P
import qualified Data.Functor.Sum as S
import Data.List (sortOn)
import Data.Maybe
import qualified Data.List.NonEmpty as N
import Data.Monoid
import Data.Ord
import Data.Proxy
import Data.Ratio
import qualified Data.Semigroup as G
import Data.Traversable
import Data.Tuple
import Data.Word
import Data.Int
import System.IO
import Text.Read
import Numeric
import Partial

maybes :: [(String, Maybe Int)]
maybes = [("_", u), ("N", Nothing), ("J_", Just u), ("J1", Just 1)]
m1 :: Show b => String -> (Maybe Int -> b) -> IO ()
m1 n f = sequence_ [at 70 (n ++ " " ++ a) (f x) | (a, x) <- maybes]
m2 :: Show b => String -> (Maybe Int -> Maybe Int -> b) -> IO ()
m2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- maybes, (b, y) <- maybes]
bools :: [(String, Bool)]
bools = [("_", u), ("T", True), ("F", False)]
b2 :: Show b => String -> (Bool -> Bool -> b) -> IO ()
b2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- bools, (b, y) <- bools]
pairs :: [(String, (Int, Int))]
pairs = [("_", u), ("_,_", (u, u)), ("1,_", (1, u)), ("_,2", (u, 2)), ("1,2", (1, 2))]
p1 :: Show b => String -> ((Int, Int) -> b) -> IO ()
p1 n f = sequence_ [at 70 (n ++ " " ++ a) (f x) | (a, x) <- pairs]
p2 :: Show b => String -> ((Int, Int) -> (Int, Int) -> b) -> IO ()
p2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- pairs, (b, y) <- pairs]
eithers :: [(String, Either Int Int)]
eithers = [("_", u), ("L_", Left u), ("L1", Left 1), ("R_", Right u), ("R2", Right 2)]
e1 :: Show b => String -> (Either Int Int -> b) -> IO ()
e1 n f = sequence_ [at 70 (n ++ " " ++ a) (f x) | (a, x) <- eithers]
e2 :: Show b => String -> (Either Int Int -> Either Int Int -> b) -> IO ()
e2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- eithers, (b, y) <- eithers]
lists :: [(String, [Int])]
lists = [("_", u), ("[]", []), ("1:_", 1 : u), ("_:[]", [u]), ("3:1:2:[]", [3, 1, 2]), ("_:1:[]", [u, 1]), ("1:_:[]", [1, u]), ("_:_", u : u)]
l1 :: Show b => String -> ([Int] -> b) -> IO ()
l1 n f = sequence_ [at 70 (n ++ " " ++ a) (f x) | (a, x) <- lists]
l2 :: Show b => String -> ([Int] -> [Int] -> b) -> IO ()
l2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- lists, (b, y) <- lists]
ints :: [(String, Int)]
ints = [("_", u), ("0", 0), ("1", 1), ("-1", -1), ("99", 99), ("min", minBound)]
i1 :: Show b => String -> (Int -> b) -> IO ()
i1 n f = sequence_ [at 70 (n ++ " " ++ a) (f x) | (a, x) <- ints]
i2 :: Show b => String -> (Int -> Int -> b) -> IO ()
i2 n f = sequence_ [at 70 (n ++ " " ++ a ++ " " ++ b) (f x y) | (a, x) <- ints, (b, y) <- ints]

main :: IO ()
main = do
  hSetBuffering stdout LineBuffering; b2 "&&" (&&); b2 "||" (||); b2 "==" (==); b2 "compare" compare; b2 "max" max
  b2 "<=" (<=); b2 "xor" xor; b2 ".&." (.&.); m2 "==" (==); m2 "compare" compare; m2 "<>" ((<>) `on` fmap G.Max)
  m2 "<|>" (<|>); m2 "<*>" (\a b -> (+) <$> a <*> b); m2 "<*" (<*); m2 "*>" (*>); m2 "liftA2" (liftA2 (\_ b -> b))
  m2 "max" max; m2 "mplus" mplus; m2 "First" (\a b -> getFirst (First a <> First b))
  m2 "Last" (\a b -> getLast (Last a <> Last b)); m2 "Alt" (\a b -> getAlt (Alt a <> Alt b))
  m2 "Ap" (\a b -> getAp (Ap (fmap G.Max a) <> Ap (fmap G.Max b))); m2 "<" (<); m1 "fmap" (fmap (+ 1))
  m1 "maybe" (maybe 0 (const 1)); m1 "fromMaybe" (fromMaybe 7); m1 "isJust" isJust; m1 "maybeToList" maybeToList
  m1 "fromJust" (\m -> case m of { Nothing -> 0; _ -> fromJust m }); m1 "toList" toList; m1 "length" length
  m1 "elem" (elem 1); m1 "sum" sum; m1 "foldr" (foldr (\_ b -> b) 9); m1 "foldMap" (foldMap (\x -> [x]))
  m1 "traverse" (traverse (\x -> [x, x])); m1 "sequenceA" (sequenceA . fmap (: [])); m1 ">>=" (>>= \x -> Just (x + 1))
  m1 "join" (join . fmap Just); m1 "mapM_" (\m -> fmap (const ()) (mapM_ Just m)); m1 "asum" (asum . fmap Just)
  m1 "optional" (take 1 . optional . maybeToList); m1 "show" (show . Just); m1 "void" void; m1 "mfilter" (mfilter (> 0))
  m1 "G.Option" (\m -> fmap G.getMin (G.sconcat (fmap G.Min m N.:| [Nothing]))); m1 "null" null
  m1 "maximum" (\m -> maximum m); m1 "product" product; m1 "foldl'" (foldl' (\_ x -> x) 0)
  m1 "foldr'" (foldr' (\x _ -> x) 0); m1 "fold" (fold . fmap (: [])); m1 "minimumBy" (\m -> minimumBy (\_ _ -> EQ) m)
  p2 "==" (==); p2 "compare" compare; p2 "<>" (\a b -> bimap' G.Max G.Max a <> bimap' G.Max G.Max b); p2 "max" max
  p1 "fst" fst; p1 "snd" snd; p1 "swap" swap; p1 "uncurry" (uncurry (\_ b -> b)); p1 "fmap" (fmap (+ 1))
  p1 "toList" toList; p1 "length" length; p1 "traverse" (traverse (\x -> [x])); p1 "sum" sum; p1 "null" null
  p1 "elem" (elem 2); p1 "<$" (3 <$); p1 "foldr" (foldr (:) []); p1 "curry" (\p -> curry fst 1 p)
  p1 "mapAccumL" (mapAccumL (\a x -> (a + 1, x)) 0); p1 "show" show; p1 "readPair" (\p -> (read (show p) :: (Int, Int)))
  e2 "==" (==); e2 "compare" compare; e2 "<>" (<>); e2 "<*>" (\a b -> (\_ y -> y) <$> a <*> b); e2 "<*" (<*); e2 "*>" (*>)
  e1 "either" (either (const 1) (const 2)); e1 "lefts" (\e -> lefts [e, Left 3]); e1 "rights" (\e -> rights [e, Right 3])
  e1 "partitionEithers" (\e -> partitionEithers [Left 0, e, Right 3]); e1 "fmap" (fmap (+ 1)); e1 "isLeft" isLeft
  e1 "fromLeft" (fromLeft 5); e1 "fromRight" (fromRight 5); e1 "toList" toList; e1 "traverse" (traverse (\x -> [x]))
  e1 ">>=" (>>= \x -> Right (x + 1)); e1 "length" length; l2 "<>" (<>); l2 "<*>" (\a b -> (\_ y -> y) <$> a <*> b)
  l2 "<*" (<*); l2 "*>" (*>); l2 "liftA2" (liftA2 (+)); l2 "compare" compare; l2 "==" (==)
  l2 "ZipList" (\a b -> getZipList ((+) <$> ZipList a <*> ZipList b)); l2 "<|>" (<|>)
  l2 "zipWithM" (\a b -> zipWithM (\x y -> Just (x + y)) a b); l2 "ZipList|" (\a b -> getZipList (ZipList a <|> ZipList b))
  l2 "mzip" (\a b -> fmap getZipList (Just (ZipList (a ++ b)))); l2 "Compose" (\a b -> toList (Compose [a, b]))
  l2 "Product" (\a b -> toList (P.Pair a b)); l2 "max" max; l2 "lex" (\a b -> a < b); l2 "<$" (\a b -> length a <$ b)
  l1 "foldM" (foldM (\a x -> if x > 2 then Nothing else Just (a + x)) 0)
  l1 "mapM" (mapM (\x -> if x > 2 then Nothing else Just x)); l1 "filterM" (filterM (\x -> Just (x > 1)))
  l1 "traverse_" (traverse_ (\x -> if x > 2 then Nothing else Just x))
  l1 "for_" (\l -> for_ l (\x -> if x > 2 then Left x else Right ())); l1 "sequence_" (sequence_ . map Just)
  l1 "asum" (asum . map Just); l1 "msum" (msum . map Just); l1 "foldrM" (foldrM (\x a -> Just (a + x)) 0)
  l1 "foldlM" (foldlM (\a x -> Just (a + x)) 0); l1 "find" (find (> 1)); l1 "any" (any (> 1)); l1 "all" (all (> 1))
  l1 "and" (and . map (> 0)); l1 "notElem" (notElem 1); l1 "foldMap" (getSum . foldMap Sum)
  l1 "foldMap'" (getProduct . foldMap' Product); l1 "First" (getFirst . foldMap (First . Just))
  l1 "Any" (getAny . foldMap (Any . (> 1))); l1 "All" (getAll . foldMap (All . (> 1)))
  l1 "Endo" (\l -> appEndo (foldMap (\x -> Endo (x :)) l) []); l1 "Dual" (getDual . foldMap (\x -> Dual [x]))
  l1 "mconcat" (mconcat . map (: [])); l1 "G.Min" (\l -> G.sconcat (G.Min 5 N.:| map G.Min l))
  l1 "G.First" (\l -> G.sconcat (G.First 5 N.:| map G.First l)); l1 "G.Last" (\l -> G.sconcat (G.Last 5 N.:| map G.Last l))
  l1 "stimes" (\l -> take 4 (G.stimes (2 :: Int) l)); l1 "mtimes" (\l -> take 4 (G.mtimesDefault (2 :: Int) l))
  l1 "mapAccumL" (mapAccumL (\a x -> (a + 1, a)) 0); l1 "mapAccumR" (mapAccumR (\a x -> (a + 1, a)) 0)
  l1 "traverse" (runIdentity . traverse (Identity . (+ 1))); l1 "Const" (getConst . traverse (\x -> Const [x]))
  l1 "fmapDefault" (fmapDefault (+ 1)); l1 "foldMapDefault" (foldMapDefault (: [])); l1 "replicateM" (replicateM 2)
  l1 "forever" (\l -> take 3 (forever l :: [Int])); l1 "zipWithM_" (\l -> zipWithM_ (\a b -> Just (a + b)) l l)
  l1 "mapAndUnzipM" (mapAndUnzipM (\x -> Just (x, x))); l1 "liftM2" (\l -> liftM2 (\_ b -> b) l [1, 2])
  l1 "ap" (\l -> map const l `ap` [1]); l1 ">=>" (\l -> ((\x -> [x, x]) >=> const l) 1)
  l1 "unless" (\l -> unless (null l) Nothing); l1 "foldl1" (foldl1 (\a _ -> a))
  l1 "maximumBy" (maximumBy (comparing negate)); l1 "toList" (toList . Just); l1 "sequenceA" (sequenceA . map Just)
  l1 "G.cycle1" (take 3 . G.cycle1); l1 "<$!>" (\l -> (+ 1) <$!> Just (length l)); l1 "comparing Down" (sortOn Down)
  i2 "divMod" divMod; i2 "quotRem" quotRem; i2 "div" div; i2 "shift" shiftL; i2 "shiftR" shiftR; i2 "gcd" gcd
  i2 "^" (\a b -> a ^ b); i2 "enumFromTo" (\a b -> take 3 [a .. b]); i2 "enumFromThen" (\a b -> take 3 [a, b ..])
  i2 "enumFromThenTo" (\a b -> take 3 [a, b .. 9]); i2 "subtract" subtract; i2 "==" (==); i2 "max" max
  i2 "testBit" testBit; i2 "rotate" rotate; i2 "setBit" setBit; i2 "mod" mod
  i2 "array!" (\a b -> listArray (0, 2) [u, 5, b] ! a); i2 "inRange" (\a b -> inRange (0, a) b)
  i2 "rangeSize" (\a b -> rangeSize (a, b)); i2 "index" (\a b -> index (0, a) b); i1 "succ" succ; i1 "pred" pred
  i1 "abs" abs; i1 "signum" signum; i1 "negate" negate; i1 "toEnum Bool" (toEnum :: Int -> Bool)
  i1 "toEnum Char" (toEnum :: Int -> Char); i1 "chr" chr; i1 "toEnum Ordering" (toEnum :: Int -> Ordering)
  i1 "intToDigit" intToDigit; i1 "popCount" popCount; i1 "listArray" (\i -> listArray (0, i) [1 :: Int, 2])
  i1 "array" (\i -> bounds (array (0, 1) [(i, 1 :: Int)])); i1 "accum" (\i -> accumArray (+) 0 (0, 1) [(0, i)])
  i1 "//" (\i -> listArray (0, 1) [1, 2] // [(i, 3 :: Int)]); i1 "fromIntegral Word8" (fromIntegral :: Int -> Word8)
  i1 "toRational" toRational; i1 "Complex" (\i -> fromIntegral i :+ (u :: Double))
  i1 "realPart" (\i -> realPart (fromIntegral i :+ (u :: Double))); i1 "replicate" (\i -> replicate (min 3 i) ())
  i1 "showHex" (\i -> showHex (max 0 i) ""); i1 "Identity" (\i -> runIdentity (Identity i >>= \_ -> Identity 3))
  i1 "Down" (\i -> compare (Down i) (Down 1)); i1 "Proxy" (\i -> (Proxy :: Proxy Int, i))
  i1 "fix" (\i -> fix (\f n -> if n <= 0 then i else f (n - 1)) 2); i1 "until" (\i -> until (> 5) (+ 3) (max 0 i))
  i1 "seq" (\i -> seq i 3); i1 "const" (\i -> const 3 i); i1 "$!" (\i -> const 3 $! i); i1 "asTypeOf" (\i -> asTypeOf 3 i)
  i1 "even" even; i1 "fromEnum" fromEnum; i1 "Ratio" (\i -> numerator (toInteger i % 6))
  i1 "isPrefix" (\i -> readMaybe (show i) :: Maybe Int); i1 "bit" (\i -> bit (min 5 (max 0 i)) :: Integer)
  i1 "Sum" (\i -> Sum i <> Sum 1); i1 "S.InL" (\i -> length (S.InL [i] :: S.Sum [] Maybe Int))
  i1 "arr fmap" (\i -> fmap (const 1) (listArray (0, 0) [i]))
  i1 "arr ==" (\i -> listArray (0, 1) [1, i] == listArray (0, 1) [2, i])
  i1 "arr sum" (\i -> length (listArray (0, 1) [i, i]))
 where bimap' f g ~(a, b) = (f a, g b)
