-- What read makes of numbers, characters, strings, lists and tuples.
import Text.Read (readMaybe)
import Numeric

ints :: [String]
ints = ["0", "42", "-42", " 7 ", "(7)", "( -7 )", "- 7", "--7", "+7", "0x1F", "0o17", "0b11", "1e3", "1.0", "007", "9223372036854775808", "", "7 7"]

doubles :: [String]
doubles = ["1", "1.5", "-1.5", "1e3", "1E-3", "1.", ".5", "NaN", "Infinity", "-Infinity", "0x10", "1.5e", "123456789.123456789", "1e400", "5e-324"]

main :: IO ()
main = do
  mapM_ (\s -> putStrLn (show s ++ " " ++ show (readMaybe s :: Maybe Int))) ints
  print (map readMaybe ints :: [Maybe Integer])
  mapM_ (\s -> putStrLn (show s ++ " " ++ show (readMaybe s :: Maybe Double))) doubles
  print (map readMaybe ["'a'", "'\\n'", "'\\''", "''", "a", "'ab'", "'\\x41'"] :: [Maybe Char])
  print (map readMaybe ["\"a\\tb\"", "\"\\SOH\\1234\\&5\"", "\"gap\\   \\ped\"", "\"open", "\"\"", "['a','b']"] :: [Maybe String])
  print (map readMaybe ["[]", "[1]", "[1,2,]", "[1 , 2]", "(1)", "[(1)]"] :: [Maybe [Int]])
  print (map readMaybe ["()", "( )", "(())"] :: [Maybe ()])
  print (readMaybe "(1,'x',\"s\",[True,False],Just (-1.5))" :: Maybe (Int, Char, String, [Bool], Maybe Double))
  print (map readMaybe ["Just 1", "Just -1", "Just (-1)", "(Just 1)", "Nothing", "Just Just 1"] :: [Maybe (Maybe Int)])
  print (map readMaybe ["LT", "GT", "lt"] :: [Maybe Ordering])
  print (fst (head (readHex "ff zz")) :: Int, readOct "778" :: [(Int, String)], readDec "12a" :: [(Int, String)])
  print (readFloat "2.50rest" :: [(Double, String)], readSigned readDec "-5 x" :: [(Int, String)])
  print (lex " hello world", lex "(a)", lex "<= 3", lex "'c' d", lex "\"s\\\"t\" u", lex "1.5e3x", lex "", lex "a_b'1 c")
  print (read "3 % 4" :: Rational)
