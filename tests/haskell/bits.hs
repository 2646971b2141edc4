-- Data.Bits on Int, Word8, Int16 and Integer.
import Data.Bits
import Data.Int
import Data.Word

suite :: (Show a, FiniteBits a, Integral a) => String -> [a] -> IO ()
suite name xs = do
  putStrLn (name ++ " of " ++ show (finiteBitSize (head xs)) ++ " bits, signed: " ++ show (isSigned (head xs)))
  print xs
  print [x .&. y | x <- xs, y <- xs]
  print [x .|. y | x <- xs, y <- xs]
  print [xor x y | x <- xs, y <- xs]
  print (map complement xs)
  print [shiftL x k | x <- xs, k <- [0, 1, 5, 64]]
  print [shiftR x k | x <- xs, k <- [0, 1, 5, 64]]
  print [shift x k | x <- xs, k <- [3, -3]]
  print [rotate x k | x <- xs, k <- [1, 4, -1, -5]]
  print (map popCount xs, map countLeadingZeros xs, map countTrailingZeros xs)
  print [testBit x k | x <- xs, k <- [0, 3, 7]]
  print [(setBit x 2, clearBit x 0, complementBit x 6) | x <- xs]

gray :: Int -> Int
gray n = n `xor` (n `shiftR` 1)

crc :: [Word8] -> Word32
crc = complement . foldl step maxBound
  where step c b = iterate shifted (c `xor` fromIntegral b) !! 8
        shifted v = (v `shiftR` 1) `xor` (if testBit v 0 then 0xEDB88320 else 0)

main :: IO ()
main = do
  suite "Int" [0, 1, -1, 1234567, minBound :: Int]
  suite "Word8" [0, 1, 0xA5, maxBound :: Word8]
  suite "Int16" [1, -2, 0x1234, minBound :: Int16]
  suite "Word64" [1, 0xDEADBEEFCAFEBABE, maxBound :: Word64]
  print (map gray [0 .. 16])
  print (crc (map (fromIntegral . fromEnum) "123456789"))
  print (bit 70 :: Integer, zeroBits :: Int, (.&.) 12 10 + (12 .|. 3) :: Int, popCount (-1 :: Integer))
  print (unsafeShiftL 3 4 :: Int, unsafeShiftR (-16) 2 :: Int, rotateL (0x81 :: Word8) 1, rotateR (0x81 :: Word8) 1)
  print (bitSizeMaybe (1 :: Integer), bitSizeMaybe (1 :: Word16), toIntegralSized (300 :: Int) :: Maybe Word8, toIntegralSized (200 :: Int) :: Maybe Word8)
