{-# LANGUAGE FlexibleInstances, GADTs, NoImplicitPrelude #-}
-- | C's printf, typed by its arguments.
module Text.Printf
    ( printf, hPrintf, PrintfArg (..), PrintfType, HPrintfType, IsChar (..), FieldFormatter, FieldFormat (..), FormatAdjustment (..), FormatSign (..)
    , FormatParse (..), ModifierParser, vFmt, formatString, formatChar, formatInt, formatInteger, formatRealFloat
    , errorBadFormat, errorShortFormat, errorMissingArgument, errorBadArgument, perror
    ) where

import Data.Char
import Data.Int
import Data.Word
import GHC.Num (Natural)
import Numeric (showEFloat, showFFloat, showFFloatAlt, showGFloat, showGFloatAlt, showHex, showIntAtBase, showOct)
import Prelude
import System.IO

-- Formats

data FormatAdjustment = LeftAdjust | ZeroPad

data FormatSign = SignPlus | SignSpace

data FieldFormat = FieldFormat
    { fmtWidth :: Maybe Int
    , fmtPrecision :: Maybe Int
    , fmtAdjust :: Maybe FormatAdjustment
    , fmtSign :: Maybe FormatSign
    , fmtAlternate :: Bool
    , fmtModifiers :: String
    , fmtChar :: Char
    }

data FormatParse = FormatParse { fpModifiers :: String, fpChar :: Char, fpRest :: String }

type FieldFormatter = FieldFormat -> ShowS

type ModifierParser = String -> FormatParse

class PrintfArg a where
    formatArg :: a -> FieldFormatter
    parseFormat :: a -> ModifierParser
    parseFormat _ (c : cs) = FormatParse "" c cs
    parseFormat _ "" = errorShortFormat
    {-# MINIMAL formatArg #-}

instance PrintfArg Char where formatArg = formatChar; parseFormat _ = modified
instance IsChar c => PrintfArg [c] where formatArg = formatString
instance PrintfArg Int where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Int8 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Int16 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Int32 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Int64 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Word where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Word8 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Word16 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Word32 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Word64 where formatArg = formatInt; parseFormat _ = modified
instance PrintfArg Integer where formatArg = formatInteger; parseFormat _ = modified
instance PrintfArg Natural where formatArg = formatInteger . toInteger; parseFormat _ = modified
instance PrintfArg Float where formatArg = formatRealFloat
instance PrintfArg Double where formatArg = formatRealFloat

class IsChar c where
    toChar :: c -> Char
    fromChar :: Char -> c

instance IsChar Char where
    toChar c = c
    fromChar c = c

-- | C's modifiers of size, which say nothing here.
modified :: ModifierParser
modified s = case s of
    'h' : 'h' : c : cs -> FormatParse "hh" c cs
    'h' : c : cs -> FormatParse "h" c cs
    'l' : 'l' : c : cs -> FormatParse "ll" c cs
    'l' : c : cs -> FormatParse "l" c cs
    'L' : c : cs -> FormatParse "L" c cs
    c : cs -> FormatParse "" c cs
    "" -> errorShortFormat

-- | %v: as suits the type.
vFmt :: Char -> FieldFormat -> FieldFormat
vFmt c format@(FieldFormat{fmtChar = 'v'}) = format{fmtChar = c}
vFmt _ format = format

-- Calls

class PrintfType t where
    spr :: String -> [Argument] -> t

instance IsChar c => PrintfType [c] where
    spr format args = map fromChar (formatted format (reverse args))

instance a ~ () => PrintfType (IO a) where
    spr format args = putStr (formatted format (reverse args))

instance (PrintfArg a, PrintfType r) => PrintfType (a -> r) where
    spr format args = \a -> spr format (argument a : args)

class HPrintfType t where
    hspr :: Handle -> String -> [Argument] -> t

instance a ~ () => HPrintfType (IO a) where
    hspr h format args = hPutStr h (formatted format (reverse args))

instance (PrintfArg a, HPrintfType r) => HPrintfType (a -> r) where
    hspr h format args = \a -> hspr h format (argument a : args)

printf :: PrintfType r => String -> r
printf format = spr format []

hPrintf :: HPrintfType r => Handle -> String -> r
hPrintf h format = hspr h format []

-- | How its modifiers are read, and how it is formatted.
data Argument = Argument ModifierParser FieldFormatter

argument :: PrintfArg a => a -> Argument
argument a = Argument (parseFormat a) (formatArg a)

formatted :: String -> [Argument] -> String
formatted "" [] = ""
formatted "" _ = errorShortFormat
formatted ('%' : '%' : cs) args = '%' : formatted cs args
formatted ('%' : _) [] = errorMissingArgument
formatted ('%' : cs) args = case flags cs (FieldFormat Nothing Nothing Nothing Nothing False "" 'v') args of
    (rest, format, Argument parse write : args') -> case parse rest of
        FormatParse modifiers c rest' -> write format{fmtModifiers = modifiers, fmtChar = c} (formatted rest' args')
    (_, _, []) -> errorMissingArgument
formatted (c : cs) args = c : formatted cs args

flags :: String -> FieldFormat -> [Argument] -> (String, FieldFormat, [Argument])
flags s format args = case s of
    '-' : cs -> flags cs format{fmtAdjust = Just LeftAdjust} args
    '+' : cs -> flags cs format{fmtSign = Just SignPlus} args
    ' ' : cs -> flags cs format{fmtSign = case fmtSign format of { Just SignPlus -> Just SignPlus; _ -> Just SignSpace }} args
    '0' : cs -> flags cs format{fmtAdjust = case fmtAdjust format of { Just LeftAdjust -> Just LeftAdjust; _ -> Just ZeroPad }} args
    '#' : cs -> flags cs format{fmtAlternate = True} args
    _ -> width s format args

width :: String -> FieldFormat -> [Argument] -> (String, FieldFormat, [Argument])
width ('*' : cs) format args = case starred args of
    (n, args')
        | n < 0 -> precision cs format{fmtWidth = Just (negate n), fmtAdjust = Just LeftAdjust} args'
        | otherwise -> precision cs format{fmtWidth = Just n} args'
width s format args = case span isDigit s of
    ("", _) -> precision s format args
    (ds, cs) -> precision cs format{fmtWidth = Just (read ds)} args

precision :: String -> FieldFormat -> [Argument] -> (String, FieldFormat, [Argument])
precision ('.' : '*' : cs) format args = case starred args of
    (n, args') -> (cs, format{fmtPrecision = Just n}, args')
precision ('.' : s) format args = case span isDigit s of
    (ds, cs) -> (cs, format{fmtPrecision = Just (if null ds then 0 else read ds)}, args)
precision s format args = (s, format, args)

-- | A number among the arguments.
starred :: [Argument] -> (Int, [Argument])
starred (Argument _ write : args) = (read (write (FieldFormat Nothing Nothing Nothing Nothing False "" 'd') ""), args)
starred [] = errorMissingArgument

-- Values

formatChar :: Char -> FieldFormatter
formatChar x format = case fmtChar (vFmt 'c' format) of
    'c' -> case fmtPrecision format of
        Nothing -> (adjusted format{fmtSign = Nothing} ("", [x]) ++)
        Just _ -> perror "bad formatting char 'c' with precision"
    _ -> integer (Just 0) (toInteger (ord x)) (vFmt 'c' format)

formatString :: IsChar c => [c] -> FieldFormatter
formatString x format = case fmtChar (vFmt 's' format) of
    's' -> (adjusted format{fmtSign = Nothing} ("", cut (map toChar x)) ++)
    c -> errorBadFormat c
  where
    cut = maybe id take (fmtPrecision format)

formatInt :: (Integral a, Bounded a) => a -> FieldFormatter
formatInt x format = integer (Just (toInteger (minBound `asTypeOf` x))) (toInteger x) (vFmt 'd' format)

formatInteger :: Integer -> FieldFormatter
formatInteger x format = integer Nothing x (vFmt 'd' format)

-- | The least value of the type, if there is one: what is below zero is written in another base as C would write its bits.
integer :: Maybe Integer -> Integer -> FieldFormatter
integer least x format = case fmtChar format of
    'd' -> signed
    'i' -> signed
    'x' -> inBase 16 "0x" (`showHex` "")
    'X' -> inBase 16 "0X" (map toUpper . (`showHex` ""))
    'b' -> inBase 2 "0b" (\n -> showIntAtBase 2 intToDigit n "")
    'o' -> inBase 8 "0" (`showOct` "")
    'u' -> (adjusted format (digits (show (unsigned x))) ++)
    'c' | x >= 0 && x <= toInteger (ord maxBound), Nothing <- fmtPrecision format, "" <- fmtModifiers format -> (adjusted format{fmtSign = Nothing} ("", [chr (fromInteger x)]) ++)
    'c' -> perror "illegal char conversion"
    c -> errorBadFormat c
  where
    signed = (adjustedSigned format (case digits (show (abs x)) of (_, ds) -> (if x < 0 then "-" else "", ds)) ++)
    inBase :: Int -> String -> (Integer -> String) -> ShowS
    inBase base prefix write = (adjusted format (case digits (write (unsigned x)) of (_, ds) -> (alternate base prefix ds, ds)) ++)
    alternate base prefix ds
        | not (fmtAlternate format) || x == 0 = ""
        | base == 8 = if take 1 ds == "0" then "" else prefix
        | otherwise = prefix
    digits ds = ("", replicate (maybe 0 (subtract (length ds)) (fmtPrecision format)) '0' ++ ds)
    unsigned n
        | n >= 0 = n
        | otherwise = case least of
            Just m -> -2 * m + n
            Nothing -> errorBadArgument

formatRealFloat :: RealFloat a => a -> FieldFormatter
formatRealFloat x format = case fmtChar format' of
    c | c `elem` "eEfFgG" -> (adjustedSigned format (written c) ++)
      | otherwise -> errorBadFormat c
  where
    format' = vFmt 'g' format
    written c = case (if isUpper c then map toUpper else id) (plain (toLower c)) of
        '-' : ds -> ("-", ds)
        ds -> ("", ds)
    plain c = case c of
        'e' -> showEFloat (fmtPrecision format) x ""
        'f' -> (if fmtAlternate format then showFFloatAlt else showFFloat) (fmtPrecision format) x ""
        _ -> (if fmtAlternate format then showGFloatAlt else showGFloat) (fmtPrecision format) x ""

-- Padding: a sign or prefix, and what follows it

adjusted :: FieldFormat -> (String, String) -> String
adjusted format (prefix, s) = case fmtAdjust format of
    Just LeftAdjust -> prefix ++ s ++ fill ' '
    Just ZeroPad -> prefix ++ fill '0' ++ s
    Nothing -> fill ' ' ++ prefix ++ s
  where
    fill = replicate (maybe 0 (subtract (length prefix + length s)) (fmtWidth format))

adjustedSigned :: FieldFormat -> (String, String) -> String
adjustedSigned format ("", s) = case fmtSign format of
    Just SignPlus -> adjusted format ("+", s)
    Just SignSpace -> adjusted format (" ", s)
    Nothing -> adjusted format ("", s)
adjustedSigned format parts = adjusted format parts

-- Errors

perror :: String -> a
perror s = errorWithoutStackTrace ("printf: " ++ s)

errorBadFormat :: Char -> a
errorBadFormat c = perror ("bad formatting char " ++ show c)

errorShortFormat, errorMissingArgument, errorBadArgument :: a
errorShortFormat = perror "formatting string ended prematurely"
errorMissingArgument = perror "argument list ended prematurely"
errorBadArgument = perror "bad argument"
