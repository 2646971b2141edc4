-- | Compiles as @ghc --make@ does, and writes each module as STG text: for what the plugin cannot serve, since a plugin needs base
-- in the package database, and base is what is being compiled.
--
-- > driver LIBDIR DIRECTORY FLAG… MODULE…
--
-- LIBDIR is what @ghc --print-libdir@ says. Modules or files are what GHC's command line takes; warnings and errors come as GHC
-- prints them; the exit code is 1 if there were errors, 3 if one of them was that a module, or a name of one, could not be found
-- that real base may have.
module Main (main) where

import Control.Monad (unless, when)
import Control.Monad.IO.Class (liftIO)
import Data.IORef
import Data.List (intercalate, isInfixOf, isPrefixOf)
import System.Environment (getArgs)
import System.Exit
import System.Process (readProcessWithExitCode)

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
    missing <- liftIO (newIORef [])
    _ <- setSessionDynFlags (noteMissing missing (writeStg directory flags{ghcLink = NoLink, ghcMode = CompManager}))
    targets <- mapM (\t -> guessTarget (unLoc t) Nothing) rest
    setTargets targets
    done <- handleSourceError (\e -> printException e >> pure Failed) (load LoadAllTargets)
    unless (succeeded done) . liftIO $ do
        found <- mapM mayBeInRealBase =<< readIORef missing
        exitWith (ExitFailure (if or found then 3 else 1))

unknownFlag :: String -> String
unknownFlag flag = "unrecognised flag: " ++ flag ++ case fuzzyMatch flag allNonDeprecatedFlags of
    [] -> ""
    near -> "; did you mean " ++ intercalate " or " near ++ "?"

-- | Remembers messages that say that something could not be found.
noteMissing :: IORef [String] -> DynFlags -> DynFlags
noteMissing missing flags = flags{log_action = act}
  where
    act dflags reason severity place message = do
        let text = showSDoc dflags message
        when (any (`isInfixOf` text) [noModule, noName]) (modifyIORef missing (text :))
        log_action flags dflags reason severity place message

noModule, noName :: String
noModule = "Could not find module"
noName = "does not export"

-- | Where threads are the matter, and for modules of other packages than those that setup-base exports, it does not help.
mayBeInRealBase :: String -> IO Bool
mayBeInRealBase message
    | any (`isPrefixOf` name) ["GHC.Conc", "Control.Concurrent"] = pure False
    | noModule `isInfixOf` message = do
        (_, packages, _) <- readProcessWithExitCode "ghc-pkg" ["--global", "--simple-output", "find-module", name] ""
        pure (any (\p -> any (`isPrefixOf` p) exported) (words packages))
    | otherwise = pure True
  where
    name = takeWhile (`notElem` "\8217'") (drop 1 (dropWhile (`notElem` "\8216`") message))
    exported = map (++ "-") ["base", "array", "containers", "deepseq", "mtl", "pretty", "transformers"]
