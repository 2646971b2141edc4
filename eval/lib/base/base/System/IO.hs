{-# LANGUAGE NoImplicitPrelude #-}
module System.IO
    ( IO, FilePath, Handle, stdin, stdout, stderr, fixIO
    , withFile, openFile, IOMode (..), hClose, readFile, readFile', writeFile, appendFile, withBinaryFile, openBinaryFile
    , hFileSize, hIsEOF, isEOF, BufferMode (..), hSetBuffering, hGetBuffering, hFlush, hSeek, SeekMode (..), hTell
    , hIsOpen, hIsClosed, hIsReadable, hIsWritable, hIsSeekable, hIsTerminalDevice, hSetEcho, hGetEcho, hShow
    , hWaitForInput, hReady, hGetChar, hGetLine, hLookAhead, hGetContents, hGetContents', hPutChar, hPutStr, hPutStrLn, hPrint
    , interact, putChar, putStr, putStrLn, print, getChar, getLine, getContents, getContents', readIO, readLn
    , hSetBinaryMode, TextEncoding, hSetEncoding, hGetEncoding, latin1, utf8, utf8_bom, char8, localeEncoding, mkTextEncoding
    , Newline (..), NewlineMode (..), hSetNewlineMode, nativeNewline, noNewlineTranslation, universalNewlineMode, nativeNewlineMode
    ) where

import Control.Monad.Fix
import Data.Either
import GHC.Base
import GHC.IO
import GHC.IO.Exception
import GHC.IO.Handle
import GHC.List
import GHC.Num ()
import GHC.Read
import GHC.Show
import Text.Read (reads)

-- The console

putChar :: Char -> IO ()
putChar c = hPutChar stdout c

putStr, putStrLn :: String -> IO ()
putStr s = hPutStr stdout s
putStrLn s = hPutStr' stdout s True

print :: Show a => a -> IO ()
print x = putStrLn (show x)

getChar :: IO Char
getChar = hGetChar stdin

getLine, getContents, getContents' :: IO String
getLine = hGetLine stdin
getContents = hGetContents stdin
getContents' = hGetContents' stdin

isEOF :: IO Bool
isEOF = hIsEOF stdin

interact :: (String -> String) -> IO ()
interact f = getContents >>= \s -> putStr (f s)

readLn :: Read a => IO a
readLn = getLine >>= readIO

readIO :: Read a => String -> IO a
readIO s = case [x | (x, t) <- reads s, ("", "") <- lex t] of
    [x] -> return x
    [] -> ioError (userError "Prelude.readIO: no parse")
    _ -> ioError (userError "Prelude.readIO: ambiguous parse")

-- Handles

hPutStrLn :: Handle -> String -> IO ()
hPutStrLn h s = hPutStr' h s True

hPrint :: Show a => Handle -> a -> IO ()
hPrint h x = hPutStrLn h (show x)

-- Files

withFile, withBinaryFile :: FilePath -> IOMode -> (Handle -> IO r) -> IO r
withFile name mode = bracket (openFile name mode) hClose
withBinaryFile name mode = bracket (openBinaryFile name mode) hClose

openBinaryFile :: FilePath -> IOMode -> IO Handle
openBinaryFile name mode = do
    h <- openFile name mode
    hSetBinaryMode h True
    return h

readFile, readFile' :: FilePath -> IO String
readFile name = openFile name ReadMode >>= hGetContents
readFile' name = withFile name ReadMode hGetContents'

writeFile, appendFile :: FilePath -> String -> IO ()
writeFile name s = withFile name WriteMode (\h -> hPutStr h s)
appendFile name s = withFile name AppendMode (\h -> hPutStr h s)

fixIO :: (a -> IO a) -> IO a
fixIO = mfix

-- Encodings: UTF-8, and one that makes a character of each byte

data TextEncoding = UTF8 | Latin1

instance Show TextEncoding where
    showsPrec _ UTF8 = showString "UTF-8"
    showsPrec _ Latin1 = showString "ISO-8859-1"

latin1, utf8, utf8_bom, char8, localeEncoding :: TextEncoding
latin1 = Latin1
utf8 = UTF8
utf8_bom = UTF8
char8 = Latin1
localeEncoding = UTF8

mkTextEncoding :: String -> IO TextEncoding
mkTextEncoding name
    | takeWhile (/= '/') name `elem` ["UTF-8", "UTF8", "utf-8", "utf8"] = return UTF8
    | takeWhile (/= '/') name `elem` ["ISO-8859-1", "LATIN1", "latin1", "CHAR8"] = return Latin1
    | otherwise = ioError (IOError Nothing NoSuchThing "mkTextEncoding" ("unknown encoding:" ++ name) Nothing Nothing)

hSetEncoding :: Handle -> TextEncoding -> IO ()
hSetEncoding h UTF8 = hSetLatin1 h False
hSetEncoding h Latin1 = hSetLatin1 h True

hGetEncoding :: Handle -> IO (Maybe TextEncoding)
hGetEncoding h = fmap (\is -> Just (if is then Latin1 else UTF8)) (hIsLatin1 h)

-- Lines end with LF

data Newline = LF | CRLF
    deriving (Eq, Ord, Read, Show)

data NewlineMode = NewlineMode { inputNL :: Newline, outputNL :: Newline }
    deriving (Eq, Ord, Read, Show)

nativeNewline :: Newline
nativeNewline = LF

universalNewlineMode, nativeNewlineMode, noNewlineTranslation :: NewlineMode
universalNewlineMode = NewlineMode CRLF LF
nativeNewlineMode = NewlineMode LF LF
noNewlineTranslation = NewlineMode LF LF

hSetNewlineMode :: Handle -> NewlineMode -> IO ()
hSetNewlineMode _ _ = return ()
