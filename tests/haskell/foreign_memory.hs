{-# LANGUAGE ForeignFunctionInterface #-}
-- Memory by address: what is stored is read back, in pieces too; strings as C has them; pointers that finalize.
module Main (main) where

import Control.Exception
import Control.Monad
import Data.Complex
import Data.IORef
import Foreign
import Foreign.C
import qualified Foreign.Concurrent as FC
import System.IO.Unsafe (unsafePerformIO)

foreign import ccall unsafe "math.h hypot" c_hypot :: CDouble -> CDouble -> CDouble
foreign import ccall unsafe "string.h strlen" c_strlen :: CString -> IO CSize
foreign import ccall unsafe "stdlib.h abs" c_abs :: CInt -> CInt
foreign import ccall unsafe "toupper" c_toupper :: CInt -> CInt

-- A structure with fields of several sizes
data Reading = Reading { label :: Word16, level :: Double, valid :: Bool }
    deriving (Eq, Show)

instance Storable Reading where
    sizeOf _ = 24
    alignment _ = 8
    peek p = Reading <$> peekByteOff p 0 <*> peekByteOff p 8 <*> peekByteOff p 16
    poke p (Reading a b c) = pokeByteOff p 0 a >> pokeByteOff p 8 b >> pokeByteOff p 16 c

sizes :: [(Int, Int)]
sizes =
    [ (sizeOf (0 :: Int), alignment (0 :: Int)), both 'x', both True, both (0 :: Double), both (0 :: Float), both (0 :: Int8), both (0 :: Word16)
    , both (0 :: Int32), both (0 :: Word64), both nullPtr, both (0 :: CInt), both (0 :: CLong), both (0 :: CChar), both () ]
  where
    both x = (sizeOf x, alignment x)

bytesOf :: Storable a => a -> [Word8]
bytesOf x = unsafePerformIO (with x (\p -> peekArray (sizeOf x) (castPtr p)))

sumAll :: Ptr Int32 -> Int -> IO Int32
sumAll p n = go 0 0
  where
    go acc i
        | i == n = return acc
        | otherwise = peek (p `advancePtr` i) >>= \x -> go (acc + x) (i + 1)

main :: IO ()
main = do
    print sizes
    print (bytesOf (0x01020304 :: Word32), bytesOf (-2 :: Int16), bytesOf 'z')
    print (bytesOf (1.5 :: Double), bytesOf ((-1) :+ 2 :: Complex Float))

    r <- alloca (\p -> poke p (Reading 7 2.25 True) >> peek p)
    print r
    rs <- withArrayLen [Reading k (fromIntegral k / 4) (even k) | k <- [1 .. 5]] (\n p -> do
        moveArray p (p `advancePtr` 2) 3
        peekArray n p)
    mapM_ print rs

    total <- withArray [3, 1, 4, 1, 5, 9, 2, 6] (\p -> sumAll p 8)
    print total
    zs <- allocaArray0 6 (\p -> pokeArray0 0 p [5, 4, 3 :: CInt] >> liftM2 (,) (lengthArray0 0 p) (peekArray0 0 p))
    print zs
    grown <- do
        p <- newArray [1 .. 4 :: Int]
        q <- reallocArray p 8
        pokeArray (q `advancePtr` 4) [50, 60, 70, 80]
        xs <- peekArray 8 q
        free q
        return xs
    print grown
    filled <- allocaBytes 8 (\p -> fillBytes p 0xab 8 >> peek (castPtr p :: Ptr Word64))
    print (filled == 0xabababababababab, popCount filled)

    n <- withCString "gr\252n \8364" c_strlen
    print n
    s <- newCString "na\239ve" >>= \p -> peekCString p <* free p
    print s
    part <- withCStringLen "semaphore" (\(p, k) -> peekCStringLen (p `plusPtr` 2, k - 4))
    print part
    print (c_hypot 3 4, c_abs (-12), map (toEnum . fromIntegral . c_toupper . fromIntegral . fromEnum) "loud" :: String)

    print (nullPtr `plusPtr` 20 `minusPtr` (nullPtr `plusPtr` 4 :: Ptr ()), alignPtr (nullPtr `plusPtr` 13) 8 == (nullPtr `plusPtr` 16 :: Ptr ()))
    print (nullPtr :: Ptr Int, ptrToIntPtr (nullPtr `plusPtr` 255), nullFunPtr == (castPtrToFunPtr nullPtr :: FunPtr (IO ())))
    print (compare (nullPtr `plusPtr` 1) (nullPtr :: Ptr ()), maximum [nullPtr, nullPtr `plusPtr` 3 :: Ptr ()])

    sp <- newStablePtr (map (* 2) [1 .. 4 :: Int])
    same <- deRefStablePtr (castPtrToStablePtr (castStablePtrToPtr sp)) :: IO [Int]
    print same
    freeStablePtr sp

    seen <- newIORef []
    fp <- mallocForeignPtrArray 4 :: IO (ForeignPtr Int)
    withForeignPtr fp (\p -> pokeArray p [10, 20, 30, 40])
    FC.addForeignPtrFinalizer fp (modifyIORef seen ("last" :))
    FC.addForeignPtrFinalizer fp (modifyIORef seen ("first" :))
    third <- withForeignPtr (fp `plusForeignPtr` 16) peek :: IO Int
    print third
    finalizeForeignPtr fp
    readIORef seen >>= print

    print =<< maybeWith with (Nothing :: Maybe Int) (return . (== nullPtr))
    print =<< maybeWith with (Just 'q') (maybePeek peek)
    print (fromBool True + toEnum (fromEnum (toBool (4 :: Int))) :: Int)
    caught <- try (throwIfNeg (\k -> "negative: " ++ show k) (return (-3 :: Int)))
    putStrLn (either (\e -> show (e :: IOException)) show caught)
    print (maxBound :: CInt, minBound :: CShort, fromIntegral (300 :: Int) :: CUChar, read "-17" :: CLong, 7 `div` (-2) :: CInt, realToFrac (2.5 :: CFloat) :: Double)
    resetErrno
    e <- getErrno
    print (e == eOK, eNOENT == eNOENT, eNOENT == eINTR)
