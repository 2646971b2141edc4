{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, RankNTypes, UnboxedTuples, RoleAnnotations #-}
-- | Arrays whose elements are lazy, and arrays of state threads.
module GHC.Arr
    ( Array (..), STArray (..), arrEleBottom
    , array, listArray, (!), unsafeAt, safeRangeSize, safeIndex, bounds, numElements, indices, elems, assocs, accumArray, (//), accum, ixmap
    , foldrElems, foldlElems, foldrElems', foldlElems', amap, eqArray, cmpArray
    , newSTArray, boundsSTArray, numElementsSTArray, readSTArray, writeSTArray, unsafeReadSTArray, unsafeWriteSTArray
    , freezeSTArray, thawSTArray, unsafeFreezeSTArray, unsafeThawSTArray
    , module GHC.Ix
    ) where

import GHC.Base
import GHC.Ix
import GHC.List
import GHC.Num
import GHC.Read
import GHC.ST
import GHC.Show

infixl 9 !, //

-- | Bounds, how many elements, and they.
type role Array nominal representational
data Array i e = Array !i !i {-# UNPACK #-} !Int (Array# e)

type role STArray nominal nominal representational
data STArray s i e = STArray !i !i {-# UNPACK #-} !Int (MutableArray# s e)

instance Eq (STArray s i e) where
    STArray _ _ _ a == STArray _ _ _ b = isTrue# (sameMutableArray# a b)

arrEleBottom :: a
arrEleBottom = errorWithoutStackTrace "(Array.!): undefined array element"
{-# NOINLINE arrEleBottom #-}

-- | How many elements are between the bounds.
safeRangeSize :: Ix i => (i, i) -> Int
safeRangeSize b
    | r < 0 = errorWithoutStackTrace "Negative range size"
    | otherwise = r
  where
    r = rangeSize b

safeIndex :: Ix i => (i, i) -> Int -> i -> Int
safeIndex b n i
    | 0 <= at && at < n = at
    | otherwise = errorWithoutStackTrace ("Error in array index; " ++ show at ++ " not in range [0.." ++ show n ++ ")")
  where
    at = index b i
{-# INLINE safeIndex #-}

-- Making

-- | An array, from what writes into it.
create :: Int -> i -> i -> e -> (forall s. MutableArray# s e -> Fill s) -> Array i e
create n@(I# n#) l u initial fill = case runRW# made of (# _, a #) -> Array l u n a
  where
    made s = case newArray# n# initial s of (# s1, m #) -> unsafeFreezeArray# m (fill m s1)
{-# INLINE create #-}

-- | What is written into an array, and what is done then.
type Fill s = State# s -> State# s

done :: Fill s
done s = s
{-# INLINE done #-}

write :: Ix i => (i, i) -> Int -> MutableArray# s e -> (i, e) -> Fill s -> Fill s
write b n m (i, e) rest = \s -> case safeIndex b n i of I# k -> rest (writeArray# m k e s)
{-# INLINE write #-}

update :: Ix i => (e -> a -> e) -> (i, i) -> Int -> MutableArray# s e -> (i, a) -> Fill s -> Fill s
update f b n m (i, new) rest = \s -> case safeIndex b n i of
    I# k -> case readArray# m k s of
        (# s1, old #) -> let !e = f old new in rest (writeArray# m k e s1)
{-# INLINE update #-}

array :: Ix i => (i, i) -> [(i, e)] -> Array i e
array b@(l, u) ies = create n l u arrEleBottom (\m -> foldr (write b n m) done ies)
  where
    n = safeRangeSize b
{-# INLINE array #-}

listArray :: Ix i => (i, i) -> [e] -> Array i e
listArray b@(l, u) es = create n l u arrEleBottom (\m s -> foldr (writeNext n m) (\_ s1 -> s1) es 0# s)
  where
    n = safeRangeSize b
{-# INLINE listArray #-}

writeNext :: Int -> MutableArray# s e -> e -> (Int# -> Fill s) -> Int# -> Fill s
writeNext (I# n) m e rest = \k s -> if isTrue# (k ==# n) then s else rest (k +# 1#) (writeArray# m k e s)
{-# INLINE writeNext #-}

accumArray :: Ix i => (e -> a -> e) -> e -> (i, i) -> [(i, a)] -> Array i e
accumArray f initial b@(l, u) ies = create n l u initial (\m -> foldr (update f b n m) done ies)
  where
    n = safeRangeSize b
{-# INLINE accumArray #-}

(//) :: Ix i => Array i e -> [(i, e)] -> Array i e
Array l u n a // ies = copied l u n a (\m -> foldr (write (l, u) n m) done ies)
{-# INLINE (//) #-}

accum :: Ix i => (e -> a -> e) -> Array i e -> [(i, a)] -> Array i e
accum f (Array l u n a) ies = copied l u n a (\m -> foldr (update f (l, u) n m) done ies)
{-# INLINE accum #-}

copied :: i -> i -> Int -> Array# e -> (forall s. MutableArray# s e -> Fill s) -> Array i e
copied l u n@(I# n#) a fill = case runRW# made of (# _, b #) -> Array l u n b
  where
    made s = case thawArray# a 0# n# s of (# s1, m #) -> unsafeFreezeArray# m (fill m s1)
{-# INLINE copied #-}

ixmap :: (Ix i, Ix j) => (i, i) -> (i -> j) -> Array j e -> Array i e
ixmap (l, u) f arr = array (l, u) [(i, arr ! f i) | i <- range (l, u)]

amap :: (a -> b) -> Array i a -> Array i b
amap f arr@(Array l u n@(I# n#) _) = create n l u arrEleBottom (go 0#)
  where
    go k m s
        | isTrue# (k ==# n#) = s
        | otherwise = case elementAt arr (I# k) of (# e #) -> go (k +# 1#) m (writeArray# m k (f e) s)

-- Reading

(!) :: Ix i => Array i e -> i -> e
arr@(Array l u n _) ! i = unsafeAt arr (safeIndex (l, u) n i)
{-# INLINE (!) #-}

unsafeAt :: Array i e -> Int -> e
unsafeAt arr k = case elementAt arr k of (# e #) -> e
{-# INLINE unsafeAt #-}

-- | Looked up, and not evaluated.
elementAt :: Array i e -> Int -> (# e #)
elementAt (Array _ _ _ a) (I# k) = indexArray# a k
{-# INLINE elementAt #-}

bounds :: Array i e -> (i, i)
bounds (Array l u _ _) = (l, u)
{-# INLINE bounds #-}

numElements :: Array i e -> Int
numElements (Array _ _ n _) = n
{-# INLINE numElements #-}

indices :: Ix i => Array i e -> [i]
indices (Array l u _ _) = range (l, u)
{-# INLINE indices #-}

elems :: Array i e -> [e]
elems arr = build (\c n -> foldrElems c n arr)
{-# INLINE elems #-}

assocs :: Ix i => Array i e -> [(i, e)]
assocs arr@(Array l u n _) = build (\c nil -> foldr (\i r -> case elementAt arr (safeIndex (l, u) n i) of (# e #) -> (i, e) `c` r) nil (range (l, u)))
{-# INLINE assocs #-}

foldrElems, foldrElems' :: (a -> b -> b) -> b -> Array i a -> b
foldrElems f z arr = go 0
  where
    go k
        | k == numElements arr = z
        | otherwise = case elementAt arr k of (# e #) -> f e (go (k + 1))
{-# INLINE foldrElems #-}
foldrElems' f z0 arr = go (numElements arr - 1) z0
  where
    go k !z
        | k < 0 = z
        | otherwise = case elementAt arr k of (# e #) -> go (k - 1) (f e z)
{-# INLINE foldrElems' #-}

foldlElems, foldlElems' :: (b -> a -> b) -> b -> Array i a -> b
foldlElems f z arr = go (numElements arr - 1)
  where
    go k
        | k < 0 = z
        | otherwise = case elementAt arr k of (# e #) -> f (go (k - 1)) e
{-# INLINE foldlElems #-}
foldlElems' f z0 arr = go 0 z0
  where
    go k !z
        | k == numElements arr = z
        | otherwise = case elementAt arr k of (# e #) -> go (k + 1) (f z e)
{-# INLINE foldlElems' #-}

eqArray :: (Ix i, Eq e) => Array i e -> Array i e -> Bool
eqArray a b
    | numElements a == 0 || numElements b == 0 = numElements a == numElements b
    | otherwise = bounds a == bounds b && and [unsafeAt a k == unsafeAt b k | k <- [0 .. numElements a - 1]]

cmpArray :: (Ix i, Ord e) => Array i e -> Array i e -> Ordering
cmpArray a b = compare (assocs a) (assocs b)

instance Functor (Array i) where
    fmap = amap

instance (Ix i, Eq e) => Eq (Array i e) where
    (==) = eqArray

instance (Ix i, Ord e) => Ord (Array i e) where
    compare = cmpArray

instance (Ix a, Show a, Show b) => Show (Array a b) where
    showsPrec p a = showParen (p > 9) (showString "array " . showsPrec appPrec1 (bounds a) . showChar ' ' . showsPrec appPrec1 (assocs a))

instance (Ix a, Read a, Read b) => Read (Array a b) where
    readsPrec p = readParen (p > 10) (\r -> [(array b as, u) | ("array", s) <- lex r, (b, t) <- readsPrec 11 s, (as, u) <- readsPrec 11 t])

-- Of state threads

newSTArray :: Ix i => (i, i) -> e -> ST s (STArray s i e)
newSTArray (l, u) initial = ST (\s -> case safeRangeSize (l, u) of
    n@(I# n#) -> case newArray# n# initial s of (# s1, m #) -> (# s1, STArray l u n m #))
{-# INLINE newSTArray #-}

boundsSTArray :: STArray s i e -> (i, i)
boundsSTArray (STArray l u _ _) = (l, u)

numElementsSTArray :: STArray s i e -> Int
numElementsSTArray (STArray _ _ n _) = n

readSTArray :: Ix i => STArray s i e -> i -> ST s e
readSTArray a@(STArray l u n _) i = unsafeReadSTArray a (safeIndex (l, u) n i)
{-# INLINE readSTArray #-}

writeSTArray :: Ix i => STArray s i e -> i -> e -> ST s ()
writeSTArray a@(STArray l u n _) i e = unsafeWriteSTArray a (safeIndex (l, u) n i) e
{-# INLINE writeSTArray #-}

unsafeReadSTArray :: STArray s i e -> Int -> ST s e
unsafeReadSTArray (STArray _ _ _ m) (I# k) = ST (\s -> readArray# m k s)
{-# INLINE unsafeReadSTArray #-}

unsafeWriteSTArray :: STArray s i e -> Int -> e -> ST s ()
unsafeWriteSTArray (STArray _ _ _ m) (I# k) e = ST (\s -> case writeArray# m k e s of s1 -> (# s1, () #))
{-# INLINE unsafeWriteSTArray #-}

freezeSTArray :: STArray s i e -> ST s (Array i e)
freezeSTArray (STArray l u n@(I# n#) m) = ST (\s -> case freezeArray# m 0# n# s of (# s1, a #) -> (# s1, Array l u n a #))

thawSTArray :: Array i e -> ST s (STArray s i e)
thawSTArray (Array l u n@(I# n#) a) = ST (\s -> case thawArray# a 0# n# s of (# s1, m #) -> (# s1, STArray l u n m #))

unsafeFreezeSTArray :: STArray s i e -> ST s (Array i e)
unsafeFreezeSTArray (STArray l u n m) = ST (\s -> case unsafeFreezeArray# m s of (# s1, a #) -> (# s1, Array l u n a #))

unsafeThawSTArray :: Array i e -> ST s (STArray s i e)
unsafeThawSTArray (Array l u n a) = ST (\s -> case unsafeThawArray# a s of (# s1, m #) -> (# s1, STArray l u n m #))
