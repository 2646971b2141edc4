{-# LANGUAGE NoImplicitPrelude, StandaloneDeriving #-}
module System.Exit (ExitCode (..), exitWith, exitFailure, exitSuccess, die) where

import GHC.Base
import GHC.IO
import GHC.IO.Exception
import GHC.IO.Handle
import GHC.Num
import GHC.Read

exitWith :: ExitCode -> IO a
exitWith ExitSuccess = throwIO ExitSuccess
exitWith code@(ExitFailure n)
    | n /= 0 = throwIO code
    | otherwise = ioError (IOError Nothing InvalidArgument "exitWith" "ExitFailure 0" Nothing Nothing)

exitFailure, exitSuccess :: IO a
exitFailure = exitWith (ExitFailure 1)
exitSuccess = exitWith ExitSuccess

die :: String -> IO a
die message = hPutStr stderr (message ++ "\n") >> exitFailure

deriving instance Read ExitCode
