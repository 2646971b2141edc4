{-# LANGUAGE NoImplicitPrelude, ScopedTypeVariables #-}
-- | Arrays in memory. Those whose name ends in 0 have room for an element behind them, which marks their end.
module Foreign.Marshal.Array
    ( mallocArray, mallocArray0, allocaArray, allocaArray0, reallocArray, reallocArray0, callocArray, callocArray0
    , peekArray, peekArray0, pokeArray, pokeArray0, newArray, newArray0, withArray, withArray0, withArrayLen, withArrayLen0
    , copyArray, moveArray, lengthArray0, advancePtr
    ) where

import Foreign.Marshal.Alloc
import Foreign.Marshal.Utils
import Foreign.Storable
import GHC.Ptr
import Prelude

-- | How many bytes so many elements are.
bytes :: forall a. Storable a => Ptr a -> Int -> Int
bytes _ n = n * sizeOf (undefined :: a)

mallocArray, mallocArray0, callocArray, callocArray0 :: forall a. Storable a => Int -> IO (Ptr a)
mallocArray n = mallocBytes (bytes (nullPtr :: Ptr a) n)
mallocArray0 n = mallocArray (n + 1)
callocArray n = callocBytes (bytes (nullPtr :: Ptr a) n)
callocArray0 n = callocArray (n + 1)

allocaArray, allocaArray0 :: forall a b. Storable a => Int -> (Ptr a -> IO b) -> IO b
allocaArray n = allocaBytesAligned (bytes (nullPtr :: Ptr a) n) (alignment (undefined :: a))
allocaArray0 n = allocaArray (n + 1)

reallocArray, reallocArray0 :: Storable a => Ptr a -> Int -> IO (Ptr a)
reallocArray p n = reallocBytes p (bytes p n)
reallocArray0 p n = reallocArray p (n + 1)

peekArray :: Storable a => Int -> Ptr a -> IO [a]
peekArray n p = go (n - 1) []
  where
    go i xs
        | i < 0 = return xs
        | otherwise = peekElemOff p i >>= \x -> go (i - 1) (x : xs)

peekArray0 :: (Storable a, Eq a) => a -> Ptr a -> IO [a]
peekArray0 end p = lengthArray0 end p >>= \n -> peekArray n p

pokeArray :: Storable a => Ptr a -> [a] -> IO ()
pokeArray p xs = pokeCounting p xs >> return ()

pokeArray0 :: Storable a => a -> Ptr a -> [a] -> IO ()
pokeArray0 end p xs = pokeCounting p xs >>= \n -> pokeElemOff p n end

pokeCounting :: Storable a => Ptr a -> [a] -> IO Int
pokeCounting p = go 0
  where
    go i [] = return i
    go i (x : xs) = pokeElemOff p i x >> (go $! i + 1) xs

newArray :: Storable a => [a] -> IO (Ptr a)
newArray xs = do
    p <- mallocArray (length xs)
    pokeArray p xs
    return p

newArray0 :: Storable a => a -> [a] -> IO (Ptr a)
newArray0 end xs = do
    p <- mallocArray0 (length xs)
    pokeArray0 end p xs
    return p

withArray :: Storable a => [a] -> (Ptr a -> IO b) -> IO b
withArray xs use = withArrayLen xs (\_ p -> use p)

withArray0 :: Storable a => a -> [a] -> (Ptr a -> IO b) -> IO b
withArray0 end xs use = withArrayLen0 end xs (\_ p -> use p)

withArrayLen :: Storable a => [a] -> (Int -> Ptr a -> IO b) -> IO b
withArrayLen xs use = allocaArray n (\p -> pokeArray p xs >> use n p)
  where
    n = length xs

withArrayLen0 :: Storable a => a -> [a] -> (Int -> Ptr a -> IO b) -> IO b
withArrayLen0 end xs use = allocaArray0 n (\p -> pokeArray0 end p xs >> use n p)
  where
    n = length xs

copyArray, moveArray :: Storable a => Ptr a -> Ptr a -> Int -> IO ()
copyArray to from n = copyBytes to from (bytes to n)
moveArray to from n = moveBytes to from (bytes to n)

lengthArray0 :: (Storable a, Eq a) => a -> Ptr a -> IO Int
lengthArray0 end p = go 0
  where
    go i = peekElemOff p i >>= \x -> if x == end then return i else go $! i + 1

advancePtr :: Storable a => Ptr a -> Int -> Ptr a
advancePtr p n = p `plusPtr` bytes p n
