{-# LANGUAGE NoImplicitPrelude #-}
-- | Numbers as text, in every base.
module Numeric
    ( showSigned, showIntAtBase, showInt, showHex, showOct, showEFloat, showFFloat, showGFloat, showFFloatAlt, showGFloatAlt, showFloat, showHFloat, floatToDigits
    , readSigned, readInt, readDec, readOct, readHex, readFloat, lexDigits, fromRat, Floating (..)
    ) where

import GHC.Base
import GHC.Float
import GHC.List
import GHC.Num
import GHC.Read
import GHC.Real
import GHC.Show
import qualified Text.ParserCombinators.ReadP as P
import qualified Text.Read.Lex as L

readInt :: Num a => a -> (Char -> Bool) -> (Char -> Int) -> ReadS a
readInt base isDig valDigit = P.readP_to_S (L.readIntP base isDig valDigit)

readOct, readDec, readHex :: (Eq a, Num a) => ReadS a
readOct = P.readP_to_S L.readOctP
readDec = P.readP_to_S L.readDecP
readHex = P.readP_to_S L.readHexP

readFloat :: RealFrac a => ReadS a
readFloat = P.readP_to_S (do
    token <- L.lex
    case token of
        L.Number n -> return (fromRational (L.numberToRational n))
        _ -> P.pfail)

readSigned :: Real a => ReadS a -> ReadS a
readSigned readPos = readParen False signed
  where
    signed r = positive r ++ [(negate x, t) | ("-", s) <- lex r, (x, t) <- positive s]
    positive r = [(n, s) | (str, s) <- lex r, (n, "") <- readPos str]

showInt :: Integral a => a -> ShowS
showInt n r
    | n < 0 = errorWithoutStackTrace "Numeric.showInt: can't show negative numbers"
    | otherwise = shows (toInteger n) r

showIntAtBase :: (Integral a, Show a) => a -> (Int -> Char) -> a -> ShowS
showIntAtBase base toChr n0 r0
    | base <= 1 = errorWithoutStackTrace ("Numeric.showIntAtBase: applied to unsupported base " ++ show base)
    | n0 < 0 = errorWithoutStackTrace ("Numeric.showIntAtBase: applied to negative number " ++ show n0)
    | otherwise = go (quotRem n0 base) r0
  where
    go (n, d) r = c `seq` (if n == 0 then c : r else go (quotRem n base) (c : r))
      where
        c = toChr (fromIntegral d)

showHex, showOct :: (Integral a, Show a) => a -> ShowS
showHex = showIntAtBase 16 intToDigit
showOct = showIntAtBase 8 intToDigit

showEFloat, showFFloat, showGFloat, showFFloatAlt, showGFloatAlt :: RealFloat a => Maybe Int -> a -> ShowS
showEFloat d x = showString (formatRealFloat FFExponent d x)
showFFloat d x = showString (formatRealFloat FFFixed d x)
showGFloat d x = showString (formatRealFloat FFGeneric d x)
showFFloatAlt d x = showString (formatRealFloatAlt FFFixed d True x)
showGFloatAlt d x = showString (formatRealFloatAlt FFGeneric d True x)

-- | In base 16, with an exponent of 2.
showHFloat :: RealFloat a => a -> ShowS
showHFloat = showString . written
  where
    written x
        | isNaN x = "NaN"
        | isInfinite x = (if x < 0 then "-" else "") ++ "Infinity"
        | x < 0 || isNegativeZero x = '-' : digits (negate x)
        | otherwise = digits x
    digits x
        | x == 0 = "0x0p+0"
        | otherwise = case floatToDigits 2 x of
            (ds, e) -> "0x" ++ show (head ds) ++ fraction (tail ds) ++ "p" ++ show (e - 1)
    fraction ds
        | all (== 0) ds = ""
        | otherwise = "." ++ hex ds
    hex ds = case ds of
        [] -> ""
        [a] -> digit a 0 0 0 ""
        [a, b] -> digit a b 0 0 ""
        [a, b, c] -> digit a b c 0 ""
        a : b : c : d : r -> digit a b c d (hex r)
    digit a b c d = showHex (8 * a + 4 * b + 2 * c + d)
