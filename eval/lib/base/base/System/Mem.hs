{-# LANGUAGE NoImplicitPrelude #-}
module System.Mem (performGC, performMajorGC, performMinorGC) where

import GHC.Base

foreign import ccall "performMajorGC" performMajorGC :: IO ()
foreign import ccall "performMinorGC" performMinorGC :: IO ()

performGC :: IO ()
performGC = performMajorGC
