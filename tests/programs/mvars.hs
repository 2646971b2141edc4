module Main where

import Control.Concurrent.MVar
import Control.Exception
import System.Environment
import System.IO
import System.IO.Unsafe
import System.Mem

number :: Bool -> Int
number = fromEnum

tryTake, tryRead :: MVar Int -> IO Int
tryTake v = maybe 0 id <$> tryTakeMVar v
tryRead v = maybe 0 id <$> tryReadMVar v

answers :: IO ()
answers = do
    v <- newEmptyMVar
    a <- number <$> isEmptyMVar v
    b <- tryTake v
    c <- number <$> tryPutMVar v 7
    d <- number <$> tryPutMVar v 8
    e <- tryRead v
    f <- number <$> isEmptyMVar v
    print [a, b, c, d, number (e == 7)]
    taken <- takeMVar v
    g <- number <$> isEmptyMVar v
    putMVar v 8
    h <- number <$> tryPutMVar v 7
    eight <- tryTake v
    i <- number <$> isEmptyMVar v
    print [f, taken, g, number (eight == 8), h, i]

sameness :: IO ()
sameness = do
    m <- newEmptyMVar :: IO (MVar Int)
    n <- newEmptyMVar
    putStrLn (unwords ("same" : map (show . number) [m == m, m == n]))

told :: IO () -> IO ()
told action = action `catch` \BlockedIndefinitelyOnMVar -> putStrLn "blocked"

eightVar :: MVar Int
eightVar = unsafePerformIO newEmptyMVar
{-# NOINLINE eightVar #-}

blocks :: IO ()
blocks = do
    v <- newEmptyMVar :: IO (MVar Int)
    told (takeMVar v >>= print)
    putMVar v 8
    readMVar v >>= print
    told (putMVar v 9)
    takeMVar v >>= print
    told (readMVar v >> return ())

data Cell = Cell (MVar Int) (MVar Cell) | Last

build :: Int -> Cell -> IO Cell
build 0 end = return end
build n end = do
    next <- newMVar end
    value <- newMVar (n + 0)
    build (n - 1) (Cell value next)

total :: Int -> Cell -> Int -> IO Int
total n (Cell value next) sum' | n > 0 = do
    x <- takeMVar value
    let again = x + 0
    putMVar value again
    rest <- readMVar next
    total (n - 1) rest (sum' + again)
total _ _ sum' = return sum'

main :: IO ()
main = do
    hSetBuffering stdout LineBuffering
    answers
    sameness
    blocks
    args <- getArgs
    let n = case args of { [k] -> read k; _ -> 100 }
    cells <- build n Last
    performGC
    _ <- total n cells 0
    total n cells 0 >>= print
    _ <- takeMVar eightVar
    return ()
