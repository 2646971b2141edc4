{-# LANGUAGE NoImplicitPrelude #-}
module GHC.Conc (module GHC.Conc.Sync, threadDelay, numCapabilities, getNumCapabilities, getNumProcessors) where

import Control.Concurrent (getNumCapabilities, threadDelay)
import GHC.Base
import GHC.Conc.Sync
import GHC.Num ()

numCapabilities :: Int
numCapabilities = 1

getNumProcessors :: IO Int
getNumProcessors = return 1
