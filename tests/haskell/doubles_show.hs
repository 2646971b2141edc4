-- How Double and Float are shown, and the values at their edges.
main :: IO ()
main = do
  print [0, 1, -1, 0.1, 0.5, 1.5, 123.456, 0.01, 0.099, 1e6, 1e7, 9999999, 12345678.9, 1e21, 1e22, 1e23, -2.5e-3 :: Double]
  print [1e-1, 1e-2, 1e-3, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308 :: Double]
  print [1 / 0, -1 / 0, 0 / 0 :: Double]
  print [-0.0, negate 0, 0.1 + 0.2, 1 / 3, 2 / 3, 100 / 3, 4.35, 2.675, 1.005 :: Double]
  print [0, 0.1, 1 / 3, 16777216, 16777217, 3.4028235e38, 1e-45, 1.17549435e-38, 1e10, 0.3, 33554430 :: Float]
  print (realToFrac (0.5 :: Float) :: Double, realToFrac (0.25 :: Double) :: Float, fromIntegral (2 ^ (53 :: Int) + 1 :: Int) :: Double)
  print (Just (-1.5), [Left 2.0, Right (-0.0)], (-1e-3, 1.0e-2))
  print (pi :: Double, exp 1 :: Double, sqrt 2 :: Double, pi :: Float, exp 1 :: Float)
  print (map isNaN [0 / 0, 1 :: Double], map isInfinite [1 / 0, 1 :: Double], map isNegativeZero [-0.0, 0 :: Double], map isDenormalized [5e-324, 1 :: Double])
  print (0 / 0 == (0 / 0 :: Double), 0 == (-0.0 :: Double), 1 / 0 > (1e308 :: Double), compare 1 (0 / 0 :: Double), max (0 / 0) (1 :: Double))
  print (map decodeFloat [1, 0.1, -123.5, 5e-324 :: Double], decodeFloat (0.1 :: Float))
  print (encodeFloat 3 5 :: Double, significand (8 :: Double), exponent (8 :: Double), scaleFloat 3 (1.5 :: Double), floatDigits (1 :: Double), floatRadix (1 :: Float), floatRange (1 :: Double))
  print (toRational (0.75 :: Double), toRational (-0.1 :: Float), fromRational (7 / 4) :: Double)
  print (atan2 1 (-1) :: Double, atan2 (-0.0) (-1) :: Double, atan2 0 1 :: Double)
  print (minimum [3.5, -2, 7 :: Double], sum (replicate 10 0.1) :: Double, product [1.5, 2, -4] :: Double)
  print [1.0, 1.5 .. 3 :: Double]
  print ([1 .. 3.5] :: [Double], [10, 8.5 .. 1] :: [Float], [0.1 .. 1] :: [Double], [3, 2 .. 3] :: [Double])
  print (read "1.5e-3" :: Double, read "-7" :: Double, fromEnum (3.99 :: Double), toEnum 5 :: Double, succ 1.5 :: Double)
