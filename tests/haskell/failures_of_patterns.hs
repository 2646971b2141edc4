-- Each way in which a pattern can fail raises its own exception, whose text says where.
{-# OPTIONS_GHC -Wno-missing-methods -Wno-missing-fields #-}
{-# LANGUAGE LambdaCase, MultiWayIf #-}
import Control.Exception

data R = A { field :: Int, other :: Int } | B { other :: Int }

class C a where
  method :: a -> Int
instance C Bool

try' :: a -> IO ()
try' a = (evaluate a >> putStrLn "fine") `catch` \e -> putStrLn (show (e :: SomeException))

f :: Int -> Int
f 1 = 10
f 2 = 20

g :: Int -> String
g n | n < 0 = "negative"
    | n > 10 = "big"

main :: IO ()
main = do
  try' (f 1 + f 2)
  try' (f 3)
  try' (g 5)
  try' ((\case { Just n -> n + 1 :: Int }) Nothing)
  try' (let [x, y] = [1, 2, 3 :: Int] in x + y)
  try' (case "abc" of { ('b' : _) -> () })
  try' (if | f 1 > 100 -> 'a' | f 1 < 0 -> 'b')
  try' (field (B 3))
  try' (other (B 3))
  try' ((B 3) { field = 1 })
  try' (field A { other = 1 })
  try' (method True)
  do { Just x <- return (Nothing :: Maybe Int); print x } `catch` \e -> putStrLn (show (e :: IOException))
  print (do { Just x <- [Just 1, Nothing, Just (3 :: Int)]; return x })
  print ([y | Right y <- [Left 'a', Right 2, Right (3 :: Int)]])
  print (do { (1, y) <- Just (2 :: Int, 'y'); return y })
