-- reads: its process's number
-- exit: 1
-- What handles make of ends of lines, and of characters that UTF-8 does not have.
module Main (main) where

import Control.Exception
import Control.Monad
import System.IO

-- | The file as bytes, and as text.
shown :: Handle -> IO ()
shown h = do
    forM_ [noNewlineTranslation, universalNewlineMode] $ \mode -> do
        hSeek h AbsoluteSeek 0
        hSetNewlineMode h mode
        s <- hGetContents'' h
        print s
  where
    hGetContents'' from = hIsEOF from >>= \end -> if end then return [] else (:) <$> hGetChar from <*> hGetContents'' from

written :: NewlineMode -> String -> IO ()
written mode s = do
    (_, h) <- openTempFile "/tmp" "newlines.txt"
    hSetNewlineMode h mode
    hPutStr h s
    hTell h >>= print
    shown h
    hSeek h AbsoluteSeek 0
    lines' h >>= print
    hSetBinaryMode h True
    hSeek h AbsoluteSeek 0
    hGetLine h >>= print
    hClose h
  where
    lines' h = hIsEOF h >>= \end -> if end then return [] else (:) <$> hGetLine h <*> lines' h

main :: IO ()
main = do
    written (NewlineMode CRLF CRLF) "one\ntwo\n\nfour"
    written (NewlineMode LF LF) "a\r\nb\rc\r\r\nd\n\re\r"
    r <- try (hSetNewlineMode stderr (NewlineMode LF CRLF) >> hPutStrLn stderr "carriage")
    print (r :: Either IOException ())
    hSetBuffering stdout NoBuffering
    one <- try (putStr "\xd800")
    print (one :: Either IOException ())
    hSetBuffering stdout LineBuffering
    putStrLn "before \xdfff"
