{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | The program's name, arguments and environment.
module System.Environment ( getArgs, getProgName, getExecutablePath, lookupEnv, getEnv, getEnvironment, setEnv, unsetEnv, withArgs, withProgName ) where

import GHC.Base
import GHC.IO
import GHC.IO.Exception
import GHC.IO.Posix
import GHC.IORef
import GHC.List
import GHC.Num

foreign import ccall unsafe "getProgArgv" getProgArgv# :: Addr# -> Addr# -> IO ()
foreign import ccall unsafe "__hscore_environ" environ# :: IO Word
foreign import ccall unsafe "setenv" setenv# :: Addr# -> Addr# -> Int# -> IO Int
foreign import ccall unsafe "__hsbase_unsetenv" unsetenv# :: Addr# -> IO Int
foreign import ccall unsafe "getenv" getenv# :: Addr# -> IO Word

-- | The name, then the arguments.
argv :: IO [String]
argv = do
    out <- newBytes 16
    withBytes out (\a -> do
        getProgArgv# a (plusAddr# a 8#)
        IO (\s -> case readInt32OffAddr# a 0# s of
            (# s1, n #) -> case readAddrOffAddr# a 1# s1 of
                (# s2, strings #) -> (# s2, collect strings 0# n #)))
  where
    collect strings i n
        | isTrue# (i >=# n) = []
        | otherwise = peekCString (indexAddrOffAddr# strings i) : collect strings (i +# 1#) n

-- | What withArgs has put in the place of the arguments.
replaced :: IORef (Maybe [String])
replaced = unsafePerformIO (newIORef Nothing)
{-# NOINLINE replaced #-}

getArgs :: IO [String]
getArgs = readIORef replaced >>= \args -> case args of
    Just given -> return given
    Nothing -> fmap (drop 1) argv

withArgs :: [String] -> IO a -> IO a
withArgs args act = do
    before <- readIORef replaced
    writeIORef replaced (Just args)
    act `finally` writeIORef replaced before

-- | What withProgName has put in the place of the name.
renamed :: IORef (Maybe String)
renamed = unsafePerformIO (newIORef Nothing)
{-# NOINLINE renamed #-}

withProgName :: String -> IO a -> IO a
withProgName name act = do
    before <- readIORef renamed
    writeIORef renamed (Just name)
    act `finally` writeIORef renamed before

getExecutablePath :: IO FilePath
getExecutablePath = fmap (\args -> case args of path : _ -> path; [] -> "") argv

getProgName :: IO String
getProgName = readIORef renamed >>= \name -> case name of
    Just given -> return given
    Nothing -> programName

programName :: IO String
programName = argv >>= \args -> case args of
    [] -> return ""
    path : _ -> return (base path path)
  where
    base name [] = name
    base _ ('/' : rest) = base rest rest
    base name (_ : rest) = base name rest

lookupEnv :: String -> IO (Maybe String)
lookupEnv name = withCString name getenv# >>= \w -> case w of
    W# 0## -> return Nothing
    W# a -> return (Just (peekCString (int2Addr# (word2Int# a))))

getEnv :: String -> IO String
getEnv name = lookupEnv name >>= \value -> case value of
    Just s -> return s
    Nothing -> ioError (IOError Nothing NoSuchThing "getEnv" "no environment variable" Nothing (Just name))

getEnvironment :: IO [(String, String)]
getEnvironment = environ# >>= \w -> case w of
    W# a -> fmap (map pair) (strings (int2Addr# (word2Int# a)) 0#)
  where
    strings a i = IO (\s -> case readAddrOffAddr# a i s of
        (# s1, p #)
            | isTrue# (eqAddr# p nullAddr#) -> (# s1, [] #)
            | otherwise -> case unIO (strings a (i +# 1#)) s1 of (# s2, rest #) -> (# s2, peekCString p : rest #))
    pair line = case break (== '=') line of
        (name, _ : value) -> (name, value)
        (name, []) -> (name, "")

-- | An empty value removes it.
setEnv :: String -> String -> IO ()
setEnv name value
    | null value = unsetEnv name
    | otherwise = named "setEnv" name (\a -> withCString value (\b -> setenv# a b 1#))

unsetEnv :: String -> IO ()
unsetEnv name = named "unsetEnv" name unsetenv#

named :: String -> String -> (Addr# -> IO Int) -> IO ()
named location name act
    | null name || '=' `elem` name = ioError (IOError Nothing InvalidArgument location "Invalid argument" (Just 22) Nothing)
    | otherwise = check location Nothing Nothing (withCString name act) >> return ()
