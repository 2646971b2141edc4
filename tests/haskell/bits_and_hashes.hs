-- Data.Bits on all sizes, Word and Int wrapping, FiniteBits, conversions, MD5, CRC, xorshift, Gray codes.
module Main (main) where
import Data.Bits
import Data.Char
import Data.Int
import Data.List
import Data.Word
import Numeric

crcTable :: [Word32]
crcTable = [iterate (\c -> if testBit c 0 then 0xEDB88320 `xor` shiftR c 1 else shiftR c 1) n !! 8 | n <- [0 .. 255]]
crc32 :: String -> Word32
crc32 = complement . foldl' step 0xFFFFFFFF where step c ch = (crcTable !! fromIntegral ((c `xor` fromIntegral (ord ch)) .&. 0xFF)) `xor` shiftR c 8

md5 :: String -> String
md5 msg = concatMap hexLE [a, b, c, d] where
  bytes = map (fromIntegral . ord) msg :: [Word8]
  len = length bytes
  padded = bytes ++ [0x80] ++ replicate ((55 - len) `mod` 64) 0 ++ [fromIntegral (shiftR (len * 8) (8 * i)) | i <- [0 .. 7]]
  word [p, q, r, s] = fromIntegral p .|. shiftL (fromIntegral q) 8 .|. shiftL (fromIntegral r) 16 .|. shiftL (fromIntegral s) 24 :: Word32
  word _ = 0
  chunks n xs = takeWhile (not . null) (unfoldr (Just . splitAt n) xs)
  (a, b, c, d) = foldl' block (0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476) (chunks 64 padded)
  block (a0, b0, c0, d0) blk = let ms = map word (chunks 4 blk); (a1, b1, c1, d1) = foldl' (rnd ms) (a0, b0, c0, d0) [0 .. 63] in (a0 + a1, b0 + b1, c0 + c1, d0 + d1)
  rnd ms (p, q, r, s) i =
    let (f, g) | i < 16 = ((q .&. r) .|. (complement q .&. s), i)
               | i < 32 = ((s .&. q) .|. (complement s .&. r), (5 * i + 1) `mod` 16)
               | i < 48 = (q `xor` r `xor` s, (3 * i + 5) `mod` 16)
               | otherwise = (r `xor` (q .|. complement s), (7 * i) `mod` 16)
        f' = f + p + (floor (abs (sin (fromIntegral (i + 1))) * 4294967296 :: Double)) + ms !! g
    in (s, q + rotateL f' (shifts !! (4 * (i `div` 16) + i `mod` 4)), q, r)
  shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
  hexLE w = concat [pad (showHex (shiftR w (8 * i) .&. 0xFF) "") | i <- [0 .. 3]]
  pad s = replicate (2 - length s) '0' ++ s

xorshift :: Word64 -> Word64
xorshift x0 = x3 where { x1 = x0 `xor` shiftL x0 13; x2 = x1 `xor` shiftR x1 7; x3 = x2 `xor` shiftL x2 17 }

describe :: (Show a, FiniteBits a, Integral a, Bounded a) => a -> String
describe x = unwords [show x, show (finiteBitSize x), show (popCount x), show (countLeadingZeros x), show (countTrailingZeros x), show (complement x), show (rotateL x 3), show (rotateR x 3), show (shiftL x 5), show (shiftR x 2), show (unsafeShiftL x 1), show (testBit x 1), show (isSigned x), show (x `setBit` 4), show (x `clearBit` 0), show (x `complementBit` 2), show (minBound `asTypeOf` x), show (maxBound `asTypeOf` x)]

main :: IO ()
main = do
  putStrLn (describe (77 :: Int)); putStrLn (describe (-77 :: Int8)); putStrLn (describe (12345 :: Int16)); putStrLn (describe (-123456789 :: Int32)); putStrLn (describe (minBound :: Int64))
  putStrLn (describe (77 :: Word)); putStrLn (describe (200 :: Word8)); putStrLn (describe (54321 :: Word16)); putStrLn (describe (0xDEADBEEF :: Word32)); putStrLn (describe (maxBound - 5 :: Word64))
  print (map md5 ["", "abc", "The quick brown fox jumps over the lazy dog"])
  print (showHex (crc32 "123456789") "", take 4 (iterate xorshift 88172645463325252))
  print (fromIntegral (300 :: Int) :: Word8, fromIntegral (200 :: Word8) :: Int8, fromIntegral (-1 :: Int8) :: Word64, fromIntegral (2 ^ 40 + 7 :: Integer) :: Int32, toInteger (maxBound :: Word64) + 1)
  print [i `xor` shiftR i 1 | i <- [0 .. 15 :: Int]]
  print (zeroBits :: Word16, bit 7 :: Word8, bit 8 :: Word8, shift (1 :: Int) 4, shift (256 :: Int) (-4), rotate (0x81 :: Word8) 1, rotate (0x81 :: Word8) (-1), shiftR (-8 :: Int) 1, shiftL (1 :: Int) 64, shiftR (-1 :: Int) 70, shiftR (255 :: Word8) 9)
  print (byteSwap32 0x11223344, byteSwap16 0x1122, byteSwap64 1, bitReverse8 1, bitReverse32 3)
  print (div (-7) 2 :: Int8, mod (-7) 2 :: Int16, quotRem (-7) 2 :: (Int32, Int32), divMod 7 (-2) :: (Int64, Int64), (maxBound :: Int8) + 1, negate (minBound :: Int16), abs (minBound :: Int8), 0 - 1 :: Word16, product [1 .. 25] :: Int, 2 ^ (63 :: Int) :: Int)
  print ([250 ..] :: [Word8], take 3 [minBound ..] :: [Int8], [10, 7 .. 0] :: [Word16], fromEnum (maxBound :: Word32), toEnum 65 :: Word8, succ 5 :: Int16)
  print (read "255" :: Word8, read "-128" :: Int8, read "300" :: Word8, (toIntegralSized (300 :: Int) :: Maybe Word8), (toIntegralSized (-1 :: Int) :: Maybe Word), (toIntegralSized (100 :: Word16) :: Maybe Int8))
  print (foldl' (.|.) 0 [bit i | i <- [0, 3 .. 30]] :: Word32, foldr1 xor [1 .. 100 :: Int], (.&.) 12 10 :: Integer, map (popCount :: Int -> Int) [0, -1, 255], oneBits' :: Word8, even (fromIntegral (maxBound :: Word) :: Int))
  where oneBits' = complement zeroBits
