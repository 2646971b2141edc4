{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples #-}
module System.Mem.StableName (StableName, makeStableName, hashStableName, eqStableName) where

import GHC.Base

data StableName a = StableName (StableName# a)

makeStableName :: a -> IO (StableName a)
makeStableName a = IO (\s -> case makeStableName# a s of (# s1, n #) -> (# s1, StableName n #))

hashStableName :: StableName a -> Int
hashStableName (StableName n) = I# (stableNameToInt# n)

eqStableName :: StableName a -> StableName b -> Bool
eqStableName (StableName a) (StableName b) = isTrue# (eqStableName# a b)

instance Eq (StableName a) where
    StableName a == StableName b = isTrue# (eqStableName# a b)
