import Control.Exception
import System.Exit

main :: IO ()
main = do
  putStrLn "before"
  exitWith (ExitFailure 7) `finally` putStrLn "on the way out"
  putStrLn "never"
