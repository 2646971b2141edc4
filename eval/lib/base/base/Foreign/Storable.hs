{-# LANGUAGE MagicHash, NoImplicitPrelude, ScopedTypeVariables, UnboxedTuples #-}
-- | What can be put at an address.
module Foreign.Storable (Storable (..)) where

import GHC.Base
import GHC.Err (undefined)
import GHC.Int
import GHC.Num
import GHC.Ptr
import GHC.Real
import GHC.Stable
import GHC.Word

class Storable a where
    {-# MINIMAL sizeOf, alignment, (peek | peekElemOff | peekByteOff), (poke | pokeElemOff | pokeByteOff) #-}
    sizeOf, alignment :: a -> Int
    peekElemOff :: Ptr a -> Int -> IO a
    peekElemOff p i = peekByteOff p (i * sizeOf (undefined :: a))
    pokeElemOff :: Ptr a -> Int -> a -> IO ()
    pokeElemOff p i x = pokeByteOff p (i * sizeOf x) x
    peekByteOff :: Ptr b -> Int -> IO a
    peekByteOff p n = peek (p `plusPtr` n)
    pokeByteOff :: Ptr b -> Int -> a -> IO ()
    pokeByteOff p n = poke (p `plusPtr` n)
    peek :: Ptr a -> IO a
    peek p = peekElemOff p 0
    poke :: Ptr a -> a -> IO ()
    poke p = pokeElemOff p 0

-- | C's int.
instance Storable Bool where
    sizeOf _ = 4
    alignment _ = 4
    peekElemOff p i = fmap (/= (0 :: Int32)) (peekElemOff (castPtr p) i)
    pokeElemOff p i x = pokeElemOff (castPtr p) i (if x then 1 else 0 :: Int32)

instance Storable () where
    sizeOf _ = 0
    alignment _ = 1
    peek _ = return ()
    poke _ _ = return ()

-- | Numerator, denominator.
instance (Storable a, Eq a) => Storable (Ratio a) where
    sizeOf r = 2 * sizeOf (numerator' r)
    alignment r = alignment (numerator' r)
    peek p = do
        n <- peek (castPtr p)
        d <- peekElemOff (castPtr p) 1
        return (n :% d)
    poke p (n :% d) = poke (castPtr p) n >> pokeElemOff (castPtr p) 1 d

numerator' :: Ratio a -> a
numerator' (n :% _) = n

instance Storable Int where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readIntOffAddr# a i s of (# s1, x #) -> (# s1, I# x #))
    pokeElemOff (Ptr a) (I# i) (I# x) = IO (\s -> case writeIntOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Word where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWordOffAddr# a i s of (# s1, x #) -> (# s1, W# x #))
    pokeElemOff (Ptr a) (I# i) (W# x) = IO (\s -> case writeWordOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Char where
    sizeOf _ = 4
    alignment _ = 4
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWideCharOffAddr# a i s of (# s1, x #) -> (# s1, C# x #))
    pokeElemOff (Ptr a) (I# i) (C# x) = IO (\s -> case writeWideCharOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Double where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readDoubleOffAddr# a i s of (# s1, x #) -> (# s1, D# x #))
    pokeElemOff (Ptr a) (I# i) (D# x) = IO (\s -> case writeDoubleOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Float where
    sizeOf _ = 4
    alignment _ = 4
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readFloatOffAddr# a i s of (# s1, x #) -> (# s1, F# x #))
    pokeElemOff (Ptr a) (I# i) (F# x) = IO (\s -> case writeFloatOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable (Ptr a) where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readAddrOffAddr# a i s of (# s1, x #) -> (# s1, Ptr x #))
    pokeElemOff (Ptr a) (I# i) (Ptr x) = IO (\s -> case writeAddrOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable (FunPtr a) where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readAddrOffAddr# a i s of (# s1, x #) -> (# s1, FunPtr x #))
    pokeElemOff (Ptr a) (I# i) (FunPtr x) = IO (\s -> case writeAddrOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable (StablePtr a) where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readStablePtrOffAddr# a i s of (# s1, x #) -> (# s1, StablePtr x #))
    pokeElemOff (Ptr a) (I# i) (StablePtr x) = IO (\s -> case writeStablePtrOffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Int8 where
    sizeOf _ = 1
    alignment _ = 1
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readInt8OffAddr# a i s of (# s1, x #) -> (# s1, I8# x #))
    pokeElemOff (Ptr a) (I# i) (I8# x) = IO (\s -> case writeInt8OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Word8 where
    sizeOf _ = 1
    alignment _ = 1
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWord8OffAddr# a i s of (# s1, x #) -> (# s1, W8# x #))
    pokeElemOff (Ptr a) (I# i) (W8# x) = IO (\s -> case writeWord8OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Int16 where
    sizeOf _ = 2
    alignment _ = 2
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readInt16OffAddr# a i s of (# s1, x #) -> (# s1, I16# x #))
    pokeElemOff (Ptr a) (I# i) (I16# x) = IO (\s -> case writeInt16OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Word16 where
    sizeOf _ = 2
    alignment _ = 2
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWord16OffAddr# a i s of (# s1, x #) -> (# s1, W16# x #))
    pokeElemOff (Ptr a) (I# i) (W16# x) = IO (\s -> case writeWord16OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Int32 where
    sizeOf _ = 4
    alignment _ = 4
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readInt32OffAddr# a i s of (# s1, x #) -> (# s1, I32# x #))
    pokeElemOff (Ptr a) (I# i) (I32# x) = IO (\s -> case writeInt32OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Word32 where
    sizeOf _ = 4
    alignment _ = 4
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWord32OffAddr# a i s of (# s1, x #) -> (# s1, W32# x #))
    pokeElemOff (Ptr a) (I# i) (W32# x) = IO (\s -> case writeWord32OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Int64 where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readInt64OffAddr# a i s of (# s1, x #) -> (# s1, I64# x #))
    pokeElemOff (Ptr a) (I# i) (I64# x) = IO (\s -> case writeInt64OffAddr# a i x s of s1 -> (# s1, () #))

instance Storable Word64 where
    sizeOf _ = 8
    alignment _ = 8
    peekElemOff (Ptr a) (I# i) = IO (\s -> case readWord64OffAddr# a i s of (# s1, x #) -> (# s1, W64# x #))
    pokeElemOff (Ptr a) (I# i) (W64# x) = IO (\s -> case writeWord64OffAddr# a i x s of s1 -> (# s1, () #))
