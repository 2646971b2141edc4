{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Characters and the bytes in a handle's buffer, as the handle's fields say.
module GHC.IO.Handle.Coding (Scan (..), scan, byteAt, encoded) where

import GHC.Base
import GHC.IO
import GHC.IO.Encoding.Types
import GHC.IO.Exception
import GHC.IO.Handle.Types
import GHC.Num

-- Writing

-- | The bytes of one character after another: a mark of the order of bytes, CR before LF, the character itself.
encoded :: String -> Handle -> Char -> IO [[Char]]
encoded location h c = do
    c8 <- charset h
    mark <- getField h MarkToWrite
    setField h MarkToWrite 0
    crlf <- getField h OutputCRLF
    failure <- getField h OnFailure
    own <- case encode c8 c of
        [] -> unfit (failureOf failure) c8
        bytes -> return [bytes]
    return ([encode c8 '\xfeff' | mark == 1] ++ [encode c8 '\r' | crlf == 1, c == '\n'] ++ own)
  where
    unfit Fail _ = ioError (IOError (Just h) InvalidArgument location "invalid character" Nothing (Just (handlePath h)))
    unfit Ignore _ = return []
    unfit Transliterate c8 = return [encode c8 '?']
    unfit RoundTrip c8
        | c >= '\xdc80' && c <= '\xdcff' = return [[unsafeChr (ord c - 0xdc00)]]
        | otherwise = unfit Fail c8

-- Reading

-- | What stands at a place: less than a character, what is none, or one before the place of the next.
data Scan = Partial | Malformed | Scanned !Int !Char

-- | Between the first place and the second.
scan :: Handle -> Int -> Int -> IO Scan
scan h i end = do
    coding <- getField h Coding
    case coding of
        0 -> utf8At h i end >>= \s -> case s of
            Partial | i < end -> getField h AtEnd >>= \over -> return (if over == 1 then Malformed else Partial)
            _ -> return s
        1 -> oneByte h i end
        _ -> do
            mark <- getField h MarkToRead
            if mark == 1 then skipMark h i end else line h i end

-- | One character, which may be the end of a line.
line :: Handle -> Int -> Int -> IO Scan
line h i end = do
    s <- one h i end
    crlf <- getField h InputCRLF
    case s of
        Scanned next '\r' | crlf == 1 -> one h next end >>= \t -> case t of
            Scanned _ '\n' -> return t
            Partial -> getField h AtEnd >>= \over -> return (if over == 1 then s else Partial)
            _ -> return s
        _ -> return s

one :: Handle -> Int -> Int -> IO Scan
one h i end
    | i >= end = return Partial
    | otherwise = do
        s <- charset h >>= \c -> inCharset c h i end
        case s of
            Scanned _ _ -> return s
            Malformed -> recover h i end
            Partial -> getField h AtEnd >>= \over -> if over == 1 then recover h i end else return Partial

-- | What is made of a byte that is no character's.
recover :: Handle -> Int -> Int -> IO Scan
recover h i end = do
    failure <- getField h OnFailure
    b <- byteAt h i
    case failureOf failure of
        Fail -> return Malformed
        Ignore -> one h (i + 1) end
        Transliterate -> return (Scanned (i + 1) '\xfffd')
        RoundTrip -> return (Scanned (i + 1) (unsafeChr (if b < 0x80 then b else 0xdc00 + b)))

inCharset :: Charset -> Handle -> Int -> Int -> IO Scan
inCharset c h i end = case c of
    UTF8 -> utf8At h i end
    UTF8BOM -> utf8At h i end
    UTF16 -> order >>= \little -> utf16At little h i end
    UTF16LE -> utf16At True h i end
    UTF16BE -> utf16At False h i end
    UTF32 -> order >>= \little -> utf32At little h i end
    UTF32LE -> utf32At True h i end
    UTF32BE -> utf32At False h i end
    Latin1 -> oneByte h i end
    Char8 -> oneByte h i end
  where
    order = fmap (== 1) (getField h LittleEndian)

byteAt :: Handle -> Int -> IO Int
byteAt h (I# i) = IO (\s -> case readWord8Array# (handleBuffer h) i s of (# s1, w #) -> (# s1, I# (word2Int# w) #))
{-# INLINE byteAt #-}

oneByte :: Handle -> Int -> Int -> IO Scan
oneByte h i end
    | i >= end = return Partial
    | otherwise = fmap (\b -> Scanned (i + 1) (unsafeChr b)) (byteAt h i)

-- | Neither longer than need be nor a surrogate.
utf8At :: Handle -> Int -> Int -> IO Scan
utf8At h i end
    | i >= end = return Partial
    | otherwise = byteAt h i >>= lead
  where
    lead b
        | b < 0x80 = return (Scanned (i + 1) (unsafeChr b))
        | b < 0xc2 || b > 0xf4 = return Malformed
        | b < 0xe0 = continued (b - 0xc0) (i + 1) 1 0x80
        | b < 0xf0 = continued (b - 0xe0) (i + 1) 2 0x800
        | otherwise = continued (b - 0xf0) (i + 1) 3 0x10000
    continued !c k n least
        | n == (0 :: Int) = return (valid k c (c >= least))
        | k >= end = return Partial
        | otherwise = byteAt h k >>= \b -> if b < 0x80 || b >= 0xc0 then return Malformed else continued (c * 64 + (b - 0x80)) (k + 1) (n - 1) least

valid :: Int -> Int -> Bool -> Scan
valid next c shortest
    | shortest && c <= 0x10ffff && not (isSurrogate (unsafeChr c)) = Scanned next (unsafeChr c)
    | otherwise = Malformed

-- | Two bytes.
unitAt :: Bool -> Handle -> Int -> IO Int
unitAt little h i = do
    a <- byteAt h i
    b <- byteAt h (i + 1)
    return (if little then b * 0x100 + a else a * 0x100 + b)

utf16At :: Bool -> Handle -> Int -> Int -> IO Scan
utf16At little h i end
    | i + 2 > end = return Partial
    | otherwise = unitAt little h i >>= \u -> if u < 0xd800 || u >= 0xdc00 then return (valid (i + 2) u True) else pair u
  where
    pair u
        | i + 4 > end = return Partial
        | otherwise = unitAt little h (i + 2) >>= \v -> return
            (if v < 0xdc00 || v >= 0xe000 then Malformed else Scanned (i + 4) (unsafeChr (0x10000 + (u - 0xd800) * 0x400 + (v - 0xdc00))))

utf32At :: Bool -> Handle -> Int -> Int -> IO Scan
utf32At little h i end
    | i + 4 > end = return Partial
    | otherwise = do
        u <- unitAt little h i
        v <- unitAt little h (i + 2)
        return (valid (i + 4) (if little then v * 0x10000 + u else u * 0x10000 + v) True)

-- Marks of the order of bytes, and whether that is the lower ones first

marks :: Charset -> [([Int], Bool)]
marks UTF8BOM = [([0xef, 0xbb, 0xbf], False)]
marks UTF16 = [([0xfe, 0xff], False), ([0xff, 0xfe], True)]
marks UTF32 = [([0, 0, 0xfe, 0xff], False), ([0xff, 0xfe, 0, 0], True)]
marks _ = []

data Match = Short | Differs | Ends !Int

matches :: Handle -> Int -> Int -> [Int] -> IO Match
matches _ i _ [] = return (Ends i)
matches h i end (b : bs)
    | i >= end = return Short
    | otherwise = byteAt h i >>= \a -> if a == b then matches h (i + 1) end bs else return Differs

skipMark :: Handle -> Int -> Int -> IO Scan
skipMark h i end = charset h >>= \c -> among (marks c)
  where
    among [] = behind i
    among ((mark, little) : rest) = matches h i end mark >>= \m -> case m of
        Ends next -> setField h LittleEndian (if little then 1 else 0) >> setField h First next >> behind next
        Differs -> among rest
        Short -> getField h AtEnd >>= \over -> if over == 1 then among rest else return Partial
    behind next = setField h MarkToRead 0 >> line h next end
