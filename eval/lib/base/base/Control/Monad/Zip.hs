{-# LANGUAGE NoImplicitPrelude #-}
module Control.Monad.Zip (MonadZip (..)) where

import Data.Functor.Identity
import GHC.Base
import qualified GHC.List as List

class Monad m => MonadZip m where
    mzip :: m a -> m b -> m (a, b)
    mzip = mzipWith (,)
    mzipWith :: (a -> b -> c) -> m a -> m b -> m c
    mzipWith f ma mb = fmap (\(a, b) -> f a b) (mzip ma mb)
    munzip :: m (a, b) -> (m a, m b)
    munzip mab = (fmap (\(a, _) -> a) mab, fmap (\(_, b) -> b) mab)
    {-# MINIMAL mzip | mzipWith #-}

instance MonadZip [] where
    mzip = List.zip
    mzipWith = List.zipWith
    munzip = List.unzip

instance MonadZip Maybe where
    mzipWith = liftM2

instance MonadZip Identity where
    mzipWith = liftM2
