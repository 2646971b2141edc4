{-# LANGUAGE NoImplicitPrelude #-}
module GHC.Natural (Natural, naturalToInteger, naturalFromInteger, intToNatural, naturalToInt, wordToNatural, naturalToWord, minusNaturalMaybe) where

import Numeric.Natural
import Prelude

-- | Nothing if the difference is negative.
minusNaturalMaybe :: Natural -> Natural -> Maybe Natural
minusNaturalMaybe a b
    | a < b = Nothing
    | otherwise = Just (a - b)

naturalToInteger :: Natural -> Integer
naturalToInteger = toInteger

naturalFromInteger :: Integer -> Natural
naturalFromInteger = fromInteger

intToNatural :: Int -> Natural
intToNatural = fromIntegral

naturalToInt :: Natural -> Int
naturalToInt = fromIntegral

wordToNatural :: Word -> Natural
wordToNatural = fromIntegral

naturalToWord :: Natural -> Word
naturalToWord = fromIntegral
