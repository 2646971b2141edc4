{-# LANGUAGE NoImplicitPrelude #-}
module Control.Monad.Zip (MonadZip (..)) where

import Data.Functor.Identity
import qualified Data.List.NonEmpty as NE
import Data.Monoid
import Data.Ord (Down)
import Data.Proxy
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

instance MonadZip NonEmpty where
    mzip = NE.zip
    mzipWith = NE.zipWith
    munzip = NE.unzip

instance MonadZip Proxy where
    mzipWith _ _ _ = Proxy

instance MonadZip Dual where
    mzipWith = liftM2

instance MonadZip Sum where
    mzipWith = liftM2

instance MonadZip Product where
    mzipWith = liftM2

instance MonadZip First where
    mzipWith = liftM2

instance MonadZip Last where
    mzipWith = liftM2

instance MonadZip Down where
    mzipWith = liftM2
