{-# LANGUAGE DataKinds, NoImplicitPrelude, PolyKinds, TypeFamilies, TypeFamilyDependencies, TypeOperators #-}
-- | Truth values as types.
module Data.Type.Bool (If, type (&&), type (||), Not) where

import GHC.Types (Bool (..))

infixr 3 &&
infixr 2 ||

type family If (cond :: Bool) (yes :: k) (no :: k) :: k where
    If 'True yes _ = yes
    If 'False _ no = no

type family (a :: Bool) && (b :: Bool) :: Bool where
    'False && _ = 'False
    'True && b = b
    a && 'False = 'False
    a && 'True = a
    a && a = a

type family (a :: Bool) || (b :: Bool) :: Bool where
    'False || b = b
    'True || _ = 'True
    a || 'False = a
    _ || 'True = 'True
    a || a = a

type family Not (a :: Bool) = (r :: Bool) | r -> a where
    Not 'False = 'True
    Not 'True = 'False
