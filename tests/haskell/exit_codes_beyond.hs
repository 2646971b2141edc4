-- exit: 255
-- A code that no process can have is 255, and of what an exception says `show` is printed, not `displayException`.
module Main (main) where

import Control.Exception
import System.Exit

newtype Odd = Odd Int deriving Show

instance Exception Odd where
    displayException (Odd n) = "odd: " ++ show n

main :: IO ()
main = do
    first <- try (exitWith (ExitFailure 256)) :: IO (Either ExitCode ())
    print first
    second <- try (exitWith (ExitFailure 0)) :: IO (Either IOException ())
    putStrLn (either (const "0 is no failure") (const "0 is a failure") second)
    third <- try (throwIO (Odd 3)) :: IO (Either SomeException ())
    putStrLn (either displayException (const "nothing") third)
    _ <- exitWith (ExitFailure 300)
    putStrLn "not reached"
