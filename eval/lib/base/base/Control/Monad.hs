{-# LANGUAGE NoImplicitPrelude #-}
module Control.Monad
    ( Functor (..), Monad (..), MonadFail (..), MonadPlus (..)
    , mapM, mapM_, forM, forM_, sequence, sequence_, (=<<), (>=>), (<=<), forever, void
    , join, msum, mfilter, filterM, mapAndUnzipM, zipWithM, zipWithM_, foldM, foldM_, replicateM, replicateM_
    , guard, when, unless, liftM, liftM2, liftM3, liftM4, liftM5, ap, (<$!>), (<$>)
    ) where

import Control.Monad.Fail
import Data.Foldable
import Data.Functor
import Data.Traversable
import GHC.Base hiding (mapM, sequence, foldr)
import GHC.List (unzip, zipWith)
import GHC.Num

infixr 1 >=>, <=<

guard :: Alternative f => Bool -> f ()
guard True = pure ()
guard False = empty

unless :: Applicative f => Bool -> f () -> f ()
unless p s = if p then pure () else s
{-# INLINABLE unless #-}
{-# SPECIALISE unless :: Bool -> IO () -> IO () #-}
{-# SPECIALISE unless :: Bool -> Maybe () -> Maybe () #-}

filterM :: Applicative m => (a -> m Bool) -> [a] -> m [a]
filterM p = foldr (\x -> liftA2 (\keep -> if keep then (x :) else id) (p x)) (pure [])
{-# INLINE filterM #-}

(>=>) :: Monad m => (a -> m b) -> (b -> m c) -> a -> m c
f >=> g = \x -> f x >>= g

(<=<) :: Monad m => (b -> m c) -> (a -> m b) -> a -> m c
(<=<) = flip (>=>)

forever :: Applicative f => f a -> f b
forever a = let a' = a *> a' in a'
{-# INLINABLE forever #-}

mapAndUnzipM :: Applicative m => (a -> m (b, c)) -> [a] -> m ([b], [c])
mapAndUnzipM f xs = fmap unzip (traverse f xs)

zipWithM :: Applicative m => (a -> b -> m c) -> [a] -> [b] -> m [c]
zipWithM f xs ys = sequenceA (zipWith f xs ys)
{-# INLINE zipWithM #-}

zipWithM_ :: Applicative m => (a -> b -> m c) -> [a] -> [b] -> m ()
zipWithM_ f xs ys = sequenceA_ (zipWith f xs ys)
{-# INLINE zipWithM_ #-}

foldM :: (Foldable t, Monad m) => (b -> a -> m b) -> b -> t a -> m b
foldM = foldlM
{-# INLINABLE foldM #-}
{-# SPECIALISE foldM :: (b -> a -> IO b) -> b -> [a] -> IO b #-}
{-# SPECIALISE foldM :: (b -> a -> Maybe b) -> b -> [a] -> Maybe b #-}

foldM_ :: (Foldable t, Monad m) => (b -> a -> m b) -> b -> t a -> m ()
foldM_ f a xs = foldlM f a xs >> return ()
{-# INLINABLE foldM_ #-}
{-# SPECIALISE foldM_ :: (b -> a -> IO b) -> b -> [a] -> IO () #-}
{-# SPECIALISE foldM_ :: (b -> a -> Maybe b) -> b -> [a] -> Maybe () #-}

replicateM :: Applicative m => Int -> m a -> m [a]
replicateM n f = loop n
  where
    loop k
        | k <= 0 = pure []
        | otherwise = liftA2 (:) f (loop (k - 1))
{-# INLINABLE replicateM #-}
{-# SPECIALISE replicateM :: Int -> IO a -> IO [a] #-}
{-# SPECIALISE replicateM :: Int -> Maybe a -> Maybe [a] #-}

replicateM_ :: Applicative m => Int -> m a -> m ()
replicateM_ n f = loop n
  where
    loop k
        | k <= 0 = pure ()
        | otherwise = f *> loop (k - 1)
{-# INLINABLE replicateM_ #-}
{-# SPECIALISE replicateM_ :: Int -> IO a -> IO () #-}
{-# SPECIALISE replicateM_ :: Int -> Maybe a -> Maybe () #-}

mfilter :: MonadPlus m => (a -> Bool) -> m a -> m a
mfilter p ma = do
    a <- ma
    if p a then return a else mzero
