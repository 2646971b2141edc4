{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, StandaloneDeriving, UnboxedTuples #-}
-- | Values as text that reads as Haskell.
module GHC.Show
    ( Show (..), ShowS
    , shows, showChar, showString, showMultiLineString, showParen, showListWith, showList__
    , showCommaSpace, showSpace, showLitChar, showLitString, protectEsc, intToDigit, showSignedInt
    , appPrec, appPrec1, asciiTab
    ) where

import GHC.Base
import GHC.List ((!!), break)
import GHC.Num
import GHC.Stack.Types

type ShowS = String -> String

class Show a where
    showsPrec :: Int -> a -> ShowS
    showsPrec _ x s = show x ++ s
    show :: a -> String
    show x = showsPrec 0 x ""
    showList :: [a] -> ShowS
    showList ls s = showList__ shows ls s
    {-# MINIMAL showsPrec | show #-}

shows :: Show a => a -> ShowS
shows = showsPrec 0

showChar :: Char -> ShowS
showChar = (:)

showString :: String -> ShowS
showString = (++)

showParen :: Bool -> ShowS -> ShowS
showParen b p = if b then showChar '(' . p . showChar ')' else p

showSpace :: ShowS
showSpace = \xs -> ' ' : xs

showCommaSpace :: ShowS
showCommaSpace = showString ", "

showListWith :: (a -> ShowS) -> [a] -> ShowS
showListWith = showList__

showList__ :: (a -> ShowS) -> [a] -> ShowS
showList__ _ [] s = "[]" ++ s
showList__ showx (x : xs) s = '[' : showx x (rest xs)
  where
    rest [] = ']' : s
    rest (y : ys) = ',' : showx y (rest ys)

-- | The precedence of application, and one more.
appPrec, appPrec1 :: Int
appPrec = 10
appPrec1 = 11

deriving instance Show ()
deriving instance Show Bool
deriving instance Show Ordering
deriving instance Show a => Show (Maybe a)
deriving instance Show a => Show (NonEmpty a)

instance Show a => Show [a] where
    {-# SPECIALISE instance Show [String] #-}
    {-# SPECIALISE instance Show [Char] #-}
    {-# SPECIALISE instance Show [Int] #-}
    showsPrec _ = showList
    {-# INLINE showsPrec #-}

instance Show Char where
    showsPrec _ '\'' = showString "'\\''"
    showsPrec _ c = showChar '\'' . showLitChar c . showChar '\''
    showList cs = showChar '"' . showLitString cs . showChar '"'

instance Show Int where
    showsPrec = showSignedInt

instance Show Word where
    showsPrec _ (W# w) = showWord w

instance Show Integer where
    showsPrec p (IS i) s = showSignedInt (I# p') (I# i) s
      where
        !(I# p') = p
    showsPrec p n s
        | p > 6, integerIsNegative n = '(' : showInteger n (')' : s)
        | otherwise = showInteger n s
    showList = showList__ (showsPrec 0)

instance Show Natural where
    showsPrec p n = showsPrec p (integerFromNatural n)

-- Tuples

instance (Show a, Show b) => Show (a, b) where
    showsPrec _ (a, b) s = showTuple (shows a) (shows b) [] s

instance (Show a, Show b, Show c) => Show (a, b, c) where
    showsPrec _ (a, b, c) s = showTuple (shows a) (shows b) [shows c] s

instance (Show a, Show b, Show c, Show d) => Show (a, b, c, d) where
    showsPrec _ (a, b, c, d) s = showTuple (shows a) (shows b) [shows c, shows d] s

instance (Show a, Show b, Show c, Show d, Show e) => Show (a, b, c, d, e) where
    showsPrec _ (a, b, c, d, e) s = showTuple (shows a) (shows b) [shows c, shows d, shows e] s

instance (Show a, Show b, Show c, Show d, Show e, Show f) => Show (a, b, c, d, e, f) where
    showsPrec _ (a, b, c, d, e, f) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g) => Show (a, b, c, d, e, f, g) where
    showsPrec _ (a, b, c, d, e, f, g) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h) => Show (a, b, c, d, e, f, g, h) where
    showsPrec _ (a, b, c, d, e, f, g, h) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i) => Show (a, b, c, d, e, f, g, h, i) where
    showsPrec _ (a, b, c, d, e, f, g, h, i) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j) => Show (a, b, c, d, e, f, g, h, i, j) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j, Show k) => Show (a, b, c, d, e, f, g, h, i, j, k) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j, k) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j, shows k] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j, Show k, Show l) => Show (a, b, c, d, e, f, g, h, i, j, k, l) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j, k, l) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j, shows k, shows l] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j, Show k, Show l, Show m) => Show (a, b, c, d, e, f, g, h, i, j, k, l, m) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j, k, l, m) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j, shows k, shows l, shows m] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j, Show k, Show l, Show m, Show n) => Show (a, b, c, d, e, f, g, h, i, j, k, l, m, n) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j, k, l, m, n) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j, shows k, shows l, shows m, shows n] s

instance (Show a, Show b, Show c, Show d, Show e, Show f, Show g, Show h, Show i, Show j, Show k, Show l, Show m, Show n, Show o) => Show (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) where
    showsPrec _ (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) s = showTuple (shows a) (shows b) [shows c, shows d, shows e, shows f, shows g, shows h, shows i, shows j, shows k, shows l, shows m, shows n, shows o] s

