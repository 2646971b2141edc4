-- reads: its process's number
-- Files by handle and buffer: temporary ones, positions, sizes, bytes to and from memory; the environment.
module Main (main) where

import Control.Exception
import Control.Monad
import Data.Char (isDigit)
import Foreign.Marshal.Array
import Foreign.Ptr
import Data.Word
import Foreign.C
import System.Environment
import System.IO
import System.IO.Error

foreign import ccall unsafe "unlink" c_unlink :: CString -> IO CInt

shape :: FilePath -> String
shape path = filter (not . isDigit) (reverse (takeWhile (/= '/') (reverse path)))

main :: IO ()
main = do
    (path, h) <- openTempFile "/tmp" "notes.txt"
    putStrLn (shape path)
    hPutStr h "first line\nsecond line\n"
    here <- hGetPosn h
    hPutStr h "third line\n"
    hSetPosn here
    hPutStr h "THIRD"
    hSeek h AbsoluteSeek 0
    replicateM_ 2 (hGetLine h >>= putStrLn)
    hGetLine h >>= putStrLn
    size <- hFileSize h
    hSetFileSize h 10
    shorter <- hFileSize h
    print (size, shorter)
    hClose h
    readFile path >>= print

    (other, b) <- openBinaryTempFile "/tmp" "data"
    putStrLn (shape other)
    print (path == other)
    withArrayLen [0, 10, 200, 255, 13, 10 :: Word8] (\n p -> hPutBuf b p n)
    hPutChar b '\233'
    hSeek b AbsoluteSeek 1
    c <- hGetChar b
    (n, bytes) <- allocaArray 16 (\p -> hGetBuf b p 16 >>= \n -> fmap ((,) n) (peekArray n (p :: Ptr Word8)))
    print (c, n, bytes)
    none <- allocaArray 4 (\p -> hGetBuf b (p :: Ptr Word8) 4)
    hSeek b SeekFromEnd (-2)
    some <- allocaArray 4 (\p -> hGetBufSome b p 4 >>= \k -> peekArray k (p :: Ptr Word8))
    hSeek b AbsoluteSeek 0
    ready <- hWaitForInput b 0
    there <- allocaArray 16 (\p -> hGetBufNonBlocking b (p :: Ptr Word8) 16)
    print (none, some, ready, there)
    hClose b
    wrong <- try (allocaArray 1 (\p -> hGetBuf b (p :: Ptr Word8) 1))
    putStrLn (either (\e -> ioeGetErrorString (e :: IOException)) show wrong)
    bad <- try (openTempFile "/tmp" "a/b") :: IO (Either IOException (FilePath, Handle))
    putStrLn (either (const "no separators") (const "?") bad)

    gone <- mapM (`withCString` c_unlink) [path, other]
    again <- try (readFile path)
    print (gone, either isDoesNotExistError (const False) again)

    setEnv "THUNKS" "lazy"
    lookupEnv "THUNKS" >>= print
    all' <- getEnvironment
    print (lookup "THUNKS" all')
    setEnv "THUNKS" ""
    lookupEnv "THUNKS" >>= print
    unsetEnv "THUNKS"
    e <- try (setEnv "A=B" "c")
    putStrLn (either (\x -> show (isUserError (x :: IOException))) show e)
    withProgName "other" getProgName >>= putStrLn
    withArgs ["x", "y"] getArgs >>= print
