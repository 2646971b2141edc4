{-# LANGUAGE FlexibleContexts, FlexibleInstances, MagicHash, MultiParamTypeClasses, NoImplicitPrelude, RankNTypes, RoleAnnotations, ScopedTypeVariables, UnboxedTuples #-}
-- | Arrays of every sort behind two classes: those that stay as they are, and those that change in a monad. Elements that are numbers
-- of a fixed size may lie side by side in bytes.
module Data.Array.Base where

import Data.Bits ()
import GHC.Arr (Array, STArray)
import qualified GHC.Arr as Arr
import GHC.Base
import GHC.Float
import GHC.IOArray
import GHC.IORef ()
import GHC.Int
import GHC.Ix
import GHC.List
import GHC.Num
import GHC.ST
import GHC.Show
import GHC.Word

infixl 9 !, //

-- | What can lie in bytes.
class Element e where
    elementSize :: e -> Int
    zeroElement :: e
    indexElement :: ByteArray# -> Int# -> e
    readElement :: MutableByteArray# s -> Int# -> State# s -> (# State# s, e #)
    writeElement :: MutableByteArray# s -> Int# -> e -> State# s -> State# s

instance Element Bool where
    elementSize _ = 1
    zeroElement = False
    indexElement a i = isTrue# (word2Int# (indexWord8Array# a i))
    readElement m i s = case readWord8Array# m i s of (# s1, w #) -> (# s1, isTrue# (word2Int# w) #)
    writeElement m i e s = writeWord8Array# m i (if e then 1## else 0##) s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Char where
    elementSize _ = 4
    zeroElement = '\0'
    indexElement a i = C# (indexWideCharArray# a i)
    readElement m i s = case readWideCharArray# m i s of (# s1, e #) -> (# s1, C# e #)
    writeElement m i (C# e) s = writeWideCharArray# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Int where
    elementSize _ = 8
    zeroElement = 0
    indexElement a i = I# (indexIntArray# a i)
    readElement m i s = case readIntArray# m i s of (# s1, e #) -> (# s1, I# e #)
    writeElement m i (I# e) s = writeIntArray# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Word where
    elementSize _ = 8
    zeroElement = 0
    indexElement a i = W# (indexWordArray# a i)
    readElement m i s = case readWordArray# m i s of (# s1, e #) -> (# s1, W# e #)
    writeElement m i (W# e) s = writeWordArray# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Double where
    elementSize _ = 8
    zeroElement = 0
    indexElement a i = D# (indexDoubleArray# a i)
    readElement m i s = case readDoubleArray# m i s of (# s1, e #) -> (# s1, D# e #)
    writeElement m i (D# e) s = writeDoubleArray# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Float where
    elementSize _ = 4
    zeroElement = 0
    indexElement a i = F# (indexFloatArray# a i)
    readElement m i s = case readFloatArray# m i s of (# s1, e #) -> (# s1, F# e #)
    writeElement m i (F# e) s = writeFloatArray# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Int8 where
    elementSize _ = 1
    zeroElement = 0
    indexElement a i = I8# (indexInt8Array# a i)
    readElement m i s = case readInt8Array# m i s of (# s1, e #) -> (# s1, I8# e #)
    writeElement m i (I8# e) s = writeInt8Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Int16 where
    elementSize _ = 2
    zeroElement = 0
    indexElement a i = I16# (indexInt16Array# a i)
    readElement m i s = case readInt16Array# m i s of (# s1, e #) -> (# s1, I16# e #)
    writeElement m i (I16# e) s = writeInt16Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Int32 where
    elementSize _ = 4
    zeroElement = 0
    indexElement a i = I32# (indexInt32Array# a i)
    readElement m i s = case readInt32Array# m i s of (# s1, e #) -> (# s1, I32# e #)
    writeElement m i (I32# e) s = writeInt32Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Int64 where
    elementSize _ = 8
    zeroElement = 0
    indexElement a i = I64# (indexInt64Array# a i)
    readElement m i s = case readInt64Array# m i s of (# s1, e #) -> (# s1, I64# e #)
    writeElement m i (I64# e) s = writeInt64Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Word8 where
    elementSize _ = 1
    zeroElement = 0
    indexElement a i = W8# (indexWord8Array# a i)
    readElement m i s = case readWord8Array# m i s of (# s1, e #) -> (# s1, W8# e #)
    writeElement m i (W8# e) s = writeWord8Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Word16 where
    elementSize _ = 2
    zeroElement = 0
    indexElement a i = W16# (indexWord16Array# a i)
    readElement m i s = case readWord16Array# m i s of (# s1, e #) -> (# s1, W16# e #)
    writeElement m i (W16# e) s = writeWord16Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Word32 where
    elementSize _ = 4
    zeroElement = 0
    indexElement a i = W32# (indexWord32Array# a i)
    readElement m i s = case readWord32Array# m i s of (# s1, e #) -> (# s1, W32# e #)
    writeElement m i (W32# e) s = writeWord32Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

instance Element Word64 where
    elementSize _ = 8
    zeroElement = 0
    indexElement a i = W64# (indexWord64Array# a i)
    readElement m i s = case readWord64Array# m i s of (# s1, e #) -> (# s1, W64# e #)
    writeElement m i (W64# e) s = writeWord64Array# m i e s
    {-# INLINE indexElement #-}
    {-# INLINE readElement #-}
    {-# INLINE writeElement #-}

-- Those that stay as they are

class IArray a e where
    bounds :: Ix i => a i e -> (i, i)
    numElements :: Ix i => a i e -> Int
    unsafeAt :: Ix i => a i e -> Int -> e
    -- | Bounds, what stands where nothing is said, places and elements.
    unsafeArray :: Ix i => (i, i) -> [(Int, e)] -> a i e
    unsafeAccumArray :: Ix i => (e -> x -> e) -> e -> (i, i) -> [(Int, x)] -> a i e

instance IArray Array e where
    bounds = Arr.bounds
    numElements = Arr.numElements
    unsafeAt = Arr.unsafeAt
    unsafeArray b ies = runST (do
        m <- Arr.newSTArray b Arr.arrEleBottom
        eachOf (\(i, e) -> Arr.unsafeWriteSTArray m i e) ies
        Arr.unsafeFreezeSTArray m)
    unsafeAccumArray f initial b ies = runST (do
        m <- Arr.newSTArray b initial
        eachOf (\(i, x) -> Arr.unsafeReadSTArray m i >>= \old -> let e = f old x in e `seq` Arr.unsafeWriteSTArray m i e) ies
        Arr.unsafeFreezeSTArray m)
    {-# INLINE bounds #-}
    {-# INLINE numElements #-}
    {-# INLINE unsafeAt #-}

type role UArray nominal nominal
data UArray i e = UArray !i !i !Int ByteArray#

instance Element e => IArray UArray e where
    bounds (UArray l u _ _) = (l, u)
    numElements (UArray _ _ n _) = n
    unsafeAt (UArray _ _ _ a) (I# i) = indexElement a i
    unsafeArray b ies = runST (do
        m <- newSTUArray b zeroElement
        eachOf (\(i, e) -> unsafeWriteSTUArray m i e) ies
        unsafeFreezeSTUArray m)
    unsafeAccumArray f initial b ies = runST (do
        m <- newSTUArray b initial
        eachOf (\(i, x) -> unsafeReadSTUArray m i >>= \old -> unsafeWriteSTUArray m i (f old x)) ies
        unsafeFreezeSTUArray m)
    {-# INLINE bounds #-}
    {-# INLINE numElements #-}
    {-# INLINE unsafeAt #-}

eachOf :: Monad m => (a -> m ()) -> [a] -> m ()
eachOf f = foldr (\x k -> f x >> k) (return ())
{-# INLINE eachOf #-}

array :: (IArray a e, Ix i) => (i, i) -> [(i, e)] -> a i e
array b ies = unsafeArray b [(Arr.safeIndex b n i, e) | (i, e) <- ies]
  where
    n = Arr.safeRangeSize b
{-# INLINE array #-}

listArray :: (IArray a e, Ix i) => (i, i) -> [e] -> a i e
listArray b es = unsafeArray b (zip [0 .. Arr.safeRangeSize b - 1] es)
{-# INLINE listArray #-}

genArray :: (IArray a e, Ix i) => (i, i) -> (i -> e) -> a i e
genArray b f = listArray b (map f (range b))

accumArray :: (IArray a e, Ix i) => (e -> x -> e) -> e -> (i, i) -> [(i, x)] -> a i e
accumArray f initial b ies = unsafeAccumArray f initial b [(Arr.safeIndex b n i, x) | (i, x) <- ies]
  where
    n = Arr.safeRangeSize b
{-# INLINE accumArray #-}

(!) :: (IArray a e, Ix i) => a i e -> i -> e
arr ! i = unsafeAt arr (Arr.safeIndex (bounds arr) (numElements arr) i)
{-# INLINE (!) #-}

indices :: (IArray a e, Ix i) => a i e -> [i]
indices arr = range (bounds arr)

elems :: (IArray a e, Ix i) => a i e -> [e]
elems arr = [unsafeAt arr k | k <- [0 .. numElements arr - 1]]
{-# INLINE elems #-}

assocs :: (IArray a e, Ix i) => a i e -> [(i, e)]
assocs arr = zip (indices arr) (elems arr)

(//) :: (IArray a e, Ix i) => a i e -> [(i, e)] -> a i e
arr // ies = unsafeArray b (zip [0 ..] (elems arr) ++ [(Arr.safeIndex b (numElements arr) i, e) | (i, e) <- ies])
  where
    b = bounds arr

accum :: (IArray a e, Ix i) => (e -> x -> e) -> a i e -> [(i, x)] -> a i e
accum f arr ies = foldl (\a (i, x) -> a // [(i, f (a ! i) x)]) arr ies

amap :: (IArray a e', IArray a e, Ix i) => (e' -> e) -> a i e' -> a i e
amap f arr = listArray (bounds arr) (map f (elems arr))

ixmap :: (IArray a e, Ix i, Ix j) => (i, i) -> (i -> j) -> a j e -> a i e
ixmap b f arr = array b [(i, arr ! f i) | i <- range b]

instance (Ix i, Element e, Eq e) => Eq (UArray i e) where
    a == b = bounds a == bounds b && elems a == elems b

instance (Ix i, Element e, Ord e) => Ord (UArray i e) where
    compare a b = compare (assocs a) (assocs b)

instance (Ix i, Show i, Element e, Show e) => Show (UArray i e) where
    showsPrec p a = showParen (p > 9) (showString "array " . showsPrec appPrec1 (bounds a) . showChar ' ' . showsPrec appPrec1 (assocs a))

-- Those that change

class Monad m => MArray a e m where
    getBounds :: Ix i => a i e -> m (i, i)
    getNumElements :: Ix i => a i e -> m Int
    newArray :: Ix i => (i, i) -> e -> m (a i e)
    newArray_ :: Ix i => (i, i) -> m (a i e)
    newArray_ b = newArray b Arr.arrEleBottom
    unsafeRead :: Ix i => a i e -> Int -> m e
    unsafeWrite :: Ix i => a i e -> Int -> e -> m ()

type role STUArray nominal nominal nominal
data STUArray s i e = STUArray !i !i !Int (MutableByteArray# s)

instance Eq (STUArray s i e) where
    STUArray _ _ _ a == STUArray _ _ _ b = isTrue# (sameMutableByteArray# a b)

newSTUArray :: (Ix i, Element e) => (i, i) -> e -> ST s (STUArray s i e)
newSTUArray (l, u) initial = ST (\s -> case Arr.safeRangeSize (l, u) of
    n@(I# n#) -> case elementSize initial of
        I# size -> case newByteArray# (n# *# size) s of
            (# s1, m #) -> (# fillElements m 0# n# initial s1, STUArray l u n m #))

fillElements :: Element e => MutableByteArray# s -> Int# -> Int# -> e -> State# s -> State# s
fillElements m i n e s
    | isTrue# (i ==# n) = s
    | otherwise = fillElements m (i +# 1#) n e (writeElement m i e s)

unsafeReadSTUArray :: Element e => STUArray s i e -> Int -> ST s e
unsafeReadSTUArray (STUArray _ _ _ m) (I# i) = ST (\s -> readElement m i s)
{-# INLINE unsafeReadSTUArray #-}

unsafeWriteSTUArray :: Element e => STUArray s i e -> Int -> e -> ST s ()
unsafeWriteSTUArray (STUArray _ _ _ m) (I# i) e = ST (\s -> case writeElement m i e s of s1 -> (# s1, () #))
{-# INLINE unsafeWriteSTUArray #-}

unsafeFreezeSTUArray :: STUArray s i e -> ST s (UArray i e)
unsafeFreezeSTUArray (STUArray l u n m) = ST (\s -> case unsafeFreezeByteArray# m s of (# s1, a #) -> (# s1, UArray l u n a #))

instance MArray (STArray s) e (ST s) where
    getBounds a = return (Arr.boundsSTArray a)
    getNumElements a = return (Arr.numElementsSTArray a)
    newArray = Arr.newSTArray
    unsafeRead = Arr.unsafeReadSTArray
    unsafeWrite = Arr.unsafeWriteSTArray
    {-# INLINE getBounds #-}
    {-# INLINE getNumElements #-}
    {-# INLINE unsafeRead #-}
    {-# INLINE unsafeWrite #-}

instance Element e => MArray (STUArray s) e (ST s) where
    getBounds (STUArray l u _ _) = return (l, u)
    getNumElements (STUArray _ _ n _) = return n
    newArray = newSTUArray
    newArray_ b = newSTUArray b zeroElement
    unsafeRead = unsafeReadSTUArray
    unsafeWrite = unsafeWriteSTUArray
    {-# INLINE getBounds #-}
    {-# INLINE getNumElements #-}
    {-# INLINE unsafeRead #-}
    {-# INLINE unsafeWrite #-}

newtype IOUArray i e = IOUArray (STUArray RealWorld i e)
    deriving (Eq)

instance MArray IOArray e IO where
    getBounds (IOArray a) = stToIO (getBounds a)
    getNumElements (IOArray a) = stToIO (getNumElements a)
    newArray b e = stToIO (fmap IOArray (newArray b e))
    unsafeRead (IOArray a) i = stToIO (unsafeRead a i)
    unsafeWrite (IOArray a) i e = stToIO (unsafeWrite a i e)
    {-# INLINE getBounds #-}
    {-# INLINE getNumElements #-}
    {-# INLINE unsafeRead #-}
    {-# INLINE unsafeWrite #-}

instance Element e => MArray IOUArray e IO where
    getBounds (IOUArray a) = stToIO (getBounds a)
    getNumElements (IOUArray a) = stToIO (getNumElements a)
    newArray b e = stToIO (fmap IOUArray (newArray b e))
    newArray_ b = stToIO (fmap IOUArray (newArray_ b))
    unsafeRead (IOUArray a) i = stToIO (unsafeRead a i)
    unsafeWrite (IOUArray a) i e = stToIO (unsafeWrite a i e)
    {-# INLINE getBounds #-}
    {-# INLINE getNumElements #-}
    {-# INLINE unsafeRead #-}
    {-# INLINE unsafeWrite #-}

readArray :: (MArray a e m, Ix i) => a i e -> i -> m e
readArray m i = do
    b <- getBounds m
    n <- getNumElements m
    unsafeRead m (Arr.safeIndex b n i)
{-# INLINE readArray #-}

writeArray :: (MArray a e m, Ix i) => a i e -> i -> e -> m ()
writeArray m i e = do
    b <- getBounds m
    n <- getNumElements m
    unsafeWrite m (Arr.safeIndex b n i) e
{-# INLINE writeArray #-}

newListArray :: (MArray a e m, Ix i) => (i, i) -> [e] -> m (a i e)
newListArray b es = do
    m <- newArray_ b
    eachOf (\(k, e) -> unsafeWrite m k e) (zip [0 .. Arr.safeRangeSize b - 1] es)
    return m

newGenArray :: (MArray a e m, Ix i) => (i, i) -> (i -> m e) -> m (a i e)
newGenArray b f = do
    m <- newArray_ b
    eachOf (\(k, i) -> f i >>= unsafeWrite m k) (zip [0 ..] (range b))
    return m

getElems :: (MArray a e m, Ix i) => a i e -> m [e]
getElems m = do
    n <- getNumElements m
    mapM (unsafeRead m) [0 .. n - 1]

getAssocs :: (MArray a e m, Ix i) => a i e -> m [(i, e)]
getAssocs m = do
    b <- getBounds m
    es <- getElems m
    return (zip (range b) es)

mapArray :: (MArray a e' m, MArray a e m, Ix i) => (e' -> e) -> a i e' -> m (a i e)
mapArray f m = do
    b <- getBounds m
    es <- getElems m
    newListArray b (map f es)

mapIndices :: (MArray a e m, Ix i, Ix j) => (i, i) -> (i -> j) -> a j e -> m (a i e)
mapIndices b f m = newGenArray b (\i -> readArray m (f i))

freeze, unsafeFreeze :: (Ix i, MArray a e m, IArray b e) => a i e -> m (b i e)
freeze m = do
    b <- getBounds m
    es <- getElems m
    return $! listArray b es
unsafeFreeze = freeze

thaw, unsafeThaw :: (Ix i, IArray a e, MArray b e m) => a i e -> m (b i e)
thaw arr = newListArray (bounds arr) (elems arr)
unsafeThaw = thaw
