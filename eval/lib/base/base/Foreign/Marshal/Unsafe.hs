{-# LANGUAGE NoImplicitPrelude #-}
module Foreign.Marshal.Unsafe (unsafeLocalState) where

import GHC.IO

unsafeLocalState :: IO a -> a
unsafeLocalState = unsafePerformIO
