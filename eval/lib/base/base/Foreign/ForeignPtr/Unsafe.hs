{-# LANGUAGE NoImplicitPrelude #-}
module Foreign.ForeignPtr.Unsafe (unsafeForeignPtrToPtr) where

import GHC.ForeignPtr
