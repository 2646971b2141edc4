module Geometry.Vector where

infixl 6 ^+^

data Vector = Vector { vx, vy :: !Int } deriving (Eq, Ord)

instance Show Vector where
  showsPrec d (Vector x y) = showParen (d > 10) (showString "vector " . showsPrec 11 x . showChar ' ' . showsPrec 11 y)

vector :: Int -> Int -> Vector
vector = Vector

origin :: Vector
origin = vector 0 0

(^+^), (^-^) :: Vector -> Vector -> Vector
Vector a b ^+^ Vector c d = Vector (a + c) (b + d)
v ^-^ w = v ^+^ scale (-1) w

scale :: Int -> Vector -> Vector
scale k (Vector x y) = Vector (k * x) (k * y)

dot, cross :: Vector -> Vector -> Int
dot (Vector a b) (Vector c d) = a * c + b * d
cross (Vector a b) (Vector c d) = a * d - b * c

norm2 :: Vector -> Int
norm2 v = dot v v