showTuple :: ShowS -> ShowS -> [ShowS] -> ShowS
showTuple first second others s = '(' : first (',' : showParts (')' : s) second others)
{-# INLINE showTuple #-}

showParts :: String -> ShowS -> [ShowS] -> String
showParts s part [] = part s
showParts s part (next : others) = part (',' : showParts s next others)

-- Characters

-- | A character as it stands between quotes.
showLitChar :: Char -> ShowS
showLitChar c s
    | c > '\DEL' = '\\' : protectEsc isDigit (shows (ord c)) s
    | c == '\DEL' = "\\DEL" ++ s
    | c == '\\' = "\\\\" ++ s
    | c >= ' ' = c : s
    | c == '\a' = "\\a" ++ s
    | c == '\b' = "\\b" ++ s
    | c == '\f' = "\\f" ++ s
    | c == '\n' = "\\n" ++ s
    | c == '\r' = "\\r" ++ s
    | c == '\t' = "\\t" ++ s
    | c == '\v' = "\\v" ++ s
    | c == '\SO' = protectEsc (== 'H') (showString "\\SO") s
    | otherwise = '\\' : (asciiTab !! ord c) ++ s

showLitString :: String -> ShowS
showLitString [] s = s
showLitString ('"' : cs) s = '\\' : '"' : showLitString cs s
showLitString (c : cs) s = showLitChar c (showLitString cs s)

-- | What is shown, kept apart from what follows if that would be read as part of it.
protectEsc :: (Char -> Bool) -> ShowS -> ShowS
protectEsc p f = f . keepApart
  where
    keepApart s@(c : _) | p c = "\\&" ++ s
    keepApart s = s

isDigit :: Char -> Bool
isDigit c = c >= '0' && c <= '9'

asciiTab :: [String]
asciiTab =
    [ "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI"
    , "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP" ]

showMultiLineString :: String -> [String]
showMultiLineString str = go '"' str
  where
    go first s = case break (== '\n') s of
        (l, _ : rest@(_ : _)) -> (first : showLitString l "\\n\\") : go '\\' rest
        (l, "\n") -> [first : showLitString l "\\n\""]
        (l, _) -> [first : showLitString l "\""]

intToDigit :: Int -> Char
intToDigit i
    | i >= 0 && i <= 9 = unsafeChr (ord '0' + i)
    | i >= 10 && i <= 15 = unsafeChr (ord 'a' + i - 10)
    | otherwise = errorWithoutStackTrace ("Char.intToDigit: not a digit " ++ show i)

-- Numbers

showSignedInt :: Int -> Int -> ShowS
showSignedInt (I# p) (I# n) s
    | isTrue# (n <# 0#), isTrue# (p ># 6#) = '(' : '-' : showWord (int2Word# (negateInt# n)) (')' : s)
    | isTrue# (n <# 0#) = '-' : showWord (int2Word# (negateInt# n)) s
    | otherwise = showWord (int2Word# n) s

showWord :: Word# -> ShowS
showWord w s
    | isTrue# (w `ltWord#` 10##) = digit w : s
    | otherwise = case w `quotRemWord#` 10## of (# q, r #) -> showWord q (digit r : s)

-- Integers that are no Int: pieces of twice 18 digits, found by halving, then of 18, which an Int holds

showInteger :: Integer -> ShowS
showInteger n s
    | integerIsNegative n = '-' : firstPiece (pieces (piece * piece) (negate n)) s
    | otherwise = firstPiece (pieces (piece * piece) n) s
{-# NOINLINE showInteger #-}

piece :: Integer
piece = 1000000000000000000

-- | Each below the power, the most significant first.
pieces :: Integer -> Integer -> [Integer]
pieces power n
    | power > n = [n]
    | otherwise = firstHalves power (pieces (power * power) n)

firstHalves, halves :: Integer -> [Integer] -> [Integer]
firstHalves _ [] = []
firstHalves power (n : ns) = case integerQuotRem# n power of
    (# q, r #)
        | integerIsZero q -> r : halves power ns
        | otherwise -> q : r : halves power ns
halves _ [] = []
halves power (n : ns) = case integerQuotRem# n power of (# q, r #) -> q : r : halves power ns

firstPiece, otherPieces :: [Integer] -> ShowS
firstPiece [] s = s
firstPiece (n : ns) s = case integerQuotRem# n piece of
    (# q, r #)
        | integerIsZero q -> showWord (integerToWord# r) (otherPieces ns s)
        | otherwise -> showWord (integerToWord# q) (showPiece 18# (integerToWord# r) (otherPieces ns s))
otherPieces [] s = s
otherPieces (n : ns) s = case integerQuotRem# n piece of
    (# q, r #) -> showPiece 18# (integerToWord# q) (showPiece 18# (integerToWord# r) (otherPieces ns s))

-- | So many digits, zeros before them.
showPiece :: Int# -> Word# -> ShowS
showPiece 1# w s = digit w : s
showPiece k w s = case w `quotRemWord#` 10## of (# q, r #) -> showPiece (k -# 1#) q (digit r : s)

digit :: Word# -> Char
digit w = C# (chr# (word2Int# w +# 48#))

-- Call stacks

deriving instance Show SrcLoc

instance Show CallStack where
    showsPrec _ = shows . getCallStack
