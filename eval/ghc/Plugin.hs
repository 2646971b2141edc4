-- | GHC's plugin: writes each module that is compiled as STG text, beside whatever else GHC makes of it.
--
-- > ghc -fplugin=Plugin -fplugin-opt=Plugin:DIRECTORY …
module Plugin (plugin) where

import GHC.Plugins

import Hook

plugin :: Plugin
plugin = defaultPlugin{dynflagsPlugin = \options flags -> pure (writeStg (concat (take 1 options)) flags)
                      , pluginRecompile = purePlugin}
