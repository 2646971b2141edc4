{-# LANGUAGE NoImplicitPrelude, PolyKinds, KindSignatures #-}
module Control.Category (Category (..), (<<<), (>>>)) where

import qualified GHC.Base as Base
import GHC.Base (Type)

infixr 9 .
infixr 1 >>>, <<<

class Category (cat :: k -> k -> Type) where
    id :: cat a a
    (.) :: cat b c -> cat a b -> cat a c

instance Category (->) where
    id = Base.id
    (.) = (Base..)

(<<<) :: Category cat => cat b c -> cat a b -> cat a c
(<<<) = (.)

(>>>) :: Category cat => cat a b -> cat b c -> cat a c
f >>> g = g . f
