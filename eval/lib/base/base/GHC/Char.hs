{-# LANGUAGE MagicHash, NoImplicitPrelude #-}
module GHC.Char (chr, eqChar, neChar) where

import GHC.Base
import GHC.Show

chr :: Int -> Char
chr i@(I# i#)
    | isTrue# (int2Word# i# `leWord#` 0x10FFFF##) = C# (chr# i#)
    | otherwise = errorWithoutStackTrace ("Prelude.chr: bad argument: " ++ showSignedInt (I# 9#) i "")
