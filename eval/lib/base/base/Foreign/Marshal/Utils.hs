{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
module Foreign.Marshal.Utils
    ( with, new, fromBool, toBool, maybeNew, maybeWith, maybePeek, withMany, copyBytes, moveBytes, fillBytes
    ) where

import Foreign.Marshal.Alloc
import Foreign.Storable
import GHC.Ptr
import GHC.Word
import Prelude

foreign import ccall unsafe "memcpy" memcpy :: Ptr a -> Ptr b -> Int -> IO (Ptr ())
foreign import ccall unsafe "memmove" memmove :: Ptr a -> Ptr b -> Int -> IO (Ptr ())
foreign import ccall unsafe "memset" memset :: Ptr a -> Int -> Int -> IO (Ptr ())

new :: Storable a => a -> IO (Ptr a)
new x = do
    p <- malloc
    poke p x
    return p

with :: Storable a => a -> (Ptr a -> IO b) -> IO b
with x use = alloca (\p -> poke p x >> use p)

fromBool :: Num a => Bool -> a
fromBool b = if b then 1 else 0

toBool :: (Eq a, Num a) => a -> Bool
toBool = (/= 0)

maybeNew :: (a -> IO (Ptr b)) -> Maybe a -> IO (Ptr b)
maybeNew = maybe (return nullPtr)

maybeWith :: (a -> (Ptr b -> IO c) -> IO c) -> Maybe a -> (Ptr b -> IO c) -> IO c
maybeWith = maybe ($ nullPtr)

maybePeek :: (Ptr a -> IO b) -> Ptr a -> IO (Maybe b)
maybePeek look p
    | p == nullPtr = return Nothing
    | otherwise = fmap Just (look p)

withMany :: (a -> (b -> res) -> res) -> [a] -> ([b] -> res) -> res
withMany _ [] f = f []
withMany one (x : xs) f = one x (\y -> withMany one xs (\ys -> f (y : ys)))

copyBytes, moveBytes :: Ptr a -> Ptr a -> Int -> IO ()
copyBytes to from n = memcpy to from n >> return ()
moveBytes to from n = memmove to from n >> return ()

fillBytes :: Ptr a -> Word8 -> Int -> IO ()
fillBytes to byte n = memset to (fromIntegral byte) n >> return ()
