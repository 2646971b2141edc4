module Geometry (module Geometry.Vector, Shape (..), Rectangle, rectangle, describe) where

import Geometry.Vector

class Shape a where
  outline :: a -> [Vector]
  label :: a -> String
  label = (++ " corners") . show . length . outline
  area2 :: a -> Int
  area2 s = abs (sum (zipWith cross vs (drop 1 vs ++ take 1 vs)))
    where vs = outline s

data Rectangle = Rectangle Int Int

instance Shape Rectangle where
  outline (Rectangle w h) = [origin, vector w 0, vector w h, vector 0 h]

rectangle :: Int -> Int -> Rectangle
rectangle = Rectangle

describe :: Shape a => a -> String
describe s = label s ++ ", twice its area " ++ show (area2 s) ++ ", sides squared " ++ show [norm2 (b ^-^ a) | (a, b) <- zip vs (drop 1 vs ++ take 1 vs)]
  where vs = outline s
