{-# LANGUAGE MagicHash, UnboxedTuples #-}
module Main where

import Control.Concurrent (killThread, mkWeakThreadId, myThreadId)
import Control.Exception
import GHC.Conc (ThreadId (..))
import GHC.Exts
import GHC.IO (IO (..))
import System.IO
import System.Mem
import System.Mem.Weak (deRefWeak)

say :: String -> Int -> IO ()
say text value = putStrLn (text ++ " " ++ show value)

status :: ThreadId# -> IO ()
status t = do
    labelThread' t
    numbers <- IO $ \s -> case threadStatus# t s of
        (# s1, why, capability, locked #) -> (# s1, [I# why, I# capability, I# locked] #)
    putStrLn ("its status " ++ show numbers)

labelThread' :: ThreadId# -> IO ()
labelThread' t = IO $ \s -> case labelThread# t "main"# s of s1 -> (# s1, () #)

data Array = Array (MutableByteArray# RealWorld)

keptAlive :: IO ()
keptAlive = do
    alive <- IO $ \s -> case newByteArray# 8# s of
        (# s1, array #) -> case mkWeakNoFinalizer# array () s1 of
            (# s2, weak #) -> keepAlive# (Array array) s2 (unIO (running weak))
    say "kept" alive

running :: Weak# () -> IO Int
running weak = do
    putStrLn "running"
    performGC
    IO $ \s -> case deRefWeak# weak s of (# s1, alive, _ #) -> (# s1, I# alive #)

unIO :: IO a -> State# RealWorld -> (# State# RealWorld, a #)
unIO (IO f) = f

addresses :: IO ()
addresses = do
    numbers <- IO $ \s -> case newPinnedByteArray# 8# s of
        (# s1, array #) -> case unsafeFreezeByteArray# array s1 of
            (# s2, frozen #) -> case byteArrayContents# frozen of
                a -> case writeWordOffAddr# a 0# 5## s2 of
                    s3 -> case atomicExchangeWordAddr# a 7## s3 of
                        (# s4, five #) -> case atomicCasWordAddr# a 6## 8## s4 of
                            (# s5, seven #) -> case atomicCasWordAddr# a 7## 9## s5 of
                                (# s6, again #) -> case readWordOffAddr# a 0# s6 of
                                    (# s7, nine #) -> case touch# frozen s7 of
                                        s8 -> (# s8, [W# five, W# seven, W# again, W# nine] #)
    print numbers

main :: IO ()
main = do
    hSetBuffering stdout LineBuffering
    t@(ThreadId t#) <- myThreadId
    again <- myThreadId
    say "one thread" (fromEnum (t == again))
    status t#
    weak <- mkWeakThreadId t
    performGC
    alive <- deRefWeak weak
    say "alive" (maybe 0 (const 1) alive)
    killThread t `catch` \ThreadKilled -> putStrLn "killed"
    keptAlive
    addresses
    mapM_ (\e -> throwIO e `catch` \x -> print (x :: ArithException)) [Underflow, Overflow]
