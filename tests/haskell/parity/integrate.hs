-- parity
-- args: 700
-- stress-args: 12
-- A double integral by the trapezium rule over lists of points.
import System.Environment

points :: Double -> Double -> Int -> [Double]
points a b n = [a + fromIntegral k * (b - a) / fromIntegral n | k <- [0 .. n]]

trapezium :: Int -> Double -> Double -> (Double -> Double) -> Double
trapezium n a b f = (b - a) / fromIntegral n * sum (zipWith (\u v -> (u + v) / 2) ys (tail ys))
  where ys = map f (points a b n)

surface :: Double -> Double -> Double
surface x y = x * x * y + y * y / (1 + x * y)

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (trapezium n 0 2 (\x -> trapezium n 0 3 (surface x)))
