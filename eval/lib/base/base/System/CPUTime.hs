{-# LANGUAGE NoImplicitPrelude #-}
module System.CPUTime (getCPUTime, cpuTimePrecision) where

import Prelude

foreign import ccall unsafe "clock" clock :: IO Int

-- | In picoseconds; C's clock counts microseconds.
getCPUTime :: IO Integer
getCPUTime = fmap (\n -> toInteger n * cpuTimePrecision) clock

cpuTimePrecision :: Integer
cpuTimePrecision = 1000000
