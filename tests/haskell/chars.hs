-- Data.Char: classes and conversions over ASCII and beyond; ciphers.
import Data.Char

caesar :: Int -> String -> String
caesar k = map turn
  where turn c | isAsciiLower c = rotate 'a' c
               | isAsciiUpper c = rotate 'A' c
               | otherwise = c
        rotate base c = chr (ord base + (ord c - ord base + k) `mod` 26)

vigenere :: (Int -> Int -> Int) -> String -> String -> String
vigenere op key = zipWith (\k c -> if isAsciiUpper c then chr (65 + (ord c - 65) `op` (ord k - 65) `mod` 26) else c) (cycle key)

capitalise :: String -> String
capitalise = unwords . map (\w -> case w of { (c : cs) -> toUpper c : map toLower cs; [] -> [] }) . words

palindrome :: String -> Bool
palindrome s = letters == reverse letters
  where letters = map toLower (filter isAlpha s)

main :: IO ()
main = do
  mapM_ row [("control", isControl), ("space", isSpace), ("lower", isLower), ("upper", isUpper), ("alpha", isAlpha), ("letter", isLetter), ("digit", isDigit),
    ("octal", isOctDigit), ("hex", isHexDigit), ("alnum", isAlphaNum), ("print", isPrint), ("punct", isPunctuation), ("symbol", isSymbol), ("ascii", isAscii), ("latin1", isLatin1), ("mark", isMark), ("number", isNumber), ("separator", isSeparator)]
  print (map generalCategory "aA1 \n-_(<$+\160\173\955\1488\8205\57344\888")
  print (map ord "az\0\1114111", map chr [97, 955, 0x10FFFF], digitToInt 'f', intToDigit 11, subtract (ord 'a') (ord 'z'))
  putStrLn (caesar 3 "The quick brown fox, jumps!")
  putStrLn (caesar (-3) (caesar 3 "Round Trip"))
  let secret = vigenere (+) "LEMON" "ATTACK AT DAWN"
  putStrLn secret
  putStrLn (capitalise "the qUICK  brown fOX")
  print (map palindrome ["A man, a plan, a canal: Panama", "not one", ""])
  print (map toUpper "stra\223e \255\181", map toLower "\304\7838\1046", map toTitle "\454a", minBound :: Char, maxBound :: Char)
  print (['a' .. 'f'], ['a', 'c' .. 'i'], ['z', 'y' .. 'u'], succ 'a', pred 'b', fromEnum 'A', toEnum 66 :: Char, compare 'a' 'B')
  print (showLitChar '\n' "", showLitChar '\200' "1", lexLitChar "\\nabc", readLitChar "\\x41bc", lexLitChar "\\SOHx")
  where row (label, test) = putStrLn (label ++ ": " ++ show (length (filter test ['\0' .. '\x7ff'])) ++ " " ++ show (take 4 (filter test ['\0' ..])) ++ show (filter test "aZ5 \t_+\233\923\1632"))
