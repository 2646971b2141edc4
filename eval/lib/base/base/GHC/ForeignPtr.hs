{-# LANGUAGE MagicHash, NoImplicitPrelude, RoleAnnotations, ScopedTypeVariables, UnboxedTuples #-}
-- | Addresses with finalizers. What is allocated here is a pinned array, which lives as long as its address is held.
module GHC.ForeignPtr
    ( ForeignPtr, FinalizerPtr, FinalizerEnvPtr
    , newForeignPtr_, newForeignPtr, newForeignPtrEnv, newConcForeignPtr, addForeignPtrFinalizer, addForeignPtrFinalizerEnv, addForeignPtrConcFinalizer
    , mallocForeignPtr, mallocForeignPtrBytes, finalizeForeignPtr, touchForeignPtr, withForeignPtr, unsafeForeignPtrToPtr
    , castForeignPtr, plusForeignPtr
    ) where

import Control.Monad (when)
import Data.IORef
import Foreign.Storable
import GHC.Base (Addr#, Int (..), IO (..), MutableByteArray#, RealWorld, byteArrayContents#, mkWeak#, newAlignedPinnedByteArray#, touch#)
import GHC.IORef (IORef (..))
import GHC.Ptr
import GHC.STRef (STRef (..))
import Prelude
import Unsafe.Coerce

type role ForeignPtr phantom
data ForeignPtr a = ForeignPtr Addr# Owner

type FinalizerPtr a = FunPtr (Ptr a -> IO ())
type FinalizerEnvPtr env a = FunPtr (Ptr env -> Ptr a -> IO ())

-- | What keeps the address valid, and what is yet to run when nobody holds it, the last one first.
data Owner
    = Memory (MutableByteArray# RealWorld) (IORef [IO ()])
    | Foreign (IORef [IO ()])

finalizersOf :: ForeignPtr a -> IORef [IO ()]
finalizersOf (ForeignPtr _ (Memory _ r)) = r
finalizersOf (ForeignPtr _ (Foreign r)) = r

instance Eq (ForeignPtr a) where
    p == q = unsafeForeignPtrToPtr p == unsafeForeignPtrToPtr q

instance Ord (ForeignPtr a) where
    compare p q = compare (unsafeForeignPtrToPtr p) (unsafeForeignPtrToPtr q)

instance Show (ForeignPtr a) where
    showsPrec p f = showsPrec p (unsafeForeignPtrToPtr f)

newForeignPtr_ :: Ptr a -> IO (ForeignPtr a)
newForeignPtr_ (Ptr a) = fmap (\r -> ForeignPtr a (Foreign r)) (newIORef [])

newForeignPtr :: FinalizerPtr a -> Ptr a -> IO (ForeignPtr a)
newForeignPtr finalizer p = newForeignPtr_ p >>= \f -> addForeignPtrFinalizer finalizer f >> return f

newForeignPtrEnv :: FinalizerEnvPtr env a -> Ptr env -> Ptr a -> IO (ForeignPtr a)
newForeignPtrEnv finalizer env p = newForeignPtr_ p >>= \f -> addForeignPtrFinalizerEnv finalizer env f >> return f

newConcForeignPtr :: Ptr a -> IO () -> IO (ForeignPtr a)
newConcForeignPtr p finalizer = newForeignPtr_ p >>= \f -> addForeignPtrConcFinalizer f finalizer >> return f

foreign import ccall unsafe "dynamic" call1 :: FunPtr (Ptr a -> IO ()) -> Ptr a -> IO ()
foreign import ccall unsafe "dynamic" call2 :: FunPtr (Ptr env -> Ptr a -> IO ()) -> Ptr env -> Ptr a -> IO ()

addForeignPtrFinalizer :: FinalizerPtr a -> ForeignPtr a -> IO ()
addForeignPtrFinalizer finalizer f = addForeignPtrConcFinalizer f (call1 finalizer (unsafeForeignPtrToPtr f))

addForeignPtrFinalizerEnv :: FinalizerEnvPtr env a -> Ptr env -> ForeignPtr a -> IO ()
addForeignPtrFinalizerEnv finalizer env f = addForeignPtrConcFinalizer f (call2 finalizer env (unsafeForeignPtrToPtr f))

-- | The first one makes the weak pointer that runs them all.
addForeignPtrConcFinalizer :: ForeignPtr a -> IO () -> IO ()
addForeignPtrConcFinalizer f finalizer = do
    let ref = finalizersOf f
    before <- readIORef ref
    writeIORef ref (finalizer : before)
    when (null before) (watch f (runAll ref))

watch :: ForeignPtr a -> IO () -> IO ()
watch (ForeignPtr _ (Memory m _)) (IO run) = IO (\s -> case mkWeak# m () run s of (# s1, _ #) -> (# s1, () #))
watch (ForeignPtr _ (Foreign (IORef (STRef v)))) (IO run) = IO (\s -> case mkWeak# v () run s of (# s1, _ #) -> (# s1, () #))

runAll :: IORef [IO ()] -> IO ()
runAll ref = do
    finalizers <- readIORef ref
    writeIORef ref []
    sequence_ finalizers

mallocForeignPtr :: forall a. Storable a => IO (ForeignPtr a)
mallocForeignPtr = allocate (sizeOf (undefined :: a)) (alignment (undefined :: a))

mallocForeignPtrBytes :: Int -> IO (ForeignPtr a)
mallocForeignPtrBytes size = allocate size 16

allocate :: Int -> Int -> IO (ForeignPtr a)
allocate size (I# align)
    | size < 0 = errorWithoutStackTrace "mallocForeignPtr: size must be >= 0"
    | otherwise = newIORef [] >>= \r -> case size of
        I# n -> IO (\s -> case newAlignedPinnedByteArray# n align s of
            (# s1, m #) -> (# s1, ForeignPtr (byteArrayContents# (unsafeCoerce# m)) (Memory m r) #))

finalizeForeignPtr :: ForeignPtr a -> IO ()
finalizeForeignPtr = runAll . finalizersOf

touchForeignPtr :: ForeignPtr a -> IO ()
touchForeignPtr (ForeignPtr _ (Memory m _)) = IO (\s -> case touch# m s of s1 -> (# s1, () #))
touchForeignPtr (ForeignPtr _ (Foreign (IORef (STRef v)))) = IO (\s -> case touch# v s of s1 -> (# s1, () #))

withForeignPtr :: ForeignPtr a -> (Ptr a -> IO b) -> IO b
withForeignPtr f use = do
    r <- use (unsafeForeignPtrToPtr f)
    touchForeignPtr f
    return r

unsafeForeignPtrToPtr :: ForeignPtr a -> Ptr a
unsafeForeignPtrToPtr (ForeignPtr a _) = Ptr a

castForeignPtr :: ForeignPtr a -> ForeignPtr b
castForeignPtr (ForeignPtr a owner) = ForeignPtr a owner

plusForeignPtr :: ForeignPtr a -> Int -> ForeignPtr b
plusForeignPtr (ForeignPtr a owner) d = case Ptr a `plusPtr` d of
    Ptr b -> ForeignPtr b owner
