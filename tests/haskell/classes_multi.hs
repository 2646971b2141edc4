-- Multi-parameter classes, functional dependencies, flexible instances, a type-level naturals.
{-# LANGUAGE MultiParamTypeClasses, FunctionalDependencies, FlexibleInstances, FlexibleContexts, UndecidableInstances, ScopedTypeVariables #-}

class Container f a | f -> a where
  empty :: f
  insert :: a -> f -> f
  contents :: f -> [a]

newtype Ints = Ints [Int]
newtype Word' = Word' String
instance Container Ints Int where { empty = Ints []; insert n (Ints ns) = Ints (n : ns); contents (Ints ns) = reverse ns }
instance Container Word' Char where { empty = Word' ""; insert c (Word' s) = Word' (s ++ [c]); contents (Word' s) = s }
instance Container [a] a where { empty = []; insert = (:); contents = id }

fill :: Container f a => [a] -> f
fill = foldr insert empty

class Convert a b where convert :: a -> b
instance Convert Int String where convert = show
instance Convert Int Double where convert = fromIntegral
instance Convert Bool Int where convert = fromEnum
instance Convert a b => Convert [a] [b] where convert = map convert
instance (Convert a c, Convert b d) => Convert (a, b) (c, d) where convert (a, b) = (convert a, convert b)

data Z = Z
data S n = S n
class Nat n where nat :: n -> Int
instance Nat Z where nat _ = 0
instance Nat n => Nat (S n) where nat _ = 1 + nat (undefined :: n)
class Add a b c | a b -> c where add :: a -> b -> c
instance Add Z b b where add _ b = b
instance Add a b c => Add (S a) b (S c) where add (S a) b = S (add a b)

class Monad m => Logger m where logLine :: String -> m ()
instance Logger IO where logLine s = putStrLn ("log: " ++ s)

class Pretty a where
  pretty :: a -> String
  prettyList :: [a] -> String
  prettyList as = "<" ++ concatMap pretty as ++ ">"
instance Pretty Char where { pretty c = [c]; prettyList s = "'" ++ s ++ "'" }
instance Pretty Int where pretty = show
instance Pretty a => Pretty [a] where pretty = prettyList
instance {-# OVERLAPPING #-} Pretty [Bool] where pretty = map (\b -> if b then '1' else '0')
instance (Pretty a, Pretty b) => Pretty (Either a b) where pretty = either pretty pretty

class Variadic r where collect :: [Int] -> r
instance Variadic Int where collect = sum
instance (Integral a, Variadic r) => Variadic (a -> r) where collect ns n = collect (fromIntegral n : ns)

work :: (Logger m, Convert a String) => a -> m Int
work a = logLine (convert a) >> return (length (convert a :: String))

main :: IO ()
main = do
  print (contents (fill [1, 2, 3] :: Ints), contents (fill "abc" :: Word'), contents (insert 'x' "yz"))
  putStrLn (convert (42 :: Int))
  print (convert [1, 2 :: Int] :: [Double], convert (True, [3 :: Int]) :: (Int, [String]))
  print (nat (add (S (S Z)) (S (S (S Z)))), nat (undefined :: S (S (S (S Z)))))
  work (12345 :: Int) >>= print
  putStrLn (pretty [[1, 2], [3 :: Int]] ++ pretty "text" ++ pretty ["a", "b"] ++ pretty [True, False, True] ++ pretty [Left 'x', Right (7 :: Int)])
  print (collect [] (1 :: Int) (2 :: Integer) (3 :: Int) :: Int)
