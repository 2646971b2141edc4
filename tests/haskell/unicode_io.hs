-- stdin: unicode_io.in
-- UTF-8 comes in and goes out; lengths count characters; case conversion beyond ASCII.
import Data.Char
import System.IO

describe :: Char -> String
describe c = show c ++ " " ++ show (ord c) ++ " " ++ show (generalCategory c) ++ concat
  [ if f c then name else "" | (f, name) <- [(isAlpha, " alpha"), (isUpper, " upper"), (isLower, " lower"), (isDigit, " digit"),
      (isSpace, " space"), (isPunctuation, " punctuation"), (isSymbol, " symbol"), (isPrint, " print"), (isNumber, " number")] ]

main :: IO ()
main = do
  first <- getLine
  putStrLn first
  print first
  print (length first)
  putStrLn (map toUpper first)
  putStrLn (map toLower (map toUpper first))
  putStrLn (reverse first)
  rest <- getContents
  mapM_ (putStrLn . describe) (filter (/= '\n') rest)
  putStrLn "λ → ∀ α. α ≤ β ⇒ ¬(β < α) 日本語 🎈"
  hPutStrLn stdout (map chr [0x3b1 .. 0x3c9])
  print (map toTitle "ǆ straße", map toUpper "ǆ straße ÿ", map toLower "ÀÉÎÕÜ ΑΒΓ ДЖ")
  putStr (concatMap (\c -> [c, '\x0301']) "aeiou" ++ "\n")
