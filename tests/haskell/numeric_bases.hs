-- Numeric: showHex, showOct, showFFloat and its like, reading back, bases by hand, Roman numerals.
import Data.Char
import Numeric

inBase :: Int -> Integer -> String
inBase base n = showIntAtBase (toInteger base) intToDigit n ""

roman :: Int -> String
roman 0 = ""
roman n = let (v, s) = head (filter ((<= n) . fst) table) in s ++ roman (n - v)
  where table = zip [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1] (words "M CM D CD C XC L XL X IX V IV I")

unroman :: String -> Int
unroman s = sum (zipWith signed values (drop 1 values ++ [0]))
  where values = map (\c -> maybe 0 id (lookup c (zip "IVXLCDM" [1, 5, 10, 50, 100, 500, 1000]))) s
        signed v next = if v < next then -v else v

main :: IO ()
main = do
  putStrLn (showHex (255 :: Int) "" ++ " " ++ showOct (64 :: Int) "" ++ " " ++ showHex (2 ^ (100 :: Int) - 1 :: Integer) "")
  print [inBase b n | b <- [2, 3, 7, 12, 16], n <- [0, 1, 100, 65535]]
  print [showFFloat (Just d) x "" | d <- [0, 1, 3], x <- [0, 1.5, -2.345, 1234567.891, 0.0005, 1e21 :: Double]]
  print [showEFloat (Just d) x "" | d <- [0, 1, 3], x <- [0, 1.5, -2.345, 1234567.891, 0.0005 :: Double]]
  print [showGFloat (Just 2) x "" | x <- [0.01, 0.1, 1, 1e6, 1e7, 1e8 :: Double]]
  print [f Nothing (1234.5 :: Double) "" | f <- [showFFloat, showEFloat, showGFloat]]
  print [showFloat (0.1 :: Float) "", showFFloat Nothing (1e-4 :: Double) "", showFFloat (Just 2) (0 / 0 :: Double) "", showEFloat (Just 2) (1 / 0 :: Double) ""]
  print (floatToDigits 10 (123.456 :: Double), floatToDigits 2 (0.15625 :: Double), floatToDigits 10 (0 :: Double))
  print (fst (head (readHex "DeadBeef" :: [(Integer, String)])), fst (head (readOct "755" :: [(Int, String)])))
  print (map (fst . head . readInt 2 (`elem` "01") digitToInt) ["1011", "0", "11111111"] :: [Int])
  print (map roman [1, 4, 9, 14, 40, 90, 400, 1987, 2024, 3999])
  print (and [unroman (roman n) == n | n <- [1 .. 500]])
  print (showSigned showInt 0 (-5 :: Int) "", showSigned showInt 7 (-5 :: Int) "", fromRat (7 / 8) :: Double)
  print (lexDigits "123abc", [digitToInt c | c <- "09afAF"], map intToDigit [0 .. 15])
