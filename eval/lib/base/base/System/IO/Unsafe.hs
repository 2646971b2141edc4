{-# LANGUAGE NoImplicitPrelude #-}
module System.IO.Unsafe (unsafePerformIO, unsafeDupablePerformIO, unsafeInterleaveIO, unsafeFixIO) where

import GHC.Base
import GHC.IO
import GHC.IORef
import Control.Exception.Base

unsafeFixIO :: (a -> IO a) -> IO a
unsafeFixIO k = do
    ref <- newIORef (throw NonTermination)
    ans <- unsafeDupableInterleaveIO (readIORef ref)
    result <- k ans
    writeIORef ref result
    return result
