-- reads: its process's number
-- What the library allocates: a string that is read costs its cells and characters, one that is written nothing, numbers their results.
module Main (main) where

import Control.Exception (evaluate)
import Control.Monad
import Data.IORef
import Data.List (foldl')
import Data.Ratio
import Foreign.C
import System.IO
import System.Mem

foreign import ccall unsafe "unlink" c_unlink :: CString -> IO CInt

-- | Bytes for each of so many.
each :: Int -> IO a -> IO Int
each n act = do
    before <- getAllocationCounter
    _ <- act
    after <- getAllocationCounter
    return (fromIntegral (before - after) `div` n)

-- | Of a library that is not optimised, which allocates at every step, nothing is asked.
within :: Bool -> String -> Int -> IO Int -> IO ()
within optimised name most measure = do
    bytes <- measure
    putStrLn (name ++ if bytes <= most || not optimised then ": at most " ++ show most else ": " ++ show bytes ++ ", which is more than " ++ show most)

size :: Int
size = 60000

big :: Integer
big = 10 ^ (600 :: Int)

-- | Applies it to pairs of numbers, and evaluates what comes out.
pairs :: (Integer -> Integer -> a) -> IO ()
pairs f = forM_ [1 .. 100] (\a -> forM_ [1 .. 100] (\b -> evaluate (f a b)))

main :: IO ()
main = do
    (path, h) <- openTempFile "/tmp" "allocates.txt"
    let text = take size (cycle "lines of text\n")
    _ <- evaluate (length text)
    limit <- fmap (within . (< 400)) (each size (hPutStr h text))
    limit "hPutStr" 8 (each size (hPutStr h text))
    limit "hPutStrLn" 8 (each size (hPutStrLn h text))
    hSeek h AbsoluteSeek 0
    limit "hGetLine" 150 (each size (forM_ [1 .. size `div` 14] (\_ -> hGetLine h >>= evaluate . length)))
    hClose h
    limit "readFile" 48 (each (3 * size) (readFile path >>= evaluate . length))
    _ <- withCString path c_unlink
    limit "gcd" 600 (each 10000 (pairs gcd))
    limit "*" 300 (each 10000 (pairs (\a b -> a * (b `quot` b))))
    limit "%" 800 (each 10000 (pairs (%)))
    limit "rem" 600 (each 10000 (pairs (\a b -> (big + a) `rem` b)))
