{-# LANGUAGE MagicHash, NoImplicitPrelude, UnliftedFFITypes #-}
-- | Classes of characters. ASCII is decided here; the rest of Unicode is C's.
module GHC.Unicode
    ( GeneralCategory (..), generalCategory
    , isAscii, isLatin1, isControl, isAsciiUpper, isAsciiLower, isPrint, isSpace, isUpper, isLower, isAlpha, isDigit, isOctDigit
    , isHexDigit, isAlphaNum, isPunctuation, isSymbol, toUpper, toLower, toTitle
    ) where

import GHC.Base
import GHC.Enum
import GHC.Ix
import GHC.Num
import GHC.Show

foreign import ccall unsafe "u_gencat" u_gencat :: Int# -> Int
foreign import ccall unsafe "u_iswalpha" u_iswalpha :: Int# -> Int
foreign import ccall unsafe "u_iswalnum" u_iswalnum :: Int# -> Int
foreign import ccall unsafe "u_iswprint" u_iswprint :: Int# -> Int
foreign import ccall unsafe "u_iswspace" u_iswspace :: Int# -> Int
foreign import ccall unsafe "u_iswupper" u_iswupper :: Int# -> Int
foreign import ccall unsafe "u_iswlower" u_iswlower :: Int# -> Int
foreign import ccall unsafe "u_towupper" u_towupper :: Int# -> Int
foreign import ccall unsafe "u_towlower" u_towlower :: Int# -> Int
foreign import ccall unsafe "u_towtitle" u_towtitle :: Int# -> Int

data GeneralCategory
    = UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
    | NonSpacingMark | SpacingCombiningMark | EnclosingMark
    | DecimalNumber | LetterNumber | OtherNumber
    | ConnectorPunctuation | DashPunctuation | OpenPunctuation | ClosePunctuation | InitialQuote | FinalQuote | OtherPunctuation
    | MathSymbol | CurrencySymbol | ModifierSymbol | OtherSymbol
    | Space | LineSeparator | ParagraphSeparator
    | Control | Format | Surrogate | PrivateUse | NotAssigned
    deriving (Show, Eq, Ord, Enum, Bounded, Ix)

generalCategory :: Char -> GeneralCategory
generalCategory c = toEnum (asked u_gencat c)

-- | What C answers, an int.
asked :: (Int# -> Int) -> Char -> Int
asked f (C# c) = case f (ord# c) of I# i -> I# (narrow32Int# i)
{-# INLINE asked #-}

says :: (Int# -> Int) -> Char -> Bool
says f c = asked f c /= 0
{-# INLINE says #-}

isAscii, isLatin1, isAsciiLower, isAsciiUpper, isControl, isPrint, isSpace, isUpper, isLower, isAlpha, isAlphaNum :: Char -> Bool
isDigit, isOctDigit, isHexDigit, isPunctuation, isSymbol :: Char -> Bool
isAscii c = c < '\x80'
isLatin1 c = c <= '\xff'
isAsciiLower c = c >= 'a' && c <= 'z'
isAsciiUpper c = c >= 'A' && c <= 'Z'
isControl c = c < ' ' || (c >= '\DEL' && c <= '\x9f')
isPrint c
    | isAscii c = c >= ' ' && c < '\DEL'
    | otherwise = says u_iswprint c
isSpace c
    | isAscii c = c == ' ' || (c >= '\t' && c <= '\r')
    | otherwise = c == '\xa0' || (c > '\xff' && says u_iswspace c)
isUpper c
    | isAscii c = isAsciiUpper c
    | otherwise = says u_iswupper c
isLower c
    | isAscii c = isAsciiLower c
    | otherwise = says u_iswlower c
isAlpha c
    | isAscii c = isAsciiLower c || isAsciiUpper c
    | otherwise = says u_iswalpha c
isAlphaNum c
    | isAscii c = isAsciiLower c || isAsciiUpper c || isDigit c
    | otherwise = says u_iswalnum c
isDigit c = c >= '0' && c <= '9'
isOctDigit c = c >= '0' && c <= '7'
isHexDigit c = isDigit c || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f')
isPunctuation c = case generalCategory c of
    ConnectorPunctuation -> True
    DashPunctuation -> True
    OpenPunctuation -> True
    ClosePunctuation -> True
    InitialQuote -> True
    FinalQuote -> True
    OtherPunctuation -> True
    _ -> False
isSymbol c = case generalCategory c of
    MathSymbol -> True
    CurrencySymbol -> True
    ModifierSymbol -> True
    OtherSymbol -> True
    _ -> False

toUpper, toLower, toTitle :: Char -> Char
toUpper c
    | isAscii c = if isAsciiLower c then unsafeChr (ord c - 32) else c
    | otherwise = unsafeChr (asked u_towupper c)
toLower c
    | isAscii c = if isAsciiUpper c then unsafeChr (ord c + 32) else c
    | otherwise = unsafeChr (asked u_towlower c)
toTitle c
    | isAscii c = toUpper c
    | otherwise = unsafeChr (asked u_towtitle c)
