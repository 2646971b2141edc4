ofInt :: Int -> Int
ofInt (-9223372036854775808) = 10
ofInt (-1) = 20
ofInt 1000000 = 30
ofInt 9223372036854775807 = 40
ofInt _ = 0

ofWord :: Word -> Int
ofWord 0 = 1
ofWord 255 = 2
ofWord 9223372036854775808 = 3
ofWord 18446744073709551615 = 4
ofWord _ = 0

ofChar :: Char -> Int
ofChar '\0' = 5
ofChar '\'' = 6
ofChar 'z' = 7
ofChar '\1114111' = 8
ofChar _ = 0

ofDouble :: Double -> Int
ofDouble 0.1 = 1
ofDouble 1.0e300 = 2
ofDouble _ = 0

main :: IO ()
main = do
  print (map ofInt [minBound, -1, 1000000, maxBound, 0])
  print (map ofWord [0, 255, 9223372036854775808, 18446744073709551615, 1])
  print (map ofChar ['\0', '\'', 'z', '\1114111', 'a'])
  print (map ofDouble [0.1, 1.0e300, -0.1])
  print [minBound, maxBound :: Int]
