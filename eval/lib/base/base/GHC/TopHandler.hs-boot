{-# LANGUAGE NoImplicitPrelude #-}
module GHC.TopHandler where

import GHC.Base
import GHC.Exception

childHandler :: SomeException -> IO ()
