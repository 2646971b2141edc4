{-# LANGUAGE MagicHash, UnboxedTuples #-}
module Main where

import Foreign.Ptr
import GHC.Exts
import GHC.IO (IO (..))
import System.IO
import System.Mem

foreign import ccall "&puts" c_puts :: FunPtr (Ptr () -> IO ())
foreign import ccall "&strcat" c_strcat :: FunPtr (Ptr () -> Ptr () -> IO ())

data Weakly = Weakly (Weak# ())
data Key = Key (MutVar# RealWorld Char)
data Log = Log ByteArray# -- pinned: what C has written

newLog :: IO Log
newLog = IO $ \s -> case newPinnedByteArray# 200# s of
    (# s1, m #) -> case setByteArray# m 0# 200# 0# s1 of
        s2 -> case unsafeFreezeByteArray# m s2 of (# s3, a #) -> (# s3, Log a #)

readLog :: Log -> IO String
readLog (Log a) = IO $ \s -> case unpackCString# (byteArrayContents# a) of
    text -> case length text of I# n -> case n of _ -> (# s, text #)

newKey :: Char -> IO Key
newKey c = IO $ \s -> case newMutVar# c s of (# s1, v #) -> (# s1, Key v #)

readKey :: Key -> IO Char
readKey (Key v) = IO (readMutVar# v)

touchKey :: Key -> IO ()
touchKey (Key v) = IO $ \s -> case touch# v s of s1 -> (# s1, () #)

weakOf :: Key -> IO Weakly
weakOf (Key v) = IO $ \s -> case mkWeakNoFinalizer# v () s of (# s1, w #) -> (# s1, Weakly w #)

logs :: Weakly -> Log -> Addr# -> IO ()
logs (Weakly w) (Log a) text = case c_strcat of
    FunPtr f -> IO $ \s -> case addCFinalizerToWeak# f text 1# (byteArrayContents# a) w s of
        (# s1, 1# #) -> (# s1, () #)
        (# s1, _ #) -> case unIO (putStrLn "too late") s1 of (# s2, _ #) -> (# s2, () #)

puts :: Weakly -> Addr# -> IO ()
puts (Weakly w) text = case c_puts of
    FunPtr f -> IO $ \s -> case addCFinalizerToWeak# f text 0# nullAddr# w s of (# s1, _ #) -> (# s1, () #)

unIO :: IO a -> State# RealWorld -> (# State# RealWorld, a #)
unIO (IO f) = f

finalize :: Weakly -> IO ()
finalize (Weakly w) = IO $ \s -> case finalizeWeak# w s of (# s1, _, _ #) -> (# s1, () #)

say :: Log -> String -> IO ()
say l what = do
    text <- readLog l
    putStrLn (what ++ ":" ++ text)

main :: IO ()
main = do
    l <- newLog
    kept <- newKey 'k'
    dying <- newKey 'd'
    finalized <- newKey 'f'
    wk <- weakOf kept
    wd <- weakOf dying
    wf <- weakOf finalized
    puts wk "the end"#
    logs wd l " died"#
    performGC
    logs wd l " has"#
    logs wd l " it"#
    logs wf l " first"#
    logs wf l " finalized"#
    say l "made"
    finalize wf
    say l "by the program"
    readKey dying >>= print
    performGC
    logs wd l " never"#
    readKey kept >>= print
    readKey finalized >>= print
    touchKey kept
    hFlush stdout
