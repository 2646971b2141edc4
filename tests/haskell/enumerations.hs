-- Enum ranges of every sort: upwards, downwards, with steps that overshoot, empty, infinite; of Double, Char, Integer, Ordering and Bool; succ and pred at the ends.
import Control.Exception
import Data.Ratio

raises :: Show a => a -> IO ()
raises a = (evaluate a >>= print) `catch` \e -> putStrLn ("raises " ++ takeWhile (/= '\n') (show (e :: ErrorCall)))

data Planet = Mercury | Venus | Earth | Mars | Jupiter deriving (Show, Eq, Ord, Enum, Bounded)

newtype Even = Even Int deriving (Show, Eq, Ord)
instance Enum Even where
  toEnum n = Even (2 * n)
  fromEnum (Even n) = n `div` 2

cyclic :: (Eq a, Enum a, Bounded a) => a -> a
cyclic a = if a == maxBound then minBound else succ a

main :: IO ()
main = do
  print [[1 .. 5], [5 .. 1], [1, 3 .. 10], [10, 8 .. 1], [1, 1 .. 0], [3 .. 3], [3, 1 .. 4], [0, -5 .. -12 :: Int]]
  print (take 3 [7, 7 .. 9 :: Int], take 3 [7 :: Int, 7 .. 7])
  print [[maxBound - 2 ..], [minBound + 2, minBound + 1 ..], [maxBound - 5 :: Int, maxBound - 2 ..]]
  print [[2 ^ 65 .. 2 ^ 65 + 2], [0, -(2 ^ 64) .. -(2 ^ 66)], [5, 4 .. 1 :: Integer]]
  print [[1.0 .. 3.4], [1.0 .. 3.6], [1, 1.5 .. 3], [3, 2.5 .. 1], [0.5 ..  0.4], [1.5 .. 0.9 :: Double]]
  print (['a' .. 'e'], ['a', 'e' .. 'z'], ['z', 'x' .. 'm'], take 3 ['\1114109' ..], ['b' .. 'a'])
  print ([False ..], [LT ..], [GT, EQ ..], [True, False ..], [(), ()] == [(), ()], [() ..])
  print ([Venus ..], [Mercury, Earth ..], [Jupiter, Mars ..], [Mars .. Venus], [Earth, Earth .. Venus], take 2 [Earth, Earth ..])
  print (take 9 (iterate cyclic Mars), map fromEnum [Mercury ..], map toEnum [4, 0] :: [Planet])
  print (take 3 [Even 4 ..], [Even 2 .. Even 8], [Even 0, Even 4 .. Even 13], succ (Even 6), pred (Even 6))
  print ([1 % 2 .. 3], [1, 3 % 2 .. 3] :: [Rational])
  print (succ 1.5 :: Double, pred (1 % 2) :: Rational, succ 'z', pred 0 :: Int, fromEnum 3.7, fromEnum 'A', toEnum 97 :: Char, toEnum 1 :: Bool, fromEnum (7 :: Integer))
  raises (succ Jupiter)
  raises (pred Mercury)
  raises (toEnum 5 :: Planet)
  raises (toEnum 2 :: Bool)
  raises (succ True)
  raises (pred LT)
  raises (succ ())
  raises (toEnum (-1) :: Char)
  raises (succ (maxBound :: Char))
  print (sum [1, 3 .. 99 :: Int], length [1 .. 1000 :: Integer], last [1, 4 .. 1000 :: Int], product [1 .. 10.0 :: Double], [x | Just x <- map (`lookup` zip [Mercury ..] "abcde") [Mars, Venus]])
