{-# LANGUAGE NoImplicitPrelude #-}
module Data.Unique (Unique, newUnique, hashUnique) where

import GHC.Base
import GHC.IO
import GHC.IORef
import GHC.Num
import GHC.Real

newtype Unique = Unique Integer
    deriving (Eq, Ord)

source :: IORef Integer
source = unsafePerformIO (newIORef 0)
{-# NOINLINE source #-}

newUnique :: IO Unique
newUnique = atomicModifyIORef' source (\n -> let n' = n + 1 in (n', Unique n'))

hashUnique :: Unique -> Int
hashUnique (Unique i) = fromIntegral i
