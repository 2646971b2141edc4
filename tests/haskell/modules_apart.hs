-- modules: modules/Queue.hs modules/Geometry/Vector.hs modules/Geometry.hs
-- A program of several modules: abstract types, re-exports, qualified names, instances from elsewhere, a class used across them.
module Main (main) where

import qualified Data.List as L
import Geometry
import qualified Queue as Q
import Queue (Queue, (|>))

newtype Path = Path [Vector] deriving Eq
instance Shape Path where
  outline (Path vs) = vs
  label _ = "path"

simulate :: Int -> [Int]
simulate n = go (Q.fromList [1 .. n]) []
  where go q out = case Q.pop q of
          Nothing -> reverse out
          Just (a, q') -> case Q.pop q' of
            Nothing -> reverse (a : out)
            Just (b, q'') -> go (q'' |> b) (a : out)

sizes :: Queue a -> (Int, Bool)
sizes q = (Q.size q, Q.isEmpty q)

main :: IO ()
main = do
  print (simulate 10)
  print (Q.toList (foldl (|>) Q.empty "abc" |> 'd'), sizes (Q.empty :: Queue Int), sizes (Q.fromList "xy"))
  print (Q.fromList [1, 2, 3 :: Int], Q.fromList "ab" == (Q.empty |> 'a' |> 'b'), fmap negate (Q.fromList [1, 2]), sum (Q.fromList [4, 5, 6]))
  putStrLn (describe (rectangle 3 4))
  putStrLn (describe (Path [vector 0 0, vector 3 4, vector 3 0]))
  print (vector 1 2 ^+^ vector 3 (-5), scale 3 (vector 1 (-1)), dot (vector 1 2) (vector 3 4), origin)
  print (L.sortOn norm2 [vector 3 4, origin, vector (-1) 1], map label [rectangle 1 1])
