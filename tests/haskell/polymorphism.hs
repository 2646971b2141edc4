-- Polymorphic recursion, higher-rank and existential types, Church encodings, local polymorphism, defaulting.
{-# LANGUAGE RankNTypes, ExistentialQuantification, ScopedTypeVariables #-}
import Data.List

data Nested a = Flat a | Deeper (Nested [a]) deriving Show
data Perfect a = Zero a | Succ (Perfect (a, a))

depth :: Nested a -> Int
depth (Flat _) = 0
depth (Deeper n) = 1 + depth n

showPerfect :: forall a. (a -> String) -> Perfect a -> String
showPerfect f (Zero a) = f a
showPerfect f (Succ p) = showPerfect (\(x, y) -> "<" ++ f x ++ f y ++ ">") p

build :: Int -> a -> Perfect a
build 0 a = Zero a
build n a = Succ (build (n - 1) (a, a))

size :: Perfect a -> Int
size p = go p (const 1)
  where go :: forall b. Perfect b -> (b -> Int) -> Int
        go (Zero b) f = f b
        go (Succ q) f = go q (\(x, y) -> f x + f y)

bothWays :: (forall a. [a] -> [a]) -> ([Int], String) -> ([Int], String)
bothWays f (ns, s) = (f ns, f s)

newtype Church = Church (forall a. (a -> a) -> a -> a)
toInt :: Church -> Int
toInt (Church n) = n (+ 1) 0
add, mul, expo :: Church -> Church -> Church
add (Church m) (Church n) = Church (\f -> m f . n f)
mul (Church m) (Church n) = Church (m . n)
expo (Church m) (Church n) = Church (n m)
fromInt :: Int -> Church
fromInt 0 = Church (\_ x -> x)
fromInt k = add (Church id) (fromInt (k - 1))

data Showable = forall a. (Show a, Ord a) => Showable [a]
data Counter = forall s. Counter s (s -> s) (s -> Int)
data Stream a = forall s. Stream (s -> Maybe (a, s)) s

instance Show Showable where show (Showable as) = show (sort as)

run :: Int -> Counter -> Int
run n (Counter s step out) = out (iterate step s !! n)

unstream :: Stream a -> [a]
unstream (Stream step s) = unfoldr step s

mapS :: (a -> b) -> Stream a -> Stream b
mapS f (Stream step s) = Stream (fmap (\(a, s') -> (f a, s')) . step) s

zipS :: Stream a -> Stream b -> Stream (a, b)
zipS (Stream f s) (Stream g t) = Stream (\(u, v) -> do { (a, u') <- f u; (b, v') <- g v; return ((a, b), (u', v')) }) (s, t)

newtype List a = List { foldList :: forall r. (a -> r -> r) -> r -> r }
cons :: a -> List a -> List a
cons a l = List (\c n -> c a (foldList l c n))
append :: List a -> List a -> List a
append a b = List (\c n -> foldList a c (foldList b c n))

withBoth :: (forall a. Show a => a -> r) -> (r -> r -> r) -> r
withBoth f combine = combine (f (1 :: Int)) (f [Just 'x'])

main :: IO ()
main = do
  print (depth (Deeper (Deeper (Flat [[1 :: Int]]))), Deeper (Deeper (Flat [["x"]])))
  putStrLn (showPerfect show (build 3 (7 :: Int)))
  print (map (size . flip build ()) [0 .. 10])
  print (bothWays reverse ([1, 2, 3], "abc"), bothWays (take 2) ([1, 2, 3], "abc"))
  print (map toInt [add (fromInt 3) (fromInt 4), mul (fromInt 5) (fromInt 6), expo (fromInt 2) (fromInt 10)])
  print [Showable [3, 1, 2 :: Int], Showable "hello", Showable [Just 2.5, Nothing]]
  print (map (run 10) [Counter 0 (+ 3) id, Counter "" ('x' :) length, Counter (1, 1) (\(a, b) -> (b, a + b)) fst])
  let nats = Stream (\n -> Just (n, n + 1)) (0 :: Int)
      letters = Stream (\s -> case s of { [] -> Nothing; c : cs -> Just (c, cs) }) "abcd"
  print (unstream (zipS (mapS (* 10) nats) letters))
  print (foldList (append (cons 1 (cons 2 (List (\_ n -> n)))) (cons 3 (List (\_ n -> n)))) (:) [] :: [Int])
  putStrLn (withBoth show (++))
  let pair :: a -> (a, a)
      pair a = (a, a)
      twice f = f . f
  print (pair 'x', pair (pair True), twice (map (+ 1)) [1, 2], twice ('a' :) "b", twice twice (* 2) 3)
  print (2 ^ 10, 7 / 2, fromIntegral (length "four") * 1.5, truncate 2.7 + 1, show 3 ++ show 3.0)
