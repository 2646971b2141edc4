-- Every way from fractions to whole numbers, of every kind, at the edges of each.
import Data.Int
import Data.Word
import Numeric.Natural

doubles :: [Double]
doubles = concatMap (\x -> [x, negate x])
  [ 0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 4.4999999999999996, 126.5, 127.5, 254.5, 255.4, 32766.5, 65535.25, 2147483646.5, 4294967294.5
  , 4503599627370495.5, 4503599627370496.5, 9007199254740991, 9007199254740993, 9.2e18, 1.0e19, 1.5e30, 1.7976931348623157e308
  , 4.9e-324, 2.2250738585072014e-308, 1.0e-20, 1 / 0, 0 / 0 ]

floats :: [Float]
floats = concatMap (\x -> [x, negate x])
  [0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 8388607.5, 8388608, 16777215, 1.0e10, 3.4028235e38, 1.0e-45, 1.1754944e-38, 1 / 0, 0 / 0]

-- | Short, however long the number.
short :: Integer -> String
short n
  | abs n < 10 ^ (30 :: Int) = show n
  | otherwise = show (n `mod` 1000000007) ++ "~"

wholes :: [Double] -> [String]
wholes xs =
  [ show x ++ ": " ++ unwords (map short [truncate x, floor x, ceiling x, round x, fst (properFraction x)])
      ++ " " ++ show (snd (properFraction x :: (Integer, Double)))
  | x <- xs ]

wholesOfFloat :: [Float] -> [String]
wholesOfFloat xs =
  [ show x ++ ": " ++ unwords (map short [truncate x, floor x, ceiling x, round x, fst (properFraction x)])
      ++ " " ++ show (snd (properFraction x :: (Integer, Float)))
  | x <- xs ]

within :: Double -> [Double] -> [Double]
within limit = filter (\x -> abs x < limit)

ints :: [Double] -> [String]
ints xs = [show x ++ ": " ++ show [truncate x, floor x, ceiling x, round x :: Int] ++ show (properFraction x :: (Int, Double)) | x <- xs]

intsOfFloat :: [Float] -> [String]
intsOfFloat xs = [show x ++ ": " ++ show [truncate x, floor x, ceiling x, round x :: Int] ++ show (properFraction x :: (Int, Float)) | x <- xs]

sized :: Double -> String
sized x = unwords
  [ show [truncate x, floor x, ceiling x, round x :: Int8], show [truncate x, floor x, ceiling x, round x :: Int16]
  , show [truncate x, floor x, ceiling x, round x :: Int32], show [truncate x, floor x, ceiling x, round x :: Int64]
  , show [truncate x, floor x, ceiling x, round x :: Word8], show [truncate x, floor x, ceiling x, round x :: Word16]
  , show [truncate x, floor x, ceiling x, round x :: Word32] ]

-- | From each type to each.
between :: Integer -> String
between n = unwords (concat
  [ to (fromInteger n :: Int8), to (fromInteger n :: Int16), to (fromInteger n :: Int32), to (fromInteger n :: Int64)
  , to (fromInteger n :: Word8), to (fromInteger n :: Word16), to (fromInteger n :: Word32), to (fromInteger n :: Word64)
  , to (fromInteger n :: Int), to (fromInteger n :: Word), to n ])

{-# INLINE to #-}
to :: Integral a => a -> [String]
to x =
  [ show (fromIntegral x :: Int8), show (fromIntegral x :: Int16), show (fromIntegral x :: Int32), show (fromIntegral x :: Int64)
  , show (fromIntegral x :: Word8), show (fromIntegral x :: Word16), show (fromIntegral x :: Word32), show (fromIntegral x :: Word64)
  , show (fromIntegral x :: Int), show (fromIntegral x :: Word), show (fromIntegral x :: Integer), show (fromIntegral (x `div` 16) :: Double)
  , show (fromIntegral (abs (toInteger x)) :: Natural) ]

main :: IO ()
main = do
  mapM_ putStrLn (wholes doubles)
  mapM_ putStrLn (wholesOfFloat floats)
  mapM_ putStrLn (ints (within 9.3e18 doubles))
  mapM_ putStrLn (intsOfFloat (filter (\x -> abs x < 1.0e18) floats))
  mapM_ (putStrLn . sized) (within 127 doubles)
  mapM_ (putStrLn . between) [0, 1, -1, 127, 128, -128, -129, 255, 256, 32768, -32769, 65535, 65536, 2147483648, -2147483649, 2 ^ (63 :: Int), 2 ^ (64 :: Int) - 1]
