import Data.List (intercalate)
import System.IO

escapes, controls, unicode :: String
escapes = "tab\tquote\" backslash\\ done"
controls = "\SOH\DEL\200\&1\SO\&H\1234x"
unicode = "gr\252\223e, \955 \8594 \8704 \120120"

main :: IO ()
main = do
  hSetEncoding stdout utf8
  putStrLn escapes
  print escapes
  print controls
  putStrLn unicode
  print unicode
  print '\''
  print '"'
  print "\"'"
  let parts = words "  one two\tthree\n"
  print parts
  putStrLn (intercalate "/" parts)
  print (lines "a\n\nb\n")
