{-# LANGUAGE NoImplicitPrelude #-}
-- | C's strings: bytes up to a zero, or so many. Text is UTF-8; the functions with CA in their name make a character of each byte.
module Foreign.C.String
    ( CString, CStringLen, peekCString, peekCStringLen, newCString, newCStringLen, withCString, withCStringLen, charIsRepresentable
    , castCharToCChar, castCCharToChar, castCharToCUChar, castCUCharToChar, castCharToCSChar, castCSCharToChar
    , peekCAString, peekCAStringLen, newCAString, newCAStringLen, withCAString, withCAStringLen
    , CWString, CWStringLen, peekCWString, peekCWStringLen, newCWString, newCWStringLen, withCWString, withCWStringLen
    ) where

import Data.Char
import Foreign.C.Types
import Foreign.Marshal.Array
import Foreign.Storable
import GHC.IO.Posix (encodeUtf8)
import GHC.Ptr
import Prelude

type CString = Ptr CChar
type CStringLen = (Ptr CChar, Int)

type CWString = Ptr CWchar
type CWStringLen = (Ptr CWchar, Int)

castCharToCChar :: Char -> CChar
castCharToCChar = fromIntegral . ord

castCCharToChar :: CChar -> Char
castCCharToChar c = castCUCharToChar (fromIntegral c)

castCharToCUChar :: Char -> CUChar
castCharToCUChar = fromIntegral . ord

castCUCharToChar :: CUChar -> Char
castCUCharToChar = chr . fromIntegral

castCharToCSChar :: Char -> CSChar
castCharToCSChar = fromIntegral . ord

castCSCharToChar :: CSChar -> Char
castCSCharToChar c = castCUCharToChar (fromIntegral c)

charIsRepresentable :: Char -> IO Bool
charIsRepresentable c = return (c < '\xd800' || c > '\xdfff')

-- UTF-8

encode :: String -> [CChar]
encode = map castCharToCChar . encodeUtf8

-- | What is no UTF-8 becomes a question mark in a diamond.
decode :: [CChar] -> String
decode = go . map (\c -> fromIntegral (fromIntegral c :: CUChar))
  where
    go [] = []
    go (b : bs)
        | b < 0x80 = chr b : go bs
        | b < 0xc2 = bad bs
        | b < 0xe0 = continued 1 0x80 (b - 0xc0)
        | b < 0xf0 = continued 2 0x800 (b - 0xe0)
        | b < 0xf5 = continued 3 0x10000 (b - 0xf0)
        | otherwise = bad bs
      where
        continued n least first
            | length more == n && all isContinuation more && least <= c && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) = chr c : go rest
            | otherwise = bad bs
          where
            (more, rest) = splitAt n bs
            c = foldl (\a x -> a * 64 + (x - 0x80)) first more
    bad rest = '\xfffd' : go rest
    isContinuation x = x >= 0x80 && x < (0xc0 :: Int)

peekCString :: CString -> IO String
peekCString = fmap decode . peekArray0 0

peekCStringLen :: CStringLen -> IO String
peekCStringLen (p, n) = fmap decode (peekArray n p)

newCString :: String -> IO CString
newCString = newArray0 0 . encode

newCStringLen :: String -> IO CStringLen
newCStringLen = newCounted . encode

withCString :: String -> (CString -> IO a) -> IO a
withCString = withArray0 0 . encode

withCStringLen :: String -> (CStringLen -> IO a) -> IO a
withCStringLen = withCounted . encode

newCounted :: Storable a => [a] -> IO (Ptr a, Int)
newCounted xs = fmap (\p -> (p, length xs)) (newArray xs)

withCounted :: Storable a => [a] -> ((Ptr a, Int) -> IO b) -> IO b
withCounted xs use = withArrayLen xs (\n p -> use (p, n))

-- Bytes

peekCAString :: CString -> IO String
peekCAString = fmap (map castCCharToChar) . peekArray0 0

peekCAStringLen :: CStringLen -> IO String
peekCAStringLen (p, n) = fmap (map castCCharToChar) (peekArray n p)

newCAString :: String -> IO CString
newCAString = newArray0 0 . map castCharToCChar

newCAStringLen :: String -> IO CStringLen
newCAStringLen = newCounted . map castCharToCChar

withCAString :: String -> (CString -> IO a) -> IO a
withCAString = withArray0 0 . map castCharToCChar

withCAStringLen :: String -> (CStringLen -> IO a) -> IO a
withCAStringLen = withCounted . map castCharToCChar

-- Wide characters

wide :: String -> [CWchar]
wide = map (fromIntegral . ord)

narrow :: [CWchar] -> String
narrow = map (chr . fromIntegral)

peekCWString :: CWString -> IO String
peekCWString = fmap narrow . peekArray0 0

peekCWStringLen :: CWStringLen -> IO String
peekCWStringLen (p, n) = fmap narrow (peekArray n p)

newCWString :: String -> IO CWString
newCWString = newArray0 0 . wide

newCWStringLen :: String -> IO CWStringLen
newCWStringLen = newCounted . wide

withCWString :: String -> (CWString -> IO a) -> IO a
withCWString = withArray0 0 . wide

withCWStringLen :: String -> (CWStringLen -> IO a) -> IO a
withCWStringLen = withCounted . wide
