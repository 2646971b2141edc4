{-# LANGUAGE ForeignFunctionInterface #-}
module Main where

import Control.Monad
import Foreign hiding (void)
import Foreign.C
import System.Mem

data Piece = Piece (Ptr Int) Int

foreign import ccall unsafe "malloc" c_malloc :: CSize -> IO (Ptr Int)
foreign import ccall unsafe "calloc" c_calloc :: CSize -> CSize -> IO (Ptr Int)
foreign import ccall unsafe "realloc" c_realloc :: Ptr Int -> CSize -> IO (Ptr Int)
foreign import ccall unsafe "free" c_free :: Ptr Int -> IO ()
foreign import ccall unsafe "aligned_alloc" c_aligned :: CSize -> CSize -> IO (Ptr Int)
foreign import ccall unsafe "strdup" c_strdup :: CString -> IO CString
foreign import ccall unsafe "opendir" c_opendir :: CString -> IO (Ptr ())
foreign import ccall unsafe "readdir" c_readdir :: Ptr () -> IO (Ptr ())
foreign import ccall unsafe "closedir" c_closedir :: Ptr () -> IO CInt
foreign import ccall unsafe "&sqrt" c_sqrt :: FunPtr (Double -> Double)

say :: String -> Int -> IO ()
say text value = putStrLn (text ++ " " ++ show value)

takePiece :: Int -> IO Piece
takePiece size = (`Piece` size) <$> c_malloc (fromIntegral size)

resize :: Piece -> Int -> IO Piece
resize (Piece at _) size = (`Piece` size) <$> c_realloc at (fromIntegral size)

sayPiece :: String -> Piece -> IO ()
sayPiece text (Piece at _) = peekElemOff at 1 >>= say text

entries :: IO ()
entries = do
  directory <- withCString "/" c_opendir
  say "opened" (fromEnum (directory /= nullPtr))
  first <- c_readdir directory
  second <- c_readdir directory
  performGC
  say "entries differ" (fromEnum (first /= second))
  c_closedir directory >>= say "closed" . fromIntegral

inArray :: Piece -> IO ()
inArray (Piece at _) = allocaArray 3 $ \array -> do
  pokeElemOff array 1 at
  pokeElemOff array 2 (castFunPtrToPtr c_sqrt)
  performGC
  back <- peekElemOff array 1
  say "in a byte array" (fromEnum (at == back))

main :: IO ()
main = do
  zeroed <- c_calloc 4 8
  peekElemOff zeroed 3 >>= say "zeroed"
  small@(Piece at _) <- takePiece 40
  pokeElemOff at 1 42
  sayPiece "kept" small
  list <- forM [20, 19 .. 1] (takePiece . (* 24))
  large <- resize small 400000
  sayPiece "kept as it grows" large
  forM_ list (\(Piece p _) -> c_free p)
  less <- resize large 64
  sayPiece "kept as it shrinks" less
  page <- c_aligned 4096 8192
  say "misaligned by" (fromIntegral (ptrToWordPtr page `mod` 4096))
  c_free page
  text <- withCString "hello" c_strdup
  peekCString text >>= putStrLn . ("text: " ++)
  entries
  Piece dying _ <- takePiece 100
  void (newForeignPtr finalizerFree dying)
  performGC
  sayPiece "kept after all" less
  inArray less
