import Data.Bits
import Data.Char (ord)

fnv :: String -> Word -> Word
fnv [] hash = hash
fnv (c : rest) hash = fnv rest ((hash `xor` fromIntegral (ord c)) * 1099511628211)

name :: Word -> Int
name 7 = 1
name 18446744073709551615 = 2
name 9223372036854775808 = 3
name _ = 0

main :: IO ()
main = do
  print (fnv "hello" 14695981039346656037)
  let top = 0 - 1 :: Word
  print top
  print (popCount top)
  print (map name [7, top, 1 `shiftL` 63, 0])
  print (top `quot` 2)
