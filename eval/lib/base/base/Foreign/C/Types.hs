{-# LANGUAGE DerivingStrategies, GeneralizedNewtypeDeriving, NoImplicitPrelude #-}
-- | C's types, as Debian's GCC has them on x86-64.
module Foreign.C.Types
    ( CChar (..), CSChar (..), CUChar (..), CShort (..), CUShort (..), CInt (..), CUInt (..), CLong (..), CULong (..), CPtrdiff (..), CSize (..), CWchar (..), CSigAtomic (..), CBool (..), CLLong (..), CULLong (..), CIntPtr (..), CUIntPtr (..), CIntMax (..), CUIntMax (..), CClock (..), CTime (..), CUSeconds (..), CSUSeconds (..), CFloat (..), CDouble (..)
    , CFile, CFpos, CJmpBuf
    ) where

import Data.Bits
import Foreign.Storable
import GHC.Int
import GHC.Word
import Prelude
import Text.Read (Read (..))

newtype CChar = CChar Int8
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CSChar = CSChar Int8
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CUChar = CUChar Word8
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CShort = CShort Int16
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CUShort = CUShort Word16
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CInt = CInt Int32
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CUInt = CUInt Word32
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CLong = CLong Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CULong = CULong Word64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CPtrdiff = CPtrdiff Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CSize = CSize Word64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CWchar = CWchar Int32
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CSigAtomic = CSigAtomic Int32
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CBool = CBool Word8
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CLLong = CLLong Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CULLong = CULLong Word64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CIntPtr = CIntPtr Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CUIntPtr = CUIntPtr Word64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CIntMax = CIntMax Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CUIntMax = CUIntMax Word64
    deriving newtype (Eq, Ord, Num, Enum, Real, Integral, Bits, FiniteBits, Bounded, Storable, Show, Read)

newtype CClock = CClock Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Storable, Show, Read)

newtype CTime = CTime Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Storable, Show, Read)

newtype CUSeconds = CUSeconds Word32
    deriving newtype (Eq, Ord, Num, Enum, Real, Storable, Show, Read)

newtype CSUSeconds = CSUSeconds Int64
    deriving newtype (Eq, Ord, Num, Enum, Real, Storable, Show, Read)

newtype CFloat = CFloat Float
    deriving newtype (Eq, Ord, Num, Enum, Real, Fractional, Floating, RealFrac, RealFloat, Storable, Show, Read)

newtype CDouble = CDouble Double
    deriving newtype (Eq, Ord, Num, Enum, Real, Fractional, Floating, RealFrac, RealFloat, Storable, Show, Read)

data CFile = CFile

data CFpos = CFpos

data CJmpBuf = CJmpBuf
