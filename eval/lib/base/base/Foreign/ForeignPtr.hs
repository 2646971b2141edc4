{-# LANGUAGE NoImplicitPrelude, ScopedTypeVariables #-}
module Foreign.ForeignPtr
    ( ForeignPtr, FinalizerPtr, FinalizerEnvPtr
    , newForeignPtr, newForeignPtr_, addForeignPtrFinalizer, newForeignPtrEnv, addForeignPtrFinalizerEnv, withForeignPtr, finalizeForeignPtr
    , touchForeignPtr, castForeignPtr, plusForeignPtr
    , mallocForeignPtr, mallocForeignPtrBytes, mallocForeignPtrArray, mallocForeignPtrArray0
    ) where

import Foreign.Storable
import GHC.ForeignPtr
import Prelude

mallocForeignPtrArray, mallocForeignPtrArray0 :: forall a. Storable a => Int -> IO (ForeignPtr a)
mallocForeignPtrArray n = mallocForeignPtrBytes (n * sizeOf (undefined :: a))
mallocForeignPtrArray0 n = mallocForeignPtrArray (n + 1)
