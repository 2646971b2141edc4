-- Numeric: showing and reading in bases, float formats, RealFloat's methods.
module Main (main) where
import Numeric
import Data.Char (intToDigit, isDigit, digitToInt)
import Data.Ratio

main :: IO ()
main = do
  putStrLn (showHex (255::Int) "" ++ " " ++ showOct (64::Int) "" ++ " " ++ showIntAtBase 2 intToDigit (37::Int) "" ++ " " ++ showHex (2^100 :: Integer) "")
  print (fst (head (readHex "ffZZ")) :: Int, readOct "777x" :: [(Int,String)], readDec "99 b" :: [(Int,String)], readHex "zz" :: [(Int,String)])
  print (readInt 3 (`elem` "012") digitToInt "2102x" :: [(Int,String)])
  print (readSigned readDec "-5 x" :: [(Int,String)], readSigned readDec "(-5)" :: [(Int, String)])
  print (readFloat "3.25e2z" :: [(Double,String)], readFloat "0.1" :: [(Rational,String)], readSigned readFloat "-2.5" :: [(Double,String)])
  mapM_ putStrLn [ f (Just d) x "" | f <- [showEFloat, showFFloat, showGFloat], d <- [0,1,3,10], x <- [0, 1, 0.1, 123.456, 1e-3, 9.999, 9.9999e9, 1.5e22, 5e-324 :: Double] ]
  mapM_ putStrLn [ f Nothing x "" | f <- [showEFloat, showFFloat, showGFloat, showFFloatAlt, showGFloatAlt], x <- [0, 1, -0.1, 123.456, 1e-3, 1/0, -1/0, 0/0, 1.7976931348623157e308 :: Double] ]
  mapM_ (\x -> putStrLn (showFloat x "")) [1.0e-2, 0.1, 1, 12345678.9, 1.0e7, 9999999, 4.9406564584124654e-324 :: Double]
  mapM_ (\x -> putStrLn (showHFloat x "")) [1, 0.5, -3.75, 1e10, 5e-324, 0 :: Double]
  print (floatToDigits 10 (0.15625::Double), floatToDigits 2 (0.15625 :: Double), floatToDigits 10 (1e23::Double))
  print (fromRat (1 % 3) :: Double, fromRat (10^400 % 1) :: Double, fromRat (1 % 10^400) :: Double)
  print (map decodeFloat [1, 0.1, 0, -2.5e10 :: Double], map decodeFloat [1, 0.1 :: Float])
  print (map significand [1, 0.1, 8 :: Double], map exponent [1, 0.1, 8::Double], map (scaleFloat 3) [1, 0.1 :: Double])
  print (floatDigits (1::Double), floatRadix (1::Float), floatRange (1::Double), floatRange (1::Float))
  print (map isNaN [0/0, 1::Double], map isInfinite [1/0, 1::Double], map isNegativeZero [-0.0, 0 :: Double], map isDenormalized [5e-324, 1::Double], isIEEE (1::Double))
  print [atan2 y x | y <- [-1, -0.0, 0, 1], x <- [-1, -0.0, 0, 1 :: Double]]
  print (map truncate [2.5, -2.5, 1e10 :: Double] :: [Integer], map round [0.5, 1.5, 2.5, -0.5, -1.5 :: Double] :: [Int], map ceiling [2.1, -2.1 :: Double] :: [Int], map floor [2.1, -2.1::Double] :: [Int])
  print (properFraction (-3.75 :: Double) :: (Int, Double), truncate (1e20 :: Double) :: Integer, round (1e300 :: Double) `mod` (10^10 :: Integer))
  print (toRational (0.1 :: Double), fromRational (7 % 2) :: Double, realToFrac (0.1 :: Double) :: Float)
  print [lexDigits "123abc", lexDigits "x"]
  print (minimum [0/0, 1 :: Double], maximum [1, 0/0 :: Double], compare (0/0) (1::Double), (0/0 :: Double) == 0/0, max (0/0) (1 :: Double), min 1 (0/0 :: Double))
  print (map (\x -> (sqrt x, exp x, log x)) [0, 1, 2, 100 :: Double])
  print (map sin [0, 1, 1e6 :: Double], map tanh [0.1, 1 :: Double], map asinh [0.1, -1e10 :: Double], map acosh [1, 2 :: Double], map atanh [0.5 :: Double])
  print (2 ** 0.5 :: Double, 2 ^^ (-3 :: Int) :: Double, 0 ^ (0::Int) :: Int, logBase 2 1024 :: Double, pi :: Float)
  print ([1.0,1.5..3.0] :: [Double], [10,8.5..1] :: [Float], [1.0..3.5] :: [Double], take 3 [0.1 ..] :: [Double], ['a','c'..'i'])
  print (showSigned showInt 0 (-5 :: Int) "", showSigned showInt 7 (-5 :: Int) "", showParen True (shows (1 :: Int)) "")
  print (numerator (6 % 8 :: Rational), approxRational (pi :: Double) 0.001, (3 % 4 + 1 % 4 :: Rational), [1 % 2 .. 3 :: Rational])
