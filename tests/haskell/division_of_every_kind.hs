-- modules: modules/Partial.hs
-- Which argument of division, comparison and indexing decides when the other one is no number, for every kind of number.
import Data.Int
import Data.Ix
import Data.Word
import Numeric.Natural
import Partial

both :: (Show a, Show b) => String -> String -> [a] -> (a -> a -> b) -> IO ()
both kind name values f = mapM_ one values
  where
    one v = do
      attempt (kind ++ " " ++ show v ++ " " ++ name ++ " _") (f v u)
      attempt (kind ++ " _ " ++ name ++ " " ++ show v) (f u v)

-- | Whether there is a pair, whatever is in it.
pair :: (a, b) -> Bool
pair (_, _) = True

divisions :: (Integral a, Show a) => String -> [a] -> IO ()
divisions kind values = do
  mapM_ (\(name, f) -> both kind name values f) [("quot", quot), ("rem", rem), ("div", div), ("mod", mod), ("==", \a b -> fromIntegral (fromEnum (a == b))), ("max", max)]
  mapM_ (\(name, f) -> both kind name values (\a b -> pair (f a b))) [("quotRem", quotRem), ("divMod", divMod)]
  sequence_ [attempt (unwords [kind, show a, name, show b]) (f a b) | (name, f) <- [("quotRem", quotRem), ("divMod", divMod)], a <- values, b <- values]
  sequence_ [attempt (unwords [kind, show a, name, show b, "pair"]) (pair (f a b)) | (name, f) <- [("quotRem", quotRem), ("divMod", divMod)], a <- values, b <- values]

indexing :: (Ix a, Show a) => String -> [a] -> IO ()
indexing kind values = sequence_
  [ attempt (unwords [kind, name, l, h, i]) (f (bound lo, bound hi) (bound at))
  | (name, f) <- [("inRange", \b x -> fromEnum (inRange b x)), ("index", index), ("rangeSize", \b _ -> rangeSize b)]
  , (l, lo) <- some, (h, hi) <- some, (i, at) <- some ]
  where
    some = ("_", Nothing) : [(show v, Just v) | v <- values]
    bound = maybe u id

main :: IO ()
main = do
  divisions "Int" [0, 1, -1, 7, minBound :: Int]
  divisions "Int8" [0, 1, -1, 7, minBound :: Int8]
  divisions "Int16" [0, 1, -1, 7, minBound :: Int16]
  divisions "Int32" [0, 1, -1, 7, minBound :: Int32]
  divisions "Int64" [0, 1, -1, 7, minBound :: Int64]
  divisions "Word" [0, 1, 7, maxBound :: Word]
  divisions "Word8" [0, 1, 7, maxBound :: Word8]
  divisions "Word16" [0, 1, 7, maxBound :: Word16]
  divisions "Word32" [0, 1, 7, maxBound :: Word32]
  divisions "Word64" [0, 1, 7, maxBound :: Word64]
  divisions "Integer" [0, 1, -1, 7, 2 ^ (70 :: Int) :: Integer]
  divisions "Natural" [0, 1, 7, 2 ^ (70 :: Int) :: Natural]
  indexing "Int" [0, 1, 3 :: Int]
  indexing "Word" [0, 1, 3 :: Word]
  indexing "Int8" [0, 1, 3 :: Int8]
  indexing "Word16" [0, 1, 3 :: Word16]
  indexing "Integer" [0, 1, 3 :: Integer]
  indexing "Char" "abd"
  indexing "Bool" [False, True]
  indexing "Ordering" [LT, EQ]
  indexing "(Int,Bool)" [(0, False), (2, True)]
