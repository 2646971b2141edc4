-- Which argument of an operation on big numbers decides when the other one is no number.
import Control.Exception
import Data.Bits
import Numeric.Natural

data Undefined = Undefined deriving Show
instance Exception Undefined

attempt :: Show a => String -> a -> IO ()
attempt name x = do
  r <- try (evaluate x)
  putStrLn (name ++ " = " ++ case r of
    Right v -> show v
    Left e -> case fromException e of
      Just Undefined -> "undefined"
      Nothing -> show (e :: SomeException))

integers :: [Integer]
integers = [0, 1, -1, 2, -2, 2 ^ (70 :: Int), negate (2 ^ (70 :: Int))]

naturals :: [Natural]
naturals = [0, 1, 2, 2 ^ (70 :: Int)]

operations :: Integral a => [(String, a -> a -> a)]
operations =
  [ ("+", (+)), ("-", (-)), ("*", (*)), ("quot", quot), ("rem", rem), ("div", div), ("mod", mod), ("gcd", gcd), ("lcm", \a b -> lcm b (a * a + 1))
  , ("fst quotRem", \a b -> fst (quotRem a b)), ("snd divMod", \a b -> snd (divMod a b)), ("max", max), ("min", min) ]

bitwise :: Bits a => [(String, a -> a -> a)]
bitwise = [(".&.", (.&.)), (".|.", (.|.)), ("xor", xor)]

comparisons :: Ord a => [(String, a -> a -> Bool)]
comparisons = [("==", (==)), ("/=", (/=)), ("<", (<)), ("<=", (<=)), (">", (>)), (">=", (>=)), ("compare", \a b -> compare a b == EQ)]

each :: (Show a, Show b) => [a] -> [(String, a -> a -> b)] -> IO ()
each values named = sequence_
  [ attempt (show v ++ " " ++ name ++ " _") (f v (throw Undefined)) >> attempt ("_ " ++ name ++ " " ++ show v) (f (throw Undefined) v)
  | (name, f) <- named, v <- values ]

main :: IO ()
main = do
  each integers (operations ++ bitwise)
  each integers comparisons
  each naturals (operations ++ bitwise)
  each naturals comparisons
  sequence_ [attempt ("_ ^ " ++ show n) (throw Undefined ^ n :: Integer) | n <- [0, 1, 2 :: Int]]
  sequence_ [attempt ("_ shiftL " ++ show n) (shiftL (throw Undefined) n :: Integer) | n <- [0, 1]]
  sequence_ [attempt ("_ shiftR " ++ show n) (shiftR (throw Undefined) n :: Natural) | n <- [0, 1]]
