-- stdin: stdin_end.in
-- exit: 1
-- isEOF and the error of reading beyond the end, caught once and then not.
import Control.Exception
import Control.Monad
import System.IO
import System.IO.Error

loop :: Int -> IO Int
loop n = do
  eof <- isEOF
  if eof then return n else do
    l <- getLine
    putStrLn (show n ++ ": " ++ l)
    loop (n + 1)

main :: IO ()
main = do
  n <- loop 1
  print n
  r <- try getLine
  putStrLn (either (\e -> if isEOFError e then "end of file" else "other") id r)
  s <- tryJust (guard . isEOFError) getChar
  print s
  hPutStrLn stderr "about to fail"
  _ <- getChar
  putStrLn "never"
