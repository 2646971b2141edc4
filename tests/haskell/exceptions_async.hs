-- heap-flags: -kc1k
-- Asynchronous exceptions: a thunk that one leaves goes on where it was, when it is asked for again.
import Control.Concurrent
import Control.Exception
import Data.IORef
import System.IO.Unsafe

{-# NOINLINE begun #-}
begun :: IORef Int
begun = unsafePerformIO (newIORef 0)

work :: Int -> Int
work n = unsafePerformIO $ do
    modifyIORef begun (+ 1)
    me <- myThreadId
    putStrLn ("begun " ++ show n)
    throwTo me UserInterrupt
    putStrLn ("goes on " ++ show n)
    return (2 * n)
{-# NOINLINE work #-}

-- Frames of several evaluations wait for it, one in the other.
deep :: Int -> Int -> Int
deep 0 n = work n
deep d n = 1 + deep (d - 1) n
{-# NOINLINE deep #-}

attempt :: String -> a -> IO ()
attempt name x = do
    r <- try (evaluate x)
    putStrLn (name ++ case r of
        Left UserInterrupt -> ": interrupted"
        Left e -> ": " ++ show e
        Right _ -> ": there")

main :: IO ()
main = do
    let x = work 21
        inner = deep 10 100
        outer = inner + deep 5000 0
        list = [work k | k <- [1 .. 3]]
    attempt "x" x
    attempt "x" x
    print x
    attempt "outer" outer
    attempt "inner" inner
    attempt "outer" outer
    attempt "outer" outer
    print (inner, outer)
    attempt "list" (sum list)
    attempt "list" (sum list)
    attempt "list" (sum list)
    print (sum list)
    masked <- try (mask_ (evaluate (work 7) >> return ()))
    print (masked :: Either AsyncException ())
    getMaskingState >>= print
    readIORef begun >>= print
