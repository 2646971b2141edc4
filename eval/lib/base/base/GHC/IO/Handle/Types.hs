{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Handles: a file descriptor, how it is buffered, and the buffer.
module GHC.IO.Handle.Types
    ( Handle (..), Field (..), BufferMode (..), newHandle, getField, setField, bufferSize
    , setEncoding, setNewlines, charset
    ) where

import GHC.Base
import GHC.IO.Encoding.Types
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
    | AtEnd -- 1: there was nothing more to read
    | Appending
    | Coding -- of characters: 0 UTF-8, 1 bytes, 2 as the fields below say
    | Charset
    | OnFailure
    | Binary -- 1: no text, hence no encoding
    | InputCRLF -- 1: a line ends with CR LF, too
    | OutputCRLF -- 1: a line ends with CR LF
    | MarkToRead -- 1: where a mark of the order of bytes may stand
    | MarkToWrite
    | LittleEndian -- what has been read of that mark, or is known

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
    h <- IO (\s -> case newByteArray# 160# s of
        (# s1, fields #) -> case newPinnedByteArray# size s1 of
            (# s2, buffer #) -> case setByteArray# fields 0# 160# 0# s2 of
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

-- | From here on, in whichever direction.
setEncoding :: Handle -> TextEncoding -> Bool -> IO ()
setEncoding h (TextEncoding c failure) binary = do
    setField h Charset (charsetNumber c)
    setField h OnFailure (failureNumber failure)
    setField h Binary (if binary then 1 else 0)
    setField h MarkToRead marked
    setField h MarkToWrite marked
    setField h LittleEndian 0
    setCoding h
  where
    marked = case c of
        UTF8BOM -> 1
        UTF16 -> 1
        UTF32 -> 1
        _ -> 0

setNewlines :: Handle -> Bool -> Bool -> IO ()
setNewlines h input output = do
    setField h InputCRLF (if input then 1 else 0)
    setField h OutputCRLF (if output then 1 else 0)
    setCoding h

-- | Most text needs no look at any other field.
setCoding :: Handle -> IO ()
setCoding h = do
    c <- getField h Charset
    failure <- getField h OnFailure
    input <- getField h InputCRLF
    output <- getField h OutputCRLF
    setField h Coding (if failure == 0 && input == 0 && output == 0 && c < 2 then c else 2)

charset :: Handle -> IO Charset
charset h = fmap charsetOf (getField h Charset)
