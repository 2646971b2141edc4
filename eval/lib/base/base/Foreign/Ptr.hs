{-# LANGUAGE DerivingStrategies, GeneralizedNewtypeDeriving, MagicHash, NoImplicitPrelude #-}
module Foreign.Ptr
    ( Ptr, nullPtr, castPtr, plusPtr, alignPtr, minusPtr
    , FunPtr, nullFunPtr, castFunPtr, castFunPtrToPtr, castPtrToFunPtr, freeHaskellFunPtr
    , IntPtr (..), ptrToIntPtr, intPtrToPtr, WordPtr (..), ptrToWordPtr, wordPtrToPtr
    ) where

import Data.Bits
import Foreign.Storable
import GHC.Base (Int (..), Word (..), addr2Int#, int2Addr#, int2Word#, word2Int#)
import GHC.Ptr
import Prelude
import Text.Read (Read (..))

-- | The first address from here on that a number divides.
alignPtr :: Ptr a -> Int -> Ptr a
alignPtr p n = case ptrToIntPtr p of
    IntPtr a -> p `plusPtr` (negate a `mod` n)

castFunPtrToPtr :: FunPtr a -> Ptr b
castFunPtrToPtr (FunPtr a) = Ptr a

castPtrToFunPtr :: Ptr a -> FunPtr b
castPtrToFunPtr (Ptr a) = FunPtr a

foreign import ccall unsafe "freeHaskellFunctionPtr" freeHaskellFunPtr :: FunPtr a -> IO ()

newtype IntPtr = IntPtr Int
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype WordPtr = WordPtr Word
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

ptrToIntPtr :: Ptr a -> IntPtr
ptrToIntPtr (Ptr a) = IntPtr (I# (addr2Int# a))

intPtrToPtr :: IntPtr -> Ptr a
intPtrToPtr (IntPtr (I# i)) = Ptr (int2Addr# i)

ptrToWordPtr :: Ptr a -> WordPtr
ptrToWordPtr (Ptr a) = WordPtr (W# (int2Word# (addr2Int# a)))

wordPtrToPtr :: WordPtr -> Ptr a
wordPtrToPtr (WordPtr (W# w)) = Ptr (int2Addr# (word2Int# w))
