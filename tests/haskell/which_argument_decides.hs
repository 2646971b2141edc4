-- modules: modules/Partial.hs
-- Which argument of an operation on big numbers decides when the other one is no number.
import Data.Bits
import Numeric.Natural
import Partial

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
  [ attempt (show v ++ " " ++ name ++ " _") (f v u) >> attempt ("_ " ++ name ++ " " ++ show v) (f u v)
  | (name, f) <- named, v <- values ]

main :: IO ()
main = do
  each integers (operations ++ bitwise)
  each integers comparisons
  each naturals (operations ++ bitwise)
  each naturals comparisons
  sequence_ [attempt ("_ ^ " ++ show n) (u ^ n :: Integer) | n <- [0, 1, 2 :: Int]]
  sequence_ [attempt ("_ shiftL " ++ show n) (shiftL u n :: Integer) | n <- [0, 1]]
  sequence_ [attempt ("_ shiftR " ++ show n) (shiftR u n :: Natural) | n <- [0, 1]]
