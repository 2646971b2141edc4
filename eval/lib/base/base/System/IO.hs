{-# LANGUAGE NoImplicitPrelude, StandaloneDeriving #-}
module System.IO
    ( IO, FilePath, Handle, stdin, stdout, stderr, fixIO
    , withFile, openFile, IOMode (..), hClose, readFile, readFile', writeFile, appendFile, withBinaryFile, openBinaryFile
    , hFileSize, hSetFileSize, hIsEOF, isEOF, BufferMode (..), hSetBuffering, hGetBuffering, hFlush, hSeek, SeekMode (..), hTell, HandlePosn, hGetPosn, hSetPosn
    , hIsOpen, hIsClosed, hIsReadable, hIsWritable, hIsSeekable, hIsTerminalDevice, hSetEcho, hGetEcho, hShow
    , hWaitForInput, hReady, hGetChar, hGetLine, hLookAhead, hGetContents, hGetContents', hPutBuf, hGetBuf, hGetBufSome, hPutBufNonBlocking, hGetBufNonBlocking, hPutChar, hPutStr, hPutStrLn, hPrint
    , interact, putChar, putStr, putStrLn, print, getChar, getLine, getContents, getContents', readIO, readLn
    , hSetBinaryMode, TextEncoding, hSetEncoding, hGetEncoding, latin1, utf8, utf8_bom, utf16, utf16le, utf16be, utf32, utf32le, utf32be, char8, localeEncoding, mkTextEncoding
    , openTempFile, openBinaryTempFile, openTempFileWithDefaultPermissions, openBinaryTempFileWithDefaultPermissions
    , Newline (..), NewlineMode (..), hSetNewlineMode, nativeNewline, noNewlineTranslation, universalNewlineMode, nativeNewlineMode
    ) where

import Control.Exception.Base (try)
import Control.Monad.Fix
import Data.Either
import GHC.Base
import GHC.IO
import GHC.IO.Encoding
import GHC.IO.Exception
import GHC.IO.Handle
import GHC.IO.Posix (c_getpid)
import GHC.List
import GHC.Num
import GHC.Ptr
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

hPutBufNonBlocking :: Handle -> Ptr a -> Int -> IO Int
hPutBufNonBlocking h p n = hPutBuf h p n >> return n

-- | Where a handle has been.
data HandlePosn = HandlePosn Handle Integer

instance Eq HandlePosn where
    HandlePosn h p == HandlePosn k q = h == k && p == q

instance Show HandlePosn where
    showsPrec p (HandlePosn h at) = showsPrec p h . showString " at position " . shows at

hGetPosn :: Handle -> IO HandlePosn
hGetPosn h = fmap (HandlePosn h) (hTell h)

hSetPosn :: HandlePosn -> IO ()
hSetPosn (HandlePosn h at) = hSeek h AbsoluteSeek at

openTempFile, openBinaryTempFile, openTempFileWithDefaultPermissions, openBinaryTempFileWithDefaultPermissions :: FilePath -> String -> IO (FilePath, Handle)
openTempFile = temporary 0o600
openBinaryTempFile = temporary 0o600
openTempFileWithDefaultPermissions = temporary 0o666
openBinaryTempFileWithDefaultPermissions = temporary 0o666

-- | The process's number and one that counts go before the template's extension. Text in it is encoded, as in real base, binary or not.
temporary :: Word -> FilePath -> String -> IO (FilePath, Handle)
temporary permissions folder template
    | '/' `elem` template = failIO ("openTempFile': Template string must not contain path separator characters: " ++ template)
    | otherwise = c_getpid >>= \pid -> attempt pid (0 :: Int)
  where
    (stem, extension) = case break (== '.') (reverse template) of
        (_, []) -> (template, "")
        (end, _ : start) -> (reverse start, '.' : reverse end)
    prefix = case reverse folder of
        [] -> ""
        '/' : _ -> folder
        _ -> folder ++ "/"
    attempt pid k = do
        let path = prefix ++ stem ++ show pid ++ "-" ++ show k ++ extension
        opened <- try (openNew path permissions)
        case opened of
            Right h -> return (path, h)
            Left e
                | ioe_type e == AlreadyExists -> attempt pid (k + 1)
                | otherwise -> ioError e

readFile, readFile' :: FilePath -> IO String
readFile name = openFile name ReadMode >>= hGetContents
readFile' name = withFile name ReadMode hGetContents'

writeFile, appendFile :: FilePath -> String -> IO ()
writeFile name s = withFile name WriteMode (\h -> hPutStr h s)
appendFile name s = withFile name AppendMode (\h -> hPutStr h s)

fixIO :: (a -> IO a) -> IO a
fixIO = mfix

localeEncoding :: TextEncoding
localeEncoding = initLocaleEncoding

-- Lines end with LF

nativeNewline :: Newline
nativeNewline = LF

universalNewlineMode, nativeNewlineMode, noNewlineTranslation :: NewlineMode
universalNewlineMode = NewlineMode CRLF LF
nativeNewlineMode = NewlineMode LF LF
noNewlineTranslation = NewlineMode LF LF

deriving instance Read BufferMode
deriving instance Read Newline
deriving instance Read NewlineMode
deriving instance Read IOMode
deriving instance Read SeekMode
