-- exit: 3
-- exitWith passes through finally, which still runs; what comes after it does not.
import Control.Exception
import System.Exit
import System.IO

main :: IO ()
main = do
  r <- try (exitWith (ExitFailure 7)) :: IO (Either ExitCode ())
  print r
  s <- try exitSuccess :: IO (Either ExitCode ())
  print s
  t <- try (exitWith (ExitFailure 0)) :: IO (Either SomeException ())
  putStrLn (either (const "ExitFailure 0 is refused") (const "accepted") t)
  hPutStrLn stderr "on stderr"
  putStr "no newline"
  (putStrLn "" >> exitWith (ExitFailure 3)) `finally` putStrLn "cleaned up"
  putStrLn "never"
