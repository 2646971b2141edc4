-- | Compiles as @ghc --make@ does, and writes each module as STG text: for what the plugin cannot serve, since a plugin needs base
-- in the package database, and base is what is being compiled.
--
-- > driver LIBDIR DIRECTORY FLAG… MODULE…
--
-- LIBDIR is what @ghc --print-libdir@ says. Modules or files are what GHC's command line takes; warnings and errors come as GHC
-- prints them; the exit code is 1 if there were errors, 3 if one of them was that a module, or a name of one, could not be found.
module Main (main) where

import Control.Monad (unless, when)
import Control.Monad.IO.Class (liftIO)
import Data.IORef
import Data.List (intercalate, isInfixOf, isPrefixOf)
import System.Environment (getArgs)
import System.Exit

import GHC
import GHC.Driver.Session
import GHC.Driver.Types (handleFlagWarnings)
import GHC.Utils.Misc (fuzzyMatch)
import GHC.Utils.Outputable (showSDoc)

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
    case filter ("-" `isPrefixOf`) (map unLoc rest) of
        [] -> pure ()
        unknown -> liftIO (die (concatMap unknownFlag unknown))
    missing <- liftIO (newIORef False)
    _ <- setSessionDynFlags (noteMissing missing (writeStg directory flags{ghcLink = NoLink, ghcMode = CompManager}))
    targets <- mapM (\t -> guessTarget (unLoc t) Nothing) rest
    setTargets targets
    done <- handleSourceError (\e -> printException e >> pure Failed) (load LoadAllTargets)
    unless (succeeded done) (liftIO (readIORef missing >>= \m -> exitWith (ExitFailure (if m then 3 else 1))))

unknownFlag :: String -> String
unknownFlag flag = "unrecognised flag: " ++ flag ++ case fuzzyMatch flag allNonDeprecatedFlags of
    [] -> ""
    near -> "; did you mean " ++ intercalate " or " near ++ "?"

-- | Remembers whether a message says that something could not be found.
noteMissing :: IORef Bool -> DynFlags -> DynFlags
noteMissing missing flags = flags{log_action = act}
  where
    act dflags reason severity place message = do
        let text = showSDoc dflags message
        when (any (`isInfixOf` text) ["Could not find module", "does not export"]) (writeIORef missing True)
        log_action flags dflags reason severity place message
