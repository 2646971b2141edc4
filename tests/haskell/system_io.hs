-- reads: its process's number
-- args: --verbose  file.txt 42
-- System.IO on files: writing, appending, reading lazily, seeking, sizes, buffering modes, binary bytes, encodings, errors by kind.
import Control.Exception
import Control.Monad
import System.Environment
import System.IO
import System.IO.Error

main :: IO ()
main = do
  getArgs >>= print
  withArgs ["x", "y z"] (getArgs >>= print)
  (path, handle') <- openTempFile "/tmp" "fidelity.txt"
  hPutStrLn handle' "first line"
  hPutStr handle' "second λ line\nthird"
  hClose handle'
  readFile path >>= putStrLn
  appendFile path "\nfourth\n"
  fmap (length . lines) (readFile path) >>= print
  h <- openFile path ReadWriteMode
  hFileSize h >>= print
  l <- hGetLine h
  position <- hTell h
  print (l, position)
  hSeek h AbsoluteSeek 6
  hGetLine h >>= putStrLn
  hSeek h SeekFromEnd (-3)
  hGetContents h >>= print
  hIsOpen h >>= print
  withFile path WriteMode (\w -> mapM_ (hPrint w) [1, 2, 3 :: Int] >> hSetBuffering w (BlockBuffering (Just 64)) >> hGetBuffering w >>= print)
  readFile path >>= print . map read' . lines
  withBinaryFile path WriteMode (\w -> hPutStr w (map toEnum [0, 10, 13, 200, 255]))
  withBinaryFile path ReadMode (\r -> hGetContents r >>= print)
  withFile path WriteMode (\w -> hSetEncoding w utf16le >> hPutStr w "aλ🎈")
  withFile path ReadMode (\r -> hSetBinaryMode r True >> hGetContents r >>= print)
  withFile path ReadMode (\r -> hSetEncoding r utf16le >> hGetContents r >>= putStrLn)
  r <- try (openFile "/nonexistent/file" ReadMode)
  putStrLn (either (\e -> show (isDoesNotExistError e, ioeGetFileName e)) (const "opened") r)
  s <- try (withFile path ReadMode (\w -> hPutStr w "x"))
  putStrLn (either (\e -> show (isIllegalOperation e)) (const "written") s)
  t <- try (hGetLine =<< (openFile path ReadMode >>= \c -> hClose c >> return c)) :: IO (Either IOException String)
  putStrLn (either (const "closed") id t)
  print (map ($ userError "u") [isAlreadyInUseError, isFullError, isPermissionError, isUserError])
  hIsTerminalDevice stdout >>= print
  forM_ [stdin, stdout, stderr] print
  lookupEnv "SURELY_NOT_SET_HERE" >>= print
  where read' x = read x * 2 :: Int
