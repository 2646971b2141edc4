-- reads: its process's number
-- Encodings and ends of lines of handles: every encoding that there is, byte order marks, what does not fit, CRLF both ways.
import Control.Exception
import Control.Monad
import Data.Char (ord)
import Data.List (isPrefixOf)
import System.IO
import System.IO.Unsafe (unsafePerformIO)

path :: FilePath
path = unsafePerformIO (openTempFile "/tmp" "encodings.txt" >>= \(p, h) -> hClose h >> return p)
{-# NOINLINE path #-}

-- The file has another name each time.
hidden :: String -> String
hidden s | path `isPrefixOf` s = "FILE" ++ hidden (drop (length path) s)
hidden (c : cs) = c : hidden cs
hidden [] = []

bytes :: IO ()
bytes = withBinaryFile path ReadMode (\h -> hGetContents h >>= print . map ord)

encodings :: [TextEncoding]
encodings = [utf8, utf8_bom, utf16, utf16le, utf16be, utf32, utf32le, utf32be, latin1, char8]

attempt :: IO () -> IO ()
attempt act = try act >>= either (\e -> putStrLn ("failed: " ++ hidden (show (e :: IOException)))) return

-- Written, seen as bytes, read again in three ways.
roundTrip :: TextEncoding -> String -> IO ()
roundTrip e s = do
  putStrLn (show e ++ " of " ++ show s)
  attempt (withFile path WriteMode (\h -> hSetEncoding h e >> hPutStr h s))
  bytes
  attempt (withFile path ReadMode (\h -> hSetEncoding h e >> hGetContents h >>= print))
  attempt (withFile path ReadMode (\h -> hSetEncoding h e >> hGetLine h >>= print >> hIsEOF h >>= print))
  attempt (withFile path ReadMode (\h -> hSetEncoding h e >> hLookAhead h >>= \c -> hGetChar h >>= \d -> print (c, d)))

raw :: [Int] -> IO ()
raw bs = withBinaryFile path WriteMode (\h -> hPutStr h (map toEnum bs))

newlines :: NewlineMode -> TextEncoding -> String -> IO ()
newlines mode e s = do
  print (mode, e)
  withFile path WriteMode (\h -> hSetEncoding h e >> hSetNewlineMode h mode >> hPutStr h s >> hPutChar h '\n')
  bytes
  withFile path ReadMode (\h -> hSetEncoding h e >> hSetNewlineMode h mode >> hGetContents h >>= print)
  withFile path ReadMode (\h -> hSetEncoding h e >> hSetNewlineMode h mode >> replicateM 2 (hGetLine h) >>= print)

main :: IO ()
main = do
  forM_ encodings (\e -> mapM_ (roundTrip e) ["aλ🎈\nzwei\n", "plain\n", "é"])
  forM_ [utf8, utf16, utf32, latin1] (\e -> attempt (withFile path WriteMode (\h -> hSetEncoding h e >> hPutStr h "before" >> hPutChar h '\xd800' >> hPutStr h "after")) >> bytes)
  -- what is no text
  forM_ [[97, 200], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 1, 2, 3], [0xe2, 0x82]] (\bs -> do
    raw bs
    attempt (readFile path >>= print)
    attempt (withFile path ReadMode (\h -> hSetEncoding h utf8_bom >> hGetContents h >>= print)))
  forM_ [[0, 97], [0, 97, 0], [0xd8, 0, 0, 97], [0xff, 0xfe, 97, 0], [0xfe, 0xff, 0, 97], [0xdc, 0, 0, 97]] (\bs -> do
    raw bs
    attempt (withFile path ReadMode (\h -> hSetEncoding h utf16 >> hGetContents h >>= print))
    attempt (withFile path ReadMode (\h -> hSetEncoding h utf16be >> hGetContents h >>= print)))
  forM_ [[0, 0x11, 0, 0], [0, 0, 0, 97, 0], [0xff, 0xfe, 0, 0, 97, 0, 0, 0], [0, 0, 0xd8, 0]] (\bs -> do
    raw bs
    attempt (withFile path ReadMode (\h -> hSetEncoding h utf32 >> hGetContents h >>= print)))
  -- by name
  forM_ ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "UTF-8//IGNORE", "UTF-8//TRANSLIT", "UTF-8//ROUNDTRIP", "UTF-16//IGNORE"] (\n -> mkTextEncoding n >>= \e -> print (n, show e))
  attempt (mkTextEncoding "UTF-9" >>= print)
  attempt (mkTextEncoding "UTF-8//NONE" >>= print)
  raw [97, 200, 98, 0xe2, 0x82, 99]
  forM_ ["UTF-8//IGNORE", "UTF-8//TRANSLIT", "UTF-8//ROUNDTRIP"] (\n -> do
    e <- mkTextEncoding n
    attempt (withFile path ReadMode (\h -> hSetEncoding h e >> hGetContents h >>= print)))
  e <- mkTextEncoding "UTF-8//ROUNDTRIP"
  s <- withFile path ReadMode (\h -> hSetEncoding h e >> hGetContents h >>= \s -> length s `seq` return s)
  withFile path WriteMode (\h -> hSetEncoding h e >> hPutStr h s)
  bytes
  t <- mkTextEncoding "UTF-8//TRANSLIT"
  withFile path WriteMode (\h -> hSetEncoding h t >> hPutStr h "a\xd800z")
  bytes
  i <- mkTextEncoding "UTF-8//IGNORE"
  withFile path WriteMode (\h -> hSetEncoding h i >> hPutStr h "a\xd800z")
  bytes
  -- ends of lines
  forM_ [universalNewlineMode, noNewlineTranslation, nativeNewlineMode, NewlineMode CRLF CRLF, NewlineMode LF CRLF] (\m ->
    forM_ [utf8, utf16le, char8] (\e' -> newlines m e' "one\ntwo\r\nthree\rfour\r"))
  -- in the middle of it
  withFile path WriteMode (\h -> do
    hPutStr h "é"
    hSetEncoding h latin1
    hPutStr h "é"
    hGetEncoding h >>= print
    hSetBinaryMode h True
    hGetEncoding h >>= print
    hPutStr h "é\n"
    hSetEncoding h utf16be
    hPutStr h "é"
    hSetBuffering h NoBuffering
    hPutStr h "é")
  bytes
  withFile path ReadMode (\h -> do
    hGetChar h >>= print
    hSetEncoding h latin1
    replicateM 2 (hGetChar h) >>= print
    hSetEncoding h utf16be
    _ <- hGetChar h
    attempt (hGetContents h >>= print))
  -- a stretch longer than a buffer, with characters across its edge
  forM_ [utf8, utf16, utf32be] (\c -> do
    let long = concat (replicate 3001 "aλ🎈\r\n")
    withFile path WriteMode (\h -> hSetEncoding h c >> hPutStr h long)
    withFile path ReadMode (\h -> hSetEncoding h c >> hGetContents h >>= print . (== long))
    withFile path ReadMode (\h -> hSetEncoding h c >> hSetNewlineMode h universalNewlineMode >> hGetContents h >>= \x -> print (x == filter (/= '\r') long))
    withFile path ReadMode (\h -> hSetEncoding h c >> hSetNewlineMode h universalNewlineMode >> replicateM 3001 (hGetLine h) >>= \x -> print (all (== "aλ🎈") x)))
  print =<< hGetEncoding stdout
  hSetEcho stdout False >> hGetEcho stdout >>= print
  mapM_ (hShow >=> putStrLn) [stdout, stderr]
  withFile path ReadWriteMode (\h -> hShow h >>= putStrLn . hidden >> hSetBuffering h LineBuffering >> hShow h >>= putStrLn . hidden >> hClose h >> hShow h >>= putStrLn . hidden)
  withFile path AppendMode (hShow >=> putStrLn . hidden)
  raw [97, 98, 200, 99, 10, 100]
  hSetBuffering stdout NoBuffering
  attempt (readFile path >>= mapM_ putChar)
  putStrLn ""
  attempt (withFile path ReadMode (\h -> hGetLine h >>= putStrLn))
  raw [97, 0xe2, 0x82, 10, 100, 10]
  attempt (withFile path ReadMode (\h -> hGetLine h >>= putStrLn))
