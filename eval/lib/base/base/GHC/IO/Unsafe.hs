{-# LANGUAGE NoImplicitPrelude #-}
module GHC.IO.Unsafe (unsafePerformIO, unsafeInterleaveIO, unsafeDupablePerformIO, unsafeDupableInterleaveIO, noDuplicate) where

import GHC.IO
