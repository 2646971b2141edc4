{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Handles: a file descriptor, how it is buffered, and the buffer.
module GHC.IO.Handle.Types
    ( Handle (..), Field (..), BufferMode (..), newHandle, getField, setField, bufferSize
    ) where

import GHC.Base
import GHC.Show
import GHC.Num

-- | The buffer is pinned: C reads and writes it.
data Handle = Handle
    { handlePath :: String
    , handleFields :: MutableByteArray# RealWorld
    , handleBuffer :: MutableByteArray# RealWorld
    }

instance Eq Handle where
    Handle _ a _ == Handle _ b _ = isTrue# (sameMutableByteArray# a b)

instance Show Handle where
    showsPrec _ h = showString "{handle: " . showString (handlePath h) . showString "}"

-- | Numbers that a handle holds.
data Field
    = Descriptor -- of the file; -1: closed
    | Lazy -- 1: hGetContents has it
    | Readable
    | Writable
    | Buffering -- 0 no, 1 by line, 2 by block
    | BlockSize -- that somebody has asked for, or 0
    | First -- of what is read, and not consumed
    | Last -- behind what is read, or what is yet to write
    | Writing -- 1: the buffer holds what is to be written
    | Encoding -- 0 UTF-8, 1 bytes

data BufferMode = NoBuffering | LineBuffering | BlockBuffering (Maybe Int)
    deriving (Eq, Ord, Show)

bufferSize :: Int
bufferSize = 8192

getField :: Handle -> Field -> IO Int
getField (Handle _ fields _) f = IO (\s -> case readIntArray# fields (dataToTag# f) s of (# s1, i #) -> (# s1, I# i #))
{-# INLINE getField #-}

setField :: Handle -> Field -> Int -> IO ()
setField (Handle _ fields _) f (I# i) = IO (\s -> case writeIntArray# fields (dataToTag# f) i s of s1 -> (# s1, () #))
{-# INLINE setField #-}

-- | Of a descriptor that may be read, and written.
newHandle :: String -> Int -> Bool -> Bool -> BufferMode -> IO Handle
newHandle path fd readable writable mode = do
    h <- IO (\s -> case newByteArray# 80# s of
        (# s1, fields #) -> case newPinnedByteArray# size s1 of
            (# s2, buffer #) -> case setByteArray# fields 0# 80# 0# s2 of
                s3 -> (# s3, Handle path fields buffer #))
    setField h Descriptor fd
    setField h Readable (truth readable)
    setField h Writable (truth writable)
    case mode of
        NoBuffering -> return ()
        LineBuffering -> setField h Buffering 1
        BlockBuffering n -> setField h Buffering 2 >> setField h BlockSize (case n of Just k -> k; Nothing -> 0)
    return h
  where
    truth b = if b then 1 else 0
    size = case bufferSize of I# n -> n
