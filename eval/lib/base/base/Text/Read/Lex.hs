{-# LANGUAGE NoImplicitPrelude #-}
-- | Haskell's tokens.
module Text.Read.Lex
    ( Lexeme (..), Number, numberToInteger, numberToFixed, numberToRational, numberToRangedRational
    , lex, expect, hsLex, lexChar, readBinP, readIntP, readOctP, readDecP, readHexP, isSymbolChar
    ) where

import GHC.Base hiding (many)
import GHC.Char (chr)
import GHC.Enum (maxBound)
import GHC.List
import GHC.Num
import GHC.Real
import GHC.Show (Show (..))
import GHC.Unicode
import Text.ParserCombinators.ReadP

data Lexeme
    = Char Char
    | String String
    | Punc String
    | Ident String
    | Symbol String
    | Number Number
    | EOF
    deriving (Eq, Show)

-- | Digits of a base; or decimal digits, those behind the point, and the exponent.
data Number
    = MkNumber Int [Int]
    | MkDecimal [Int] (Maybe [Int]) (Maybe Integer)
    deriving (Eq, Show)

numberToInteger :: Number -> Maybe Integer
numberToInteger (MkNumber base ds) = Just (value (toInteger base) ds)
numberToInteger (MkDecimal ds Nothing Nothing) = Just (value 10 ds)
numberToInteger _ = Nothing

-- | What stands before the point, and as many digits of what stands behind it.
numberToFixed :: Integer -> Number -> Maybe (Integer, Integer)
numberToFixed _ (MkNumber base ds) = Just (value (toInteger base) ds, 0)
numberToFixed _ (MkDecimal ds Nothing Nothing) = Just (value 10 ds, 0)
numberToFixed n (MkDecimal ds (Just fs) Nothing) = Just (value 10 ds, value 10 (take (fromInteger n) (fs ++ repeat 0)))
numberToFixed _ _ = Nothing

numberToRational :: Number -> Rational
numberToRational (MkNumber base ds) = value (toInteger base) ds % 1
numberToRational (MkDecimal ds fraction exponent) = scaled (value 10 (ds ++ fs)) (maybeOr 0 exponent - toInteger (length fs))
  where
    fs = maybeOr [] fraction
    scaled m e
        | e >= 0 = (m * 10 ^ e) % 1
        | otherwise = m % 10 ^ negate e

-- | Nothing if it is beyond the powers of ten that are given: then it need not be computed. Zero if it is beneath them.
numberToRangedRational :: (Int, Int) -> Number -> Maybe Rational
numberToRangedRational (low, high) n@(MkDecimal ds fraction (Just exponent))
    | exponent > toInteger (maxBound :: Int) || exponent < negate (toInteger (maxBound :: Int)) = if exponent > 0 then Nothing else Just 0
    | otherwise = case firstDigit of
        Nothing -> Just 0
        Just place
            | at > high -> Nothing
            | at < low -> Just 0
            | otherwise -> Just (numberToRational n)
          where
            at = place + fromInteger exponent
  where
    firstDigit = case dropWhile (== 0) ds of
        [] -> case span (== 0) (maybeOr [] fraction) of
            (_, []) -> Nothing
            (zeros, _) -> Just (negate (length zeros))
        significant -> Just (length significant)
numberToRangedRational _ n = Just (numberToRational n)

maybeOr :: a -> Maybe a -> a
maybeOr x Nothing = x
maybeOr _ (Just x) = x

-- | Of digits: halves at a time, so that long numbers take less than quadratic time.
value :: Integer -> [Int] -> Integer
value base ds = go base (map toInteger ds) (length ds)
  where
    go _ [] _ = 0
    go _ [d] _ = d
    go b digits n
        | n <= 40 = inOrder b 0 digits
        | otherwise = go (b * b) (pairs b (if even n then digits else 0 : digits)) ((n + 1) `quot` 2)
    inOrder _ sofar [] = sofar
    inOrder b sofar (d : rest) = let next = sofar * b + d in next `seq` inOrder b next rest
    pairs b (x : y : rest) = let d = x * b + y in d `seq` (d : pairs b rest)
    pairs _ rest = rest

-- Tokens

lex :: ReadP Lexeme
lex = skipSpaces >> token

expect :: Lexeme -> ReadP ()
expect lexeme = do
    thing <- lex
    if thing == lexeme then return () else pfail

-- | A token as it is written.
hsLex :: ReadP String
hsLex = do
    skipSpaces
    (s, _) <- gather token
    return s

token :: ReadP Lexeme
token = do
    rest <- look
    case rest of
        [] -> return EOF
        c : _
            | c == '\'' -> literalChar
            | c == '"' -> literalString
            | c `elem` ",;()[]{}`" -> get >> return (Punc [c])
            | isSymbolChar c -> symbol
            | isAlpha c || c == '_' -> fmap Ident (munch (\x -> isAlphaNum x || x == '_' || x == '\''))
            | isDigit c -> number
            | otherwise -> pfail

symbol :: ReadP Lexeme
symbol = do
    s <- munch1 isSymbolChar
    return (if s `elem` reserved then Punc s else Symbol s)
  where
    reserved = ["..", "::", "=", "\\", "|", "<-", "->", "@", "~", "=>"]

isSymbolChar :: Char -> Bool
isSymbolChar c
    | isAscii c = c `elem` "!@#$%&*+./<=>?\\^|:-~"
    | otherwise = isSymbol c || isPunctuation c

-- Characters and strings

literalChar :: ReadP Lexeme
literalChar = do
    _ <- char '\''
    (c, escaped) <- lexCharE
    if escaped || c /= '\'' then char '\'' >> return (Char c) else pfail

literalString :: ReadP Lexeme
literalString = char '"' >> body id
  where
    body f = do
        (c, escaped) <- item
        if c /= '"' || escaped then body (f . (c :)) else return (String (f ""))
    item = (char '\\' >> (gap +++ amp)) <++ lexCharE
    gap = skipSpaces1 >> char '\\' >> item
    amp = char '&' >> item
    skipSpaces1 = munch1 isSpace

-- | A character as it stands between quotes.
lexChar :: ReadP Lexeme
lexChar = do
    (c, _) <- lexCharE
    return (Char c)

-- | And whether it was escaped.
lexCharE :: ReadP (Char, Bool)
lexCharE = do
    c <- get
    if c /= '\\' then return (c, False) else do
        escaped <- oneLetter +++ code +++ control +++ named
        return (escaped, True)
  where
    oneLetter = get >>= \c -> case lookup c (zip "abfnrtv\\\"'" "\a\b\f\n\r\t\v\\\"'") of
        Just x -> return x
        Nothing -> pfail
    code = do
        base <- baseOf
        n <- fmap (value (toInteger base)) (digits base)
        if n <= toInteger (ord '\x10ffff') then return (chr (fromInteger n)) else pfail
    baseOf = (marked 'o' 8 +++ marked 'x' 16) <++ return 10
    marked c base = (char c +++ char (toUpper c)) >> return base
    control = do
        _ <- char '^'
        c <- get
        if c >= '@' && c <= '_' then return (chr (ord c - ord '@')) else pfail
    named = choiceOf (string "SOH" >> return '\SOH') (string "SO" >> return '\SO')
        <++ choice [string s >> return c | (c, s) <- ('\DEL', "DEL") : zip ['\NUL' ..] names, s /= "SO", s /= "SOH"]
    choiceOf = (<++)
    names =
        [ "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI"
        , "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP" ]

-- Numbers

number :: ReadP Lexeme
number = hexOct <++ decimal

hexOct :: ReadP Lexeme
hexOct = do
    _ <- char '0'
    c <- get
    base <- case c of
        'x' -> return 16
        'X' -> return 16
        'o' -> return 8
        'O' -> return 8
        _ -> pfail
    ds <- digits base
    return (Number (MkNumber base ds))

decimal :: ReadP Lexeme
decimal = do
    ds <- digits 10
    fraction <- (char '.' >> fmap Just (digits 10)) <++ return Nothing
    exponent <- exponentPart <++ return Nothing
    return (Number (MkDecimal ds fraction exponent))
  where
    exponentPart = do
        c <- get
        if c == 'e' || c == 'E' then fmap Just (signed <++ plain) else pfail
    signed = do
        c <- get
        case c of
            '-' -> fmap negate plain
            '+' -> plain
            _ -> pfail
    plain = fmap (value 10) (digits 10)

-- | At least one.
digits :: Int -> ReadP [Int]
digits base = do
    ds <- look >>= \s -> scan s
    if null ds then pfail else return ds
  where
    scan (c : cs) | Just d <- digitOf base c = get >> fmap (d :) (scan cs)
    scan _ = return []

digitOf :: Int -> Char -> Maybe Int
digitOf base c
    | d < base = Just d
    | otherwise = Nothing
  where
    d   | c >= '0' && c <= '9' = ord c - ord '0'
        | c >= 'a' && c <= 'f' = ord c - ord 'a' + 10
        | c >= 'A' && c <= 'F' = ord c - ord 'A' + 10
        | otherwise = maxBound

readIntP :: Num a => a -> (Char -> Bool) -> (Char -> Int) -> ReadP a
readIntP base isDig valueOf = do
    s <- munch1 isDig
    return (foldl (\n c -> n * base + fromInteger (toInteger (valueOf c))) 0 s)

readBinP, readOctP, readDecP, readHexP :: (Eq a, Num a) => ReadP a
readBinP = based 2
readOctP = based 8
readDecP = based 10
readHexP = based 16

based :: Num a => Int -> ReadP a
based base = fmap (fromInteger . value (toInteger base)) (digits base)
