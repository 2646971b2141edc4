-- floor, ceiling, round (to even), truncate, properFraction of Double, Float and Rational; mathematics of Double.
import Data.Ratio

samples :: [Double]
samples = [-2.5, -2.4999, -1.5, -1, -0.5, -0.1, 0, 0.1, 0.5, 0.9, 1, 1.5, 2.5, 2.5001, 3.5, 1e10 + 0.5, 123456789.987]

table :: (RealFrac a, Show a) => [a] -> IO ()
table xs = do
  print (map floor xs :: [Int])
  print (map ceiling xs :: [Int])
  print (map round xs :: [Int])
  print (map truncate xs :: [Int])
  print (map round xs :: [Integer])
  mapM_ (\x -> let (n, f) = properFraction x in print (n :: Integer, f)) xs

main :: IO ()
main = do
  table samples
  table (map realToFrac samples :: [Float])
  table [-5 % 2, -3 % 2, -1 % 2, 0, 1 % 2, 3 % 2, 5 % 2, 7 % 3, -7 % 3 :: Rational]
  print (round (1e20 :: Double) :: Integer, truncate (-1e25 :: Double) :: Integer, floor (-1e15 - 0.5 :: Double) :: Integer, ceiling (2 ** 70 :: Double) :: Integer)
  print [2 ^ (10 :: Int), 2 ^^ (-2 :: Int), 2 ** 0.5, (-8) ** 2, 0 ** 0, (-8) ** (1 / 3) :: Double]
  print [sqrt 16, sqrt (-1), exp 0, log 1, log 0, log (-1), sin 0, cos 0, tan 0, asin 1, acos 1, atan 1 :: Double]
  print [sinh 1, cosh 1, tanh 1, asinh 0, acosh 1, atanh 0, logBase 2 1024, logBase 10 1000 :: Double]
  print (map (fromIntegral . (round :: Double -> Int) . (* 100)) samples :: [Float])
  print (abs (-0.0) :: Double, signum (-2.5) :: Double, signum (-0.0) :: Double, negate 0 :: Double)
  print (3 % 4 + 1 % 4 :: Rational, (3 % 4) ^ (3 :: Int) :: Rational, (3 % 4) ^^ (-2 :: Int) :: Rational, recip (3 % (-4)) :: Rational)
  print (numerator (6 % (-8)), denominator (6 % (-8) :: Rational), approxRational (pi :: Double) 0.001, truncate (22 % 7 :: Rational) :: Int)
