{-# LANGUAGE NoImplicitPrelude #-}
-- | How characters become bytes, and which way a handle takes that nobody has told.
module GHC.IO.Encoding
    ( TextEncoding, latin1, utf8, utf8_bom, utf16, utf16le, utf16be, utf32, utf32le, utf32be, char8, mkTextEncoding
    , initLocaleEncoding, getLocaleEncoding, setLocaleEncoding
    ) where

import GHC.Base
import GHC.IO
import GHC.IO.Encoding.Types
import GHC.IO.Exception
import GHC.IORef
import GHC.List

latin1, utf8, utf8_bom, utf16, utf16le, utf16be, utf32, utf32le, utf32be, char8, initLocaleEncoding :: TextEncoding
latin1 = TextEncoding Latin1 Fail
utf8 = TextEncoding UTF8 Fail
utf8_bom = TextEncoding UTF8BOM Fail
utf16 = TextEncoding UTF16 Fail
utf16le = TextEncoding UTF16LE Fail
utf16be = TextEncoding UTF16BE Fail
utf32 = TextEncoding UTF32 Fail
utf32le = TextEncoding UTF32LE Fail
utf32be = TextEncoding UTF32BE Fail
char8 = TextEncoding Char8 Fail
initLocaleEncoding = utf8

-- | A name such as UTF-16LE, and behind it what is to happen to what does not fit: //IGNORE, //TRANSLIT, //ROUNDTRIP.
mkTextEncoding :: String -> IO TextEncoding
mkTextEncoding name = case lookup charset charsets of
    Just c | Just f <- lookup suffix failures -> return (TextEncoding c f)
    _ -> ioError (IOError Nothing NoSuchThing "mkTextEncoding" ("unknown encoding:" ++ name) Nothing Nothing)
  where
    (charset, suffix) = span (/= '/') name
    failures = [("", Fail), ("//IGNORE", Ignore), ("//TRANSLIT", Transliterate), ("//ROUNDTRIP", RoundTrip)]
    charsets =
        [ ("UTF-8", UTF8), ("UTF8", UTF8), ("UTF-16", UTF16), ("UTF-16LE", UTF16LE), ("UTF-16BE", UTF16BE), ("UTF-32", UTF32), ("UTF-32LE", UTF32LE)
        , ("UTF-32BE", UTF32BE), ("ISO-8859-1", Latin1), ("ISO8859-1", Latin1), ("LATIN1", Latin1), ("latin1", Latin1), ("utf-8", UTF8), ("utf8", UTF8)
        ]

chosen :: IORef TextEncoding
chosen = unsafePerformIO (newIORef initLocaleEncoding)
{-# NOINLINE chosen #-}

-- | Of handles that are opened from now on.
getLocaleEncoding :: IO TextEncoding
getLocaleEncoding = readIORef chosen

setLocaleEncoding :: TextEncoding -> IO ()
setLocaleEncoding = writeIORef chosen
