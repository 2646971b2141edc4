-- stdin: stdin_lines.in
-- getLine, isEOF, readLn, getChar and getContents one after another on the same input; the last line has no newline.
import Control.Exception
import Control.Monad
import System.IO
import System.IO.Error

readNumbers :: Int -> IO [Int]
readNumbers n = replicateM n (fmap read getLine)

untilBlank :: IO [String]
untilBlank = do
  l <- getLine
  if null l then return [] else fmap (l :) untilBlank

main :: IO ()
main = do
  hSetBuffering stdout NoBuffering
  putStr "How many? "
  n <- readLn :: IO Int
  numbers <- readNumbers n
  putStrLn ("sum " ++ show (sum numbers))
  pair <- readLn :: IO (Int, String)
  print pair
  names <- untilBlank
  print names
  c <- getChar
  d <- getChar
  e <- hLookAhead stdin
  rest <- getLine
  print (c, d, e, rest)
  r <- try (readLn :: IO Int)
  putStrLn (either (\x -> if isUserError x then "not a number" else "other") show r)
  hSetBuffering stdout LineBuffering
  done <- isEOF
  print done
  first <- getLine
  others <- getContents
  print (first, length (lines others), last (lines others))
  end <- try getLine :: IO (Either IOException String)
  putStrLn (either (const "closed") id end)
  hFlush stdout
