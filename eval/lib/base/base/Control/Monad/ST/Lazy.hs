{-# LANGUAGE MagicHash, NoImplicitPrelude, RankNTypes, UnboxedTuples #-}
-- | State threads that run as far as somebody asks for what they answer.
module Control.Monad.ST.Lazy
    ( ST, runST, fixST, strictToLazyST, lazyToStrictST, RealWorld, stToIO
    , unsafeInterleaveST, unsafeIOToST
    ) where

import Control.Monad.Fix
import GHC.Base
import qualified GHC.ST as S

-- | A state that may not have been computed yet.
data State s = State (State# s)

newtype ST s a = ST (State s -> (a, State s))

unST :: ST s a -> State s -> (a, State s)
unST (ST m) = m

instance Functor (ST s) where
    fmap f (ST m) = ST (\s -> let { r = m s ; (a, _) = r ; (_, t) = r } in (f a, t))

instance Applicative (ST s) where
    pure a = ST (\s -> (a, s))
    ST f <*> ST m = ST (\s -> let { r = f s ; (g, _) = r ; (_, t) = r ; q = m t ; (a, _) = q ; (_, u) = q } in (g a, u))

instance Monad (ST s) where
    ST m >>= k = ST (\s -> let { r = m s ; (a, _) = r ; (_, t) = r } in unST (k a) t)

instance MonadFix (ST s) where
    mfix f = ST (\s -> let { q = unST (f r) s ; (r, _) = q } in q)

runST :: (forall s. ST s a) -> a
runST m = runRW# (\s -> case unST m (State s) of (a, _) -> a)

fixST :: (a -> ST s a) -> ST s a
fixST = mfix

strictToLazyST :: S.ST s a -> ST s a
strictToLazyST (S.ST m) = ST (\s -> let { r = run s ; (a, _) = r ; (_, t) = r } in (a, t))
  where
    run (State s) = case m s of (# s1, a #) -> (a, State s1)
    {-# NOINLINE run #-}

lazyToStrictST :: ST s a -> S.ST s a
lazyToStrictST (ST m) = S.ST (\s -> case m (State s) of (a, State t) -> (# t, a #))

stToIO :: ST RealWorld a -> IO a
stToIO m = S.stToIO (lazyToStrictST m)

unsafeInterleaveST :: ST s a -> ST s a
unsafeInterleaveST m = strictToLazyST (S.unsafeInterleaveST (lazyToStrictST m))

unsafeIOToST :: IO a -> ST s a
unsafeIOToST io = strictToLazyST (S.unsafeIOToST io)
