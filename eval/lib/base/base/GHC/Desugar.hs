{-# LANGUAGE NoImplicitPrelude, RankNTypes #-}
-- | What arrow notation becomes. The compiler applies '>>>' to a dictionary of the class 'Arrow', whatever it is made of.
module GHC.Desugar ((>>>)) where

import Control.Arrow (Arrow)
import Control.Category ((.))

infixr 1 >>>

(>>>) :: forall arr. Arrow arr => forall a b c. arr a b -> arr b c -> arr a c
f >>> g = g . f
