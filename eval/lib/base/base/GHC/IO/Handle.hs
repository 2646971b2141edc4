{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, UnboxedTuples #-}
-- | Reading and writing handles.
--
-- A handle's buffer holds either bytes that have been read, from First to Last, or bytes that are yet to be written, up to Last. What is
-- written is evaluated a stretch at a time before any of it goes into the buffer, so that what raises an exception leaves nothing of its
-- stretch behind.
module GHC.IO.Handle
    ( Handle, BufferMode (..), stdin, stdout, stderr
    , IOMode (..), openFile, openNew, hClose, SeekMode (..), hSeek, hTell, hFileSize, hSetFileSize
    , hPutChar, hPutStr, hPutStr', hFlush, hFlushAll
    , hGetChar, hLookAhead, hGetLine, hGetContents, hGetContents', hIsEOF, hWaitForInput, hReady
    , hPutBuf, hGetBuf, hGetBufSome, hGetBufNonBlocking
    , hSetBuffering, hGetBuffering, hSetBinaryMode, hSetEcho, hGetEcho, hSetEncoding, hGetEncoding, hSetNewlineMode, NewlineMode (..), Newline (..)
    , hIsOpen, hIsClosed, hIsReadable, hIsWritable, hIsSeekable, hIsTerminalDevice, hShow
    ) where

import GHC.Base
import GHC.Enum
import GHC.IO
import GHC.IO.Encoding
import GHC.IO.Encoding.Types
import GHC.IO.Exception
import GHC.IO.Handle.Coding
import GHC.IO.Handle.Types
import GHC.IO.Posix
import GHC.List hiding (takeWhile)
import GHC.Num
import GHC.Ptr
import GHC.Show

-- The three that are there

stdin, stdout, stderr :: Handle
stdin = standard "<stdin>" 0 True False
stdout = standard "<stdout>" 1 False True
stderr = unsafePerformIO (newText "<stderr>" 2 False True NoBuffering)
{-# NOINLINE stdin #-}
{-# NOINLINE stdout #-}
{-# NOINLINE stderr #-}

standard :: String -> Int -> Bool -> Bool -> Handle
standard path fd readable writable = unsafePerformIO (do
    terminal <- c_isatty fd
    newText path fd readable writable (usual terminal))

-- | Text is in the encoding that holds at the time.
newText :: String -> Int -> Bool -> Bool -> BufferMode -> IO Handle
newText path fd readable writable mode = do
    h <- newHandle path fd readable writable mode
    encoding <- getLocaleEncoding
    setEncoding h encoding False
    return h

usual :: Bool -> BufferMode
usual terminal = if terminal then LineBuffering else BlockBuffering Nothing

-- Files

data IOMode = ReadMode | WriteMode | AppendMode | ReadWriteMode
    deriving (Eq, Ord, Enum, Show)

openFile :: FilePath -> IOMode -> IO Handle
openFile path mode = do
    fd <- check "openFile" Nothing (Just path) (c_open path (noTerminal + flags))
    terminal <- c_isatty fd
    h <- newText path fd (mode == ReadMode || mode == ReadWriteMode) (mode /= ReadMode) (usual terminal)
    when (mode == AppendMode) (setField h Appending 1)
    return h
  where
    noTerminal = 0x100
    create' = 0x40
    flags = case mode of
        ReadMode -> 0
        WriteMode -> 1 + create' + 0x200
        AppendMode -> 1 + create' + 0x400
        ReadWriteMode -> 2 + create'

-- | A file that is not there yet, to read and write, with these permissions.
openNew :: FilePath -> Word -> IO Handle
openNew path permissions = do
    fd <- check "openTempFile" Nothing (Just path) (c_openNew path (0x100 + 0x80 + 0x40 + 2) permissions)
    newText path fd True True (usual False)

hClose :: Handle -> IO ()
hClose h = do
    fd <- getField h Descriptor
    when (fd >= 0) (do
        hFlushAll h
        setField h Descriptor (-1)
        setField h Lazy 0
        _ <- c_close fd
        return ())

data SeekMode = AbsoluteSeek | RelativeSeek | SeekFromEnd
    deriving (Eq, Ord, Enum, Show)

hSeek :: Handle -> SeekMode -> Integer -> IO ()
hSeek h mode to = do
    fd <- wantOpen "hSeek" h
    settle h
    _ <- check "hSeek" (Just h) (Just (handlePath h)) (c_lseek fd (fromInteger' to) (fromEnum mode))
    return ()
  where
    fromInteger' i = I# (integerToInt# i)

hTell, hFileSize :: Handle -> IO Integer
hTell h = do
    fd <- wantOpen "hTell" h
    settle h
    I# at <- check "hTell" (Just h) (Just (handlePath h)) (c_lseek fd 0 1)
    return (IS at)
hFileSize h = do
    fd <- wantOpen "hFileSize" h
    settle h
    at <- check "hFileSize" (Just h) (Just (handlePath h)) (c_lseek fd 0 1)
    I# size <- check "hFileSize" (Just h) (Just (handlePath h)) (c_lseek fd 0 2)
    _ <- c_lseek fd at 0
    return (IS size)

hSetFileSize :: Handle -> Integer -> IO ()
hSetFileSize h size = do
    fd <- wantOpen "hSetFileSize" h
    settle h
    _ <- check "hSetFileSize" (Just h) (Just (handlePath h)) (c_ftruncate fd (I# (integerToInt# size)))
    return ()

-- | Leaves the buffer empty, and the file's position where the handle's is.
settle :: Handle -> IO ()
settle h = do
    writing <- getField h Writing
    if writing == 1 then hFlushAll h else do
        first <- getField h First
        end <- getField h Last
        when (first < end) (do
            fd <- getField h Descriptor
            _ <- c_lseek fd (first - end) 1
            return ())
        setField h First 0
        setField h Last 0

-- What may be done

wrong :: String -> Handle -> String -> IO a
wrong location h why = ioError (IOError (Just h) IllegalOperation location why Nothing (Just (handlePath h)))

wantOpen :: String -> Handle -> IO Int
wantOpen location h = do
    fd <- getField h Descriptor
    if fd < 0 then wrong location h "handle is closed" else return fd

wantWritable, wantReadable :: String -> Handle -> IO ()
wantWritable location h = do
    _ <- wantOpen location h
    ok <- getField h Writable
    when (ok == 0) (wrong location h "handle is not open for writing")
    writing <- getField h Writing
    when (writing == 0) (do
        settle h
        setField h Writing 1)
wantReadable location h = do
    _ <- wantOpen location h
    semi <- getField h Lazy
    when (semi == 1) (wrong location h "handle is semi-closed")
    ok <- getField h Readable
    when (ok == 0) (wrong location h "handle is not open for reading")
    writing <- getField h Writing
    when (writing == 1) (do
        settle h
        setField h Writing 0)

-- Writing

hFlush :: Handle -> IO ()
hFlush h = wantWritable "hFlush" h >> hFlushAll h

-- | Writes what is yet to be written.
hFlushAll :: Handle -> IO ()
hFlushAll h = do
    writing <- getField h Writing
    end <- getField h Last
    when (writing == 1 && end > 0) (do
        fd <- getField h Descriptor
        setField h Last 0
        writeOut h fd 0 end)

writeOut :: Handle -> Int -> Int -> Int -> IO ()
writeOut h fd from end = when (from < end) (do
    n <- check "hFlush" (Just h) (Just (handlePath h)) (c_write fd (bytesOf h) from (end - from))
    writeOut h fd (from + n) end)

bytesOf :: Handle -> Bytes
bytesOf h = Bytes (handleBuffer h)

-- | Room for one character more.
makeRoom :: Handle -> IO Int
makeRoom h = do
    end <- getField h Last
    if end + 4 <= bufferSize then return end else hFlushAll h >> return 0

putEncoded :: String -> Handle -> Char -> IO ()
putEncoded location h c = do
    coding <- getField h Coding
    if coding < 2 && (c <= '\x7f' || coding == 1) then makeRoom h >>= \end -> pokeByte h end c >> setField h Last (end + 1) else putCoded location h c

-- | By itself, so that what is common needs no handle made anew.
putCoded :: String -> Handle -> Char -> IO ()
putCoded location h c = encoded location h c >>= putBytes
  where
    -- of characters, none of which is in two parts of the buffer
    putBytes [] = return ()
    putBytes (bytes : rest) = makeRoom h >>= \end -> putFrom end bytes >> putBytes rest
    putFrom i (b : bs) = pokeByte h i b >> putFrom (i + 1) bs
    putFrom i [] = setField h Last i
{-# NOINLINE putCoded #-}

pokeByte :: Handle -> Int -> Char -> IO ()
pokeByte h (I# i) (C# c) = IO (\s -> case writeCharArray# (handleBuffer h) i c s of s1 -> (# s1, () #))
{-# INLINE pokeByte #-}

hPutChar :: Handle -> Char -> IO ()
hPutChar h c = do
    wantWritable "hPutChar" h
    putEncoded "hPutChar" h c
    mode <- getField h Buffering
    when (mode == 0 || (mode == 1 && c == '\n')) (hFlushAll h)

hPutStr :: Handle -> String -> IO ()
hPutStr h s = hPutStr' h s False

-- | With a newline behind it, or without.
hPutStr' :: Handle -> String -> Bool -> IO ()
hPutStr' h s newline = do
    wantWritable "hPutStr" h
    mode <- getField h Buffering
    case mode of
        0 -> mapM_' (hPutChar h) s >> when newline (hPutChar h '\n')
        _ -> do
            stretches (mode == 1) s
            when newline (putEncoded "commitBuffer" h '\n' >> when (mode == 1) (hFlushAll h))
  where
    stretches _ [] = return ()
    stretches byLine cs = evaluate (stretch byLine 2048 cs) >>= \n -> case n of
        Stretch k full -> do
            rest <- putSome k cs
            when full (hFlushAll h)
            stretches byLine rest
    putSome 0 cs = return cs
    putSome k (c : cs) = putEncoded "commitBuffer" h c >> putSome (k - 1) cs
    putSome _ [] = return []

mapM_' :: (a -> IO ()) -> [a] -> IO ()
mapM_' f = foldr (\x k -> f x >> k) (return ())

-- | How many characters, and whether a line ends with them.
data Stretch = Stretch !Int !Bool

-- | Evaluates as many characters, or up to the end of a line.
stretch :: Bool -> Int -> String -> Stretch
stretch byLine most = go 0
  where
    go !n [] = Stretch n False
    go n (c : cs)
        | c == '\n' && byLine = Stretch (n + 1) True
        | n + 1 == most = c `seq` Stretch most False
        | otherwise = c `seq` go (n + 1) cs

-- Reading

-- | Reads more, behind what there is, which is the rest of a character at most; False at the end of the file.
fill :: String -> Handle -> IO Bool
fill location h = do
    fd <- getField h Descriptor
    first <- getField h First
    end <- getField h Last
    moveBytes h first (end - first)
    setField h First 0
    setField h Last (end - first)
    n <- check location (Just h) (Just (handlePath h)) (c_read fd (bytesOf h) (end - first) (bufferSize - (end - first)))
    setField h Last (end - first + n)
    setField h AtEnd (if n == 0 then 1 else 0)
    return (n > 0)

-- | To the buffer's beginning.
moveBytes :: Handle -> Int -> Int -> IO ()
moveBytes h (I# from) (I# n) = IO (\s -> case copyMutableByteArray# b from b 0# n s of s1 -> (# s1, () #))
  where
    !b = handleBuffer h

-- | What stands first, read from the file if need be; Partial at its end.
ahead :: String -> Handle -> IO Scan
ahead location h = do
    s <- here
    case s of
        Partial -> fill location h >>= \more -> if more then ahead location h else atEnd
        _ -> return s
  where
    atEnd = do
        s <- here
        case s of
            Partial -> getField h Last >>= setField h First >> return s
            _ -> return s
    here = do
        first <- getField h First
        end <- getField h Last
        scan h first end

-- | A character is there, or what is none; False at the end of the file.
haveChar :: String -> Handle -> IO Bool
haveChar location h = ahead location h >>= \s -> case s of
    Partial -> return False
    _ -> return True

malformed :: String -> Handle -> IO a
malformed location h = ioError (IOError (Just h) InvalidArgument location "invalid byte sequence" Nothing (Just (handlePath h)))

endOfFile :: String -> Handle -> IO a
endOfFile location h = ioError (IOError (Just h) EOF location "" Nothing (Just (handlePath h)))

hGetChar, hLookAhead :: Handle -> IO Char
hGetChar h = do
    (next, c) <- peek "hGetChar" h
    setField h First next
    return c
hLookAhead h = do
    (_, c) <- peek "hLookAhead" h
    return c

peek :: String -> Handle -> IO (Int, Char)
peek location h = do
    wantReadable location h
    s <- ahead location h
    case s of
        Scanned next c -> return (next, c)
        Partial -> endOfFile location h
        Malformed -> malformed location h

hIsEOF :: Handle -> IO Bool
hIsEOF h = do
    wantReadable "hIsEOF" h
    ok <- haveChar "hIsEOF" h
    return (not ok)

hWaitForInput :: Handle -> Int -> IO Bool
hWaitForInput h ms = do
    wantReadable "hWaitForInput" h
    ready <- isReady h ms
    if not ready then return False else do
        ok <- haveChar "hWaitForInput" h
        if ok then return True else endOfFile "hWaitForInput" h

-- | Something is in the buffer, or the file has something, after so many milliseconds at most; less than 0: however many it takes.
isReady :: Handle -> Int -> IO Bool
isReady h ms = do
    first <- getField h First
    end <- getField h Last
    if first < end || ms < 0 then return True else getField h Descriptor >>= \fd -> c_ready fd ms

hReady :: Handle -> IO Bool
hReady h = hWaitForInput h 0

hGetLine :: Handle -> IO String
hGetLine h = do
    wantReadable "hGetLine" h
    ok <- haveChar "hGetLine" h
    if ok then line [] else endOfFile "hGetLine" h
  where
    -- stretches of the line that have been read, the last one first
    line sofar = do
        first <- getField h First
        end <- getField h Last
        coding <- getField h Coding
        stop <- if coding < 2 then newlineFrom first end else return end
        (next, s) <- decode "hGetLine" h first stop maxBound (coding == 2) []
        setField h First next
        if coding == 2 && lastIsNewline s then return (joined (init s : sofar))
        else if next == stop && stop < end then setField h First (stop + 1) >> return (joined (s : sofar))
        else haveChar "hGetLine" h >>= \ok -> if ok then line (s : sofar) else return (joined (s : sofar))
    newlineFrom i end
        | i == end = return end
        | otherwise = byteAt h i >>= \b -> if b == 10 then return i else newlineFrom (i + 1) end
    lastIsNewline s = not (null s) && last s == '\n'
    joined [s] = s
    joined parts = concat (reverse parts)

-- | The whole characters between two places, as many at most, or those of a line, before the rest; and where the next one begins. What is no
-- character is found when it is the first.
decode :: String -> Handle -> Int -> Int -> Int -> Bool -> String -> IO (Int, String)
decode location h from end most byLine rest = do
    coding <- getField h Coding
    if coding == 2 then decodeCoded location h from end most byLine rest else do
        stop <- lastWhole location h (coding == 1) from end most
        s <- unpackBefore h (coding == 1) from stop rest
        return (stop, s)

-- | Behind as many whole characters at most.
lastWhole :: String -> Handle -> Bool -> Int -> Int -> Int -> IO Int
lastWhole location h bytes from end = go from
  where
    go !i !k
        | i >= end || k == 0 = return i
        | otherwise = byteAt h i >>= \b -> if b < 0x80 || bytes then go (i + 1) (k - 1) else longer i k
    longer !i !k = getField h Last >>= scan h i >>= \s -> case s of
        Scanned next _ -> go next (k - 1)
        Malformed | i == from -> malformed location h
        _ -> return i

-- | From the last to the first, so that nothing is made but the string.
unpackBefore :: Handle -> Bool -> Int -> Int -> String -> IO String
unpackBefore h bytes from = go
  where
    go !i s
        | i == from = return s
        | otherwise = byteAt h (i - 1) >>= \b -> if b < 0x80 || bytes then let !c = unsafeChr b in go (i - 1) (c : s) else longer i (i - 1) s
    longer !end !i s = do
        start <- startAt i
        t <- scan h start end
        case t of
            Scanned _ c -> go start (c : s)
            _ -> go start s
    startAt i = byteAt h i >>= \b -> if b < 0xc0 then startAt (i - 1) else return i

decodeCoded :: String -> Handle -> Int -> Int -> Int -> Bool -> String -> IO (Int, String)
decodeCoded location h from end most byLine rest = go from most []
  where
    go i k sofar
        | i >= end || k == 0 = return (i, unwind sofar rest)
        | otherwise = scan h i end >>= \s -> case s of
            Scanned next c
                | byLine && c == '\n' -> return (next, unwind (c : sofar) rest)
                | otherwise -> go next (k - 1) (c : sofar)
            Malformed | null sofar -> malformed location h
            _ -> return (i, unwind sofar rest)
    unwind [] s = s
    unwind (c : cs) s = unwind cs (c : s)

hGetContents, hGetContents' :: Handle -> IO String
hGetContents h = do
    wantReadable "hGetContents" h
    setField h Lazy 1
    lazily h
hGetContents' h = do
    wantReadable "hGetContents'" h
    s <- go
    hClose h
    return s
  where
    go = do
        ok <- haveChar "hGetContents'" h
        if not ok then return [] else do
            part <- portion "hGetContents'" h
            rest <- go
            return (part ++ rest)

-- | Reads when somebody asks.
lazily :: Handle -> IO String
lazily h = unsafeInterleaveIO (do
    semi <- getField h Lazy
    if semi == 0 then return [] else do
        ok <- haveChar "hGetContents" h
        if ok then lazily h >>= portion' else hClose h >> return [])
  where
    portion' rest = do
        first <- getField h First
        end <- getField h Last
        (next, s) <- decode "hGetContents" h first end 2048 False rest
        setField h First next
        return s

portion :: String -> Handle -> IO String
portion location h = do
    first <- getField h First
    end <- getField h Last
    (next, s) <- decode location h first end maxBound False []
    setField h First next
    return s

-- How a handle is

hSetBuffering :: Handle -> BufferMode -> IO ()
hSetBuffering h mode = do
    _ <- wantOpen "hSetBuffering" h
    case mode of
        NoBuffering -> hFlushAll h >> setField h Buffering 0
        LineBuffering -> setField h Buffering 1
        BlockBuffering Nothing -> setField h Buffering 2 >> setField h BlockSize 0
        BlockBuffering (Just n)
            | n <= 0 -> ioError (IOError (Just h) InvalidArgument "hSetBuffering" ("illegal buffer size " ++ showsPrec 9 n "") Nothing Nothing)
            | otherwise -> setField h Buffering 2 >> setField h BlockSize n

hGetBuffering :: Handle -> IO BufferMode
hGetBuffering h = do
    _ <- wantOpen "hGetBuffering" h
    mode <- getField h Buffering
    n <- getField h BlockSize
    return (case mode of
        0 -> NoBuffering
        1 -> LineBuffering
        _ -> BlockBuffering (if n == 0 then Nothing else Just n))

hSetBinaryMode, hSetEcho :: Handle -> Bool -> IO ()
hSetBinaryMode h on = do
    _ <- wantOpen "hSetBinaryMode" h
    encoding <- if on then return char8 else getLocaleEncoding
    setEncoding h encoding on
    setNewlines h False False
hSetEcho h on = do
    fd <- wantOpen "hSetEcho" h
    terminal <- c_isatty fd
    when terminal (c_setEcho fd on)

hSetEncoding :: Handle -> TextEncoding -> IO ()
hSetEncoding h encoding = wantOpen "hSetEncoding" h >> setEncoding h encoding False

-- | Nothing: the handle is binary.
hGetEncoding :: Handle -> IO (Maybe TextEncoding)
hGetEncoding h = do
    _ <- wantOpen "hGetEncoding" h
    binary <- getField h Binary
    c <- charset h
    failure <- getField h OnFailure
    return (if binary == 1 then Nothing else Just (TextEncoding c (failureOf failure)))

data Newline = LF | CRLF
    deriving (Eq, Ord, Show)

data NewlineMode = NewlineMode { inputNL :: Newline, outputNL :: Newline }
    deriving (Eq, Ord, Show)

hSetNewlineMode :: Handle -> NewlineMode -> IO ()
hSetNewlineMode h (NewlineMode input output) = wantOpen "hSetNewlineMode" h >> setNewlines h (input == CRLF) (output == CRLF)

hGetEcho, hIsOpen, hIsClosed, hIsReadable, hIsWritable, hIsSeekable, hIsTerminalDevice :: Handle -> IO Bool
hGetEcho h = do
    fd <- wantOpen "hGetEcho" h
    terminal <- c_isatty fd
    if terminal then c_getEcho fd else return False
hIsOpen h = do
    fd <- getField h Descriptor
    semi <- getField h Lazy
    return (fd >= 0 && semi == 0)
hIsClosed h = fmap (< 0) (getField h Descriptor)
hIsReadable h = wantOpen "hIsReadable" h >> fmap (== 1) (getField h Readable)
hIsWritable h = wantOpen "hIsWritable" h >> fmap (== 1) (getField h Writable)
hIsSeekable h = do
    fd <- wantOpen "hIsSeekable" h
    at <- c_lseek fd 0 1
    return (at >= 0)
hIsTerminalDevice h = wantOpen "hIsTerminalDevice" h >>= c_isatty

hShow :: Handle -> IO String
hShow h = do
    fd <- getField h Descriptor
    semi <- getField h Lazy
    readable <- getField h Readable
    writable <- getField h Writable
    appending <- getField h Appending
    mode <- getField h Buffering
    size <- getField h BlockSize
    return (if fd < 0 then "{closed}" else "{loc=" ++ handlePath h ++ ",type=" ++ kind semi readable writable appending ++ ",buffering=" ++ buffering mode size ++ "}")
  where
    kind 1 _ _ _ = "semi-closed"
    kind _ 1 1 _ = "read-writable"
    kind _ 1 _ _ = "readable"
    kind _ _ _ 1 = "writable (append)"
    kind _ _ _ _ = "writable"
    buffering :: Int -> Int -> String
    buffering 0 _ = "none"
    buffering 1 _ = "line"
    buffering _ 0 = "block (2048)"
    buffering _ n = "block (" ++ shows n ")"

-- Bytes that stand elsewhere

hPutBuf :: Handle -> Ptr a -> Int -> IO ()
hPutBuf h p n = do
    count "hPutBuf" h n
    wantWritable "hPutBuf" h
    hFlushAll h
    fd <- getField h Descriptor
    go fd p n
  where
    go fd q@(Ptr a) left = when (left > 0) (do
        k <- check "hPutBuf" (Just h) (Just (handlePath h)) (c_writeAt fd a left)
        go fd (q `plusPtr` k) (left - k))

-- | As many as are asked for, unless the file ends before.
hGetBuf :: Handle -> Ptr a -> Int -> IO Int
hGetBuf h p n = do
    count "hGetBuf" h n
    wantReadable "hGetBuf" h
    go p n 0
  where
    go q left got
        | left == 0 = return got
        | otherwise = readSome "hGetBuf" h q left >>= \k -> if k == 0 then return got else go (q `plusPtr` k) (left - k) (got + k)

-- | What is there; waits only if that is nothing.
hGetBufSome :: Handle -> Ptr a -> Int -> IO Int
hGetBufSome h p n = do
    count "hGetBufSome" h n
    wantReadable "hGetBufSome" h
    if n == 0 then return 0 else readSome "hGetBufSome" h p n

hGetBufNonBlocking :: Handle -> Ptr a -> Int -> IO Int
hGetBufNonBlocking h p n = do
    count "hGetBufNonBlocking" h n
    wantReadable "hGetBufNonBlocking" h
    go p n 0
  where
    go q left got
        | left == 0 = return got
        | otherwise = isReady h 0 >>= \ready -> if not ready then return got else do
            k <- readSome "hGetBufNonBlocking" h q left
            if k == 0 then return got else go (q `plusPtr` k) (left - k) (got + k)

count :: String -> Handle -> Int -> IO ()
count location h n = when (n < 0) (ioError (IOError (Just h) InvalidArgument location ("illegal buffer size " ++ showsPrec 9 n "") Nothing (Just (handlePath h))))

-- | Out of the buffer, or if that is empty, out of the file.
readSome :: String -> Handle -> Ptr a -> Int -> IO Int
readSome location h p@(Ptr a) n = do
    k <- takeBuffered h p n
    if k > 0 then return k else do
        fd <- getField h Descriptor
        check location (Just h) (Just (handlePath h)) (c_readAt fd a n)

takeBuffered :: Handle -> Ptr a -> Int -> IO Int
takeBuffered h (Ptr a) n = do
    first@(I# from) <- getField h First
    end <- getField h Last
    let !k@(I# size) = min n (end - first)
    IO (\s -> case copyMutableByteArrayToAddr# (handleBuffer h) from a size s of s1 -> (# s1, () #))
    setField h First (first + k)
    return k
