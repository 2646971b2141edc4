{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | The program's name, arguments and environment.
module System.Environment (getArgs, getProgName, lookupEnv, getEnv, withArgs) where

import GHC.Base
import GHC.IO
import GHC.IO.Exception
import GHC.IO.Posix
import GHC.IORef
import GHC.List
import GHC.Num

foreign import ccall unsafe "getProgArgv" getProgArgv# :: Addr# -> Addr# -> IO ()
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

getProgName :: IO String
getProgName = argv >>= \args -> case args of
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
