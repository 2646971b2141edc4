{-# LANGUAGE MagicHash, NoImplicitPrelude, RankNTypes, UnboxedTuples #-}
-- | State threads.
module GHC.ST (ST (..), STRep, STret (..), runST, liftST, unsafeInterleaveST, unsafeIOToST, unsafeSTToIO, stToIO) where

import GHC.Base
import GHC.Show
import Unsafe.Coerce

newtype ST s a = ST (STRep s a)

type STRep s a = State# s -> (# State# s, a #)

data STret s a = STret (State# s) a

instance Functor (ST s) where
    fmap f (ST m) = ST (\s -> case m s of (# s1, r #) -> (# s1, f r #))

instance Applicative (ST s) where
    pure x = ST (\s -> (# s, x #))
    {-# INLINE pure #-}
    m *> k = m >>= \_ -> k
    {-# INLINE (*>) #-}
    (<*>) = ap
    liftA2 = liftM2

instance Monad (ST s) where
    ST m >>= k = ST (\s -> case m s of (# s1, r #) -> case k r of ST k' -> k' s1)
    {-# INLINE (>>=) #-}
    (>>) = (*>)
    {-# INLINE (>>) #-}

instance Semigroup a => Semigroup (ST s a) where
    (<>) = liftA2 (<>)

instance Monoid a => Monoid (ST s a) where
    mempty = pure mempty

instance Show (ST s a) where
    showsPrec _ _ = showString "<<ST action>>"

runST :: (forall s. ST s a) -> a
runST (ST m) = case runRW# m of (# _, a #) -> a
{-# INLINE runST #-}

liftST :: ST s a -> State# s -> STret s a
liftST (ST m) = \s -> case m s of (# s1, r #) -> STret s1 r

unsafeInterleaveST :: ST s a -> ST s a
unsafeInterleaveST (ST m) = ST (\s -> let r = case m (unsafeCoerce# s) of (# _, a #) -> a in (# s, r #))

unsafeIOToST :: IO a -> ST s a
unsafeIOToST (IO m) = ST (unsafeCoerce# m)

unsafeSTToIO :: ST s a -> IO a
unsafeSTToIO (ST m) = IO (unsafeCoerce# m)

stToIO :: ST RealWorld a -> IO a
stToIO (ST m) = IO m
