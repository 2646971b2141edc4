-- Word8…64 and Int8…64: wrap-around, conversions between them, division, bounds, showing, enumeration.
import Control.Exception
import Data.Int
import Data.Word

every :: (Show a, Bounded a, Integral a) => String -> a -> IO ()
every name sample = do
  let top = maxBound `asTypeOf` sample; bottom = minBound `asTypeOf` sample
  putStrLn (name ++ " " ++ show (bottom, top))
  print (top + 1, bottom - 1, top * top, negate 1 `asTypeOf` sample, negate bottom)
  print (map (`asTypeOf` sample) [fromInteger 1000, fromInteger (-1), fromInteger (2 ^ (40 :: Int) + 3), fromInteger (-(2 ^ (70 :: Int)) + 9)])
  print [(a `div` b, a `mod` b, a `quot` b, a `rem` b) | a <- [top, bottom, 100], b <- [7, top - 3]]
  print (toInteger (top `div` 2) + 1, fromIntegral top :: Int, fromIntegral bottom :: Word, signum bottom, abs bottom)
  print (take 3 [bottom ..], take 4 [top, top - 2 ..], [top - 2 ..])
  r <- try (evaluate (top `div` (0 `asTypeOf` sample)))
  putStrLn (either (\e -> show (e :: ArithException)) show r)

main :: IO ()
main = do
  every "Int8" (0 :: Int8)
  every "Int16" (0 :: Int16)
  every "Int32" (0 :: Int32)
  every "Int64" (0 :: Int64)
  every "Word8" (0 :: Word8)
  every "Word16" (0 :: Word16)
  every "Word32" (0 :: Word32)
  every "Word64" (0 :: Word64)
  every "Word" (0 :: Word)
  print (fromIntegral (200 :: Word8) :: Int8, fromIntegral (-1 :: Int8) :: Word16, fromIntegral (-1 :: Int16) :: Word8, fromIntegral (40000 :: Int32) :: Int16)
  print (fromIntegral (-5 :: Int64) :: Word64, fromIntegral (maxBound :: Word64) :: Int64, fromIntegral (maxBound :: Word32) :: Int)
  print (sum (map fromIntegral [1 .. 300 :: Int]) :: Word8, product [1 .. 20 :: Int32], foldl (\h b -> h * 16777619 + fromIntegral b) 2166136261 [0 .. 255 :: Word8] :: Word32)
  print (read "255" :: Word8, read "300" :: Word8, read "-1" :: Word16, [minBound .. -126 :: Int8], succ 5 :: Word8)
  print (realToFrac (3 :: Int8) + 0.5 :: Double, truncate (300.7 :: Double) :: Word8, round (-2.5 :: Double) :: Int8)
