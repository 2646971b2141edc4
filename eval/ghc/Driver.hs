-- | Compiles as @ghc --make@ does, and writes each module as STG text: for what the plugin cannot serve, since a plugin needs base
-- in the package database, and base is what is being compiled.
--
-- > driver LIBDIR DIRECTORY FLAG… MODULE…
--
-- LIBDIR is what @ghc --print-libdir@ says. Modules or files are what GHC's command line takes; warnings and errors come as GHC
-- prints them; the exit code is 1 if there were errors.
module Main (main) where

import Control.Monad (unless)
import Control.Monad.IO.Class (liftIO)
import System.Environment (getArgs)
import System.Exit

import GHC
import GHC.Driver.Session
import GHC.Driver.Types (handleFlagWarnings)

import Hook

main :: IO ()
main = do
    args <- getArgs
    case args of
        libdir : directory : rest -> defaultErrorHandler defaultFatalMessager defaultFlushOut (runGhc (Just libdir) (compile directory rest))
        _ -> die "usage: driver LIBDIR DIRECTORY FLAG... MODULE..."

compile :: FilePath -> [String] -> Ghc ()
compile directory args = do
    start <- getSessionDynFlags
    (flags, rest, warnings) <- parseDynamicFlags start (map noLoc args)
    liftIO (handleFlagWarnings flags warnings)
    _ <- setSessionDynFlags (writeStg directory flags{ghcLink = NoLink, ghcMode = CompManager})
    targets <- mapM (\t -> guessTarget (unLoc t) Nothing) rest
    setTargets targets
    done <- load LoadAllTargets
    unless (succeeded done) (liftIO (exitWith (ExitFailure 1)))
