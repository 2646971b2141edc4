-- Extensions of the type system and of syntax: functional dependencies, GADTs with existentials, rank-N, type families, data kinds, default signatures, records with wildcards, pattern synonyms, view patterns, arrows.
{-# LANGUAGE GADTs, KindSignatures, RankNTypes, TypeFamilies, DataKinds, MultiParamTypeClasses, FunctionalDependencies,
    FlexibleInstances, FlexibleContexts, UndecidableInstances, RecordWildCards, NamedFieldPuns, PatternSynonyms,
    ViewPatterns, MultiWayIf, LambdaCase, TupleSections, BangPatterns, ScopedTypeVariables, TypeApplications,
    DefaultSignatures, StandaloneDeriving, DerivingStrategies, GeneralizedNewtypeDeriving, DeriveAnyClass,
    ExistentialQuantification, ConstraintKinds, PolyKinds, TypeOperators, NumericUnderscores, BinaryLiterals,
    NegativeLiterals, ParallelListComp, TransformListComp, MonadComprehensions, Arrows, EmptyCase, AllowAmbiguousTypes,
    QuantifiedConstraints, ImplicitParams, OverloadedStrings, BlockArguments #-}
module Main (main) where
import Data.Kind (Type, Constraint)
import Data.Char
import Data.List (sortBy, unfoldr, sortOn)
import Data.Proxy
import Data.String (IsString(..))
import GHC.TypeLits
import GHC.Exts (sortWith, groupWith, the, IsList(..))
import Control.Arrow
import qualified Control.Category as C

data Nat' = Z | S Nat'
data Vec (n :: Nat') a where { Nil :: Vec 'Z a; (:>) :: a -> Vec n a -> Vec ('S n) a }
infixr 5 :>
vhead :: Vec ('S n) a -> a
vhead (x :> _) = x
vtoList :: Vec n a -> [a]
vtoList Nil = []
vtoList (x :> xs) = x : vtoList xs
vzip :: Vec n a -> Vec n b -> Vec n (a, b)
vzip Nil Nil = Nil
vzip (a :> as) (b :> bs) = (a, b) :> vzip as bs
type family Plus (a :: Nat') (b :: Nat') :: Nat' where { Plus 'Z b = b; Plus ('S a) b = 'S (Plus a b) }
vappend :: Vec n a -> Vec m a -> Vec (Plus n m) a
vappend Nil ys = ys
vappend (x :> xs) ys = x :> vappend xs ys
deriving instance Show a => Show (Vec n a)

data Term :: Type -> Type where
  I :: Int -> Term Int
  B :: Bool -> Term Bool
  Add :: Term Int -> Term Int -> Term Int
  If :: Term Bool -> Term a -> Term a -> Term a
  Le :: Term Int -> Term Int -> Term Bool
  P :: Term a -> Term b -> Term (a, b)
  Fst :: Term (a, b) -> Term a
  Lam :: (Term a -> Term b) -> Term (a -> b)
  App :: Term (a -> b) -> Term a -> Term b
  Val :: a -> Term a
eval :: Term a -> a
eval = \case { I n -> n; B b -> b; Add a b -> eval a + eval b; If c t e -> if eval c then eval t else eval e; Le a b -> eval a <= eval b; P a b -> (eval a, eval b); Fst p -> fst (eval p); Lam f -> eval . f . Val; App f x -> eval f (eval x); Val v -> v }

class Container f a | f -> a where { cempty :: f; cinsert :: a -> f -> f; ctoList :: f -> [a] }
newtype IntBag = IntBag [Int] deriving stock Show
instance Container IntBag Int where { cempty = IntBag []; cinsert x (IntBag xs) = IntBag (x : xs); ctoList (IntBag xs) = xs }
class Collection c where { type Elem c :: Type; data Cursor c :: Type; start :: c -> Cursor c; next :: Cursor c -> Maybe (Elem c, Cursor c) }
instance Collection [a] where { type Elem [a] = a; newtype Cursor [a] = LC [a]; start = LC; next (LC []) = Nothing; next (LC (x : xs)) = Just (x, LC xs) }
walk :: Collection c => c -> [Elem c]
walk = unfoldr next . start

data Showable = forall a. (Show a) => MkS a | forall b. Num b => b :&: (b -> String)
display :: Showable -> String
display (MkS a) = show a
display (n :&: f) = f (n * 2 + 1)

class Describe a where
  describe :: a -> String
  default describe :: Show a => a -> String
  describe = ("<" ++) . (++ ">") . show
data Colour = Red | Green | Blue deriving stock (Show, Eq, Ord, Enum, Bounded) deriving anyclass Describe
newtype Age = Age Int deriving newtype (Show, Num, Eq, Ord, Enum, Real, Integral)
data Config = Config { host :: String, port :: Int, flags :: [String] } deriving (Show, Eq, Ord)
summary :: Config -> String
summary Config {..} = host ++ ":" ++ show port ++ concatMap (' ' :) flags
mk :: String -> Config
mk host = let { port = 80; flags = [] } in Config {..}
bump :: Config -> Config
bump c@Config { port } = c { port = port + 1, flags = "bumped" : flags c }

pattern Pt :: a -> b -> (a, b)
pattern Pt x y = (x, y)
pattern Even :: Int
pattern Even <- (even -> True)
pattern Snoc :: [a] -> a -> [a]
pattern Snoc xs x <- (unsnoc -> Just (xs, x)) where Snoc xs x = xs ++ [x]
unsnoc :: [a] -> Maybe ([a], a)
unsnoc [] = Nothing
unsnoc xs = Just (init xs, last xs)
parity :: Int -> String
parity Even = "even"
parity _ = "odd"
applyAll :: (forall a. [a] -> Int) -> ([Int], String) -> (Int, Int)
applyAll f (a, b) = (f a, f b)
newtype Church = Church (forall a. (a -> a) -> a -> a)
toInt :: Church -> Int
toInt (Church n) = n (+ 1) 0
mul :: Church -> Church -> Church
mul (Church a) (Church b) = Church (a . b)
newtype Name = Name String deriving (Eq, Show)
instance IsString Name where fromString = Name . map toUpper
implicitly :: (?verbose :: Bool) => String -> String
implicitly s = if ?verbose then s ++ "!" else s
newtype Circuit a b = Circuit { unCircuit :: a -> (Circuit a b, b) }
instance C.Category Circuit where { id = Circuit (C.id &&& id >>> \(_, a) -> (C.id, a)); (.) = dot where (Circuit g) `dot` (Circuit f) = Circuit (\a -> let { (f', b) = f a; (g', c) = g b } in (g' `dot` f', c)) }
instance Arrow Circuit where { arr f = Circuit (\a -> (arr f, f a)); first (Circuit f) = Circuit (\(b, d) -> let (f', c) = f b in (first f', (c, d))) }
runCircuit :: Circuit a b -> [a] -> [b]
runCircuit _ [] = []
runCircuit (Circuit f) (x : xs) = let (c', y) = f x in y : runCircuit c' xs
accum :: acc -> (a -> acc -> (b, acc)) -> Circuit a b
accum acc f = Circuit (\i -> let (o, acc') = f i acc in (accum acc' f, o))
total :: Num a => Circuit a a
total = accum 0 (\a b -> (a + b, a + b))
mean :: Circuit Double Double
mean = proc v -> do
  t <- total -< v
  n <- total -< 1
  returnA -< t / n

main :: IO ()
main = do
  let v = 1 :> 2 :> 3 :> Nil
  print (vhead v, vtoList (vzip v ('a' :> 'b' :> 'c' :> Nil)), vappend v v)
  print (eval (If (Le (I 3) (Add (I 1) (I 1))) (I 10) (App (Lam (\x -> Add x x)) (Fst (P (I 21) (B True))))))
  print (ctoList (cinsert 3 (cinsert 4 (cempty :: IntBag))), walk ("cursor" :: String))
  mapM_ (putStrLn . display) [MkS 'x', MkS [Just 1], (3 :: Int) :&: show, 2.5 :&: (show :: Double -> String)]
  print (map describe [minBound .. maxBound :: Colour], Age 3 + 4, sum (map Age [1 .. 4]), toInteger (Age 9 `div` 2))
  putStrLn (summary (bump (mk "example")))
  print ((mk "a") { port = 9 }, bump (mk "b") < mk "c")
  let Pt p q = Pt 'l' 'r'
  print (p, q, map parity [1, 2], case ("hello" :: String) of { Snoc xs x -> (x, xs); _ -> error "empty" }, Snoc [1, 2] 3)
  print (applyAll length ([1, 2, 3], "four"), toInt (mul (Church (\f -> f . f)) (Church (\f -> f . f . f))))
  print (natVal (Proxy :: Proxy 42), symbolVal (Proxy @"sym"), "overloaded" :: Name, 1_000_000 + 0b101 + 0x_ff :: Int, abs -3 :: Int)
  let ?verbose = True in putStrLn (implicitly "implicit")
  print [(x, y) | x <- [1, 2, 3 :: Int] | y <- ("abc" :: String)]
  print [(the d, sum n) | (d, n) <- [("x" :: String, 1 :: Int), ("y", 2), ("x", 3)], then group by d using groupWith]
  print [x * 2 | x <- Just 4, x > 3]
  print (if | length (vtoList v) > 5 -> "long" | Just n <- lookup 2 [(2, "two")] -> n | otherwise -> "none" :: String)
  print (map (,True) ("ab" :: String), runCircuit mean [0, 10, 7, 8], runCircuit (arr (+ 1) >>> total) [1, 0, 1])
  print ((length &&& reverse) ([1, 2] :: [Int]), ((+ 1) *** show) (1 :: Int, 'c'), (Left 3 :: Either Int Int) & left (+ 1), ((+ 1) ||| length) (Right "abc" :: Either Int String), runKleisli (Kleisli (\x -> [x, x + 1]) >>> arr (* 2)) 5, loop (\(b, d) -> (take b d, 'a' : d)) 3)
  where x & f = f x
