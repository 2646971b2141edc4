{-# LANGUAGE NoImplicitPrelude #-}
-- | Arrays that IO writes to.
module GHC.IOArray
    ( IOArray (..), newIOArray, boundsIOArray, readIOArray, writeIOArray, unsafeReadIOArray, unsafeWriteIOArray
    ) where

import GHC.Arr
import GHC.Base
import GHC.ST

newtype IOArray i e = IOArray (STArray RealWorld i e)
    deriving (Eq)

newIOArray :: Ix i => (i, i) -> e -> IO (IOArray i e)
newIOArray b e = stToIO (fmap IOArray (newSTArray b e))
{-# INLINE newIOArray #-}

boundsIOArray :: IOArray i e -> (i, i)
boundsIOArray (IOArray a) = boundsSTArray a

readIOArray :: Ix i => IOArray i e -> i -> IO e
readIOArray (IOArray a) i = stToIO (readSTArray a i)
{-# INLINE readIOArray #-}

writeIOArray :: Ix i => IOArray i e -> i -> e -> IO ()
writeIOArray (IOArray a) i e = stToIO (writeSTArray a i e)
{-# INLINE writeIOArray #-}

unsafeReadIOArray :: IOArray i e -> Int -> IO e
unsafeReadIOArray (IOArray a) i = stToIO (unsafeReadSTArray a i)
{-# INLINE unsafeReadIOArray #-}

unsafeWriteIOArray :: IOArray i e -> Int -> e -> IO ()
unsafeWriteIOArray (IOArray a) i e = stToIO (unsafeWriteSTArray a i e)
{-# INLINE unsafeWriteIOArray #-}
