{-# LANGUAGE EmptyCase, EmptyDataDeriving, NoImplicitPrelude #-}
module Data.Void (Void, absurd, vacuous) where

import Control.Exception.Base
import GHC.Base
import GHC.Ix
import GHC.Read
import GHC.Show

data Void
    deriving (Eq, Ord, Read, Show)

instance Semigroup Void where
    a <> _ = a

instance Exception Void

instance Ix Void where
    range _ = []
    index _ = absurd
    inRange _ = absurd

absurd :: Void -> a
absurd a = case a of {}

vacuous :: Functor f => f Void -> f a
vacuous = fmap absurd
