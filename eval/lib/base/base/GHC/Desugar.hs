{-# LANGUAGE NoImplicitPrelude #-}
-- | What arrow notation becomes.
module GHC.Desugar ((>>>)) where

import Control.Category
