{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
-- | Encodings, and the bytes of a character in each.
module GHC.IO.Encoding.Types
    ( TextEncoding (..), Charset (..), Failure (..), charsetNumber, charsetOf, failureNumber, failureOf, encode, isSurrogate
    ) where

import GHC.Base
import GHC.Num
import GHC.Show

data Charset = UTF8 | Char8 | UTF8BOM | UTF16 | UTF16LE | UTF16BE | UTF32 | UTF32LE | UTF32BE | Latin1

-- | What becomes of what does not fit: an exception, nothing, a mark in its place, a surrogate that stands for its byte.
data Failure = Fail | Ignore | Transliterate | RoundTrip

data TextEncoding = TextEncoding Charset Failure

instance Show TextEncoding where
    showsPrec _ (TextEncoding charset _) = showString (case charset of
        UTF8 -> "UTF-8"
        Char8 -> "ISO-8859-1"
        UTF8BOM -> "UTF-8BOM"
        UTF16 -> "UTF-16"
        UTF16LE -> "UTF16-LE"
        UTF16BE -> "UTF-16BE"
        UTF32 -> "UTF-32"
        UTF32LE -> "UTF-32LE"
        UTF32BE -> "UTF-32BE"
        Latin1 -> "ISO-8859-1")

charsetNumber :: Charset -> Int
charsetNumber c = I# (dataToTag# c)

charsetOf :: Int -> Charset
charsetOf (I# i) = tagToEnum# i

failureNumber :: Failure -> Int
failureNumber f = I# (dataToTag# f)

failureOf :: Int -> Failure
failureOf (I# i) = tagToEnum# i

-- | Bytes, as characters; none: it does not fit.
encode :: Charset -> Char -> [Char]
encode charset c = case charset of
    UTF8 -> unicode (utf8 n)
    UTF8BOM -> unicode (utf8 n)
    UTF16 -> unicode (utf16 high low)
    UTF16BE -> unicode (utf16 high low)
    UTF16LE -> unicode (utf16 low high)
    UTF32 -> unicode [byte 24, byte 16, byte 8, byte 0]
    UTF32BE -> unicode [byte 24, byte 16, byte 8, byte 0]
    UTF32LE -> unicode [byte 0, byte 8, byte 16, byte 24]
    Latin1 -> if n < 0x100 then [c] else []
    Char8 -> [byte 0]
  where
    n = ord c
    unicode bytes = if isSurrogate c then [] else bytes
    byte k = low (n `uncheckedShift` k)
    low i = unsafeChr (i `bits` 0xff)
    high i = low (i `uncheckedShift` 8)
    utf16 first second
        | n < 0x10000 = [first n, second n]
        | otherwise = [first h, second h, first l, second l]
      where
        h = 0xd800 + (n - 0x10000) `uncheckedShift` 10
        l = 0xdc00 + (n `bits` 0x3ff)
    utf8 i
        | i < 0x80 = [c]
        | i < 0x800 = [from 0xc0 6, from' 0]
        | i < 0x10000 = [from 0xe0 12, from' 6, from' 0]
        | otherwise = [from 0xf0 18, from' 12, from' 6, from' 0]
    from start k = unsafeChr (start + n `uncheckedShift` k)
    from' k = unsafeChr (0x80 + (n `uncheckedShift` k) `bits` 0x3f)

uncheckedShift, bits :: Int -> Int -> Int
I# a `uncheckedShift` I# k = I# (uncheckedIShiftRL# a k)
I# a `bits` I# b = I# (andI# a b)
infixl 8 `uncheckedShift`
infixl 7 `bits`

isSurrogate :: Char -> Bool
isSurrogate c = c >= '\xd800' && c < '\xe000'
