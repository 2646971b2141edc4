{-# LANGUAGE NoImplicitPrelude, PolyKinds, ScopedTypeVariables, StandaloneDeriving #-}
-- | Values from text.
module GHC.Read
    ( Read (..), ReadS, lex, lexLitChar, readLitChar, lexDigits
    , lexP, expectP, paren, parens, list, choose, readListDefault, readListPrecDefault, readNumber, readField, readFieldHash, readSymField, readParen
    ) where

import Data.Proxy
import GHC.Base
import GHC.Float
import GHC.Int
import GHC.List
import GHC.Num
import GHC.Real
import GHC.Unicode
import GHC.Word
import Text.ParserCombinators.ReadP (ReadS, readP_to_S)
import qualified Text.ParserCombinators.ReadP as P
import Text.ParserCombinators.ReadPrec
import qualified Text.Read.Lex as L

class Read a where
    readsPrec :: Int -> ReadS a
    readsPrec = readPrec_to_S readPrec
    readList :: ReadS [a]
    readList = readPrec_to_S (list readPrec) 0
    readPrec :: ReadPrec a
    readPrec = readS_to_Prec readsPrec
    readListPrec :: ReadPrec [a]
    readListPrec = readS_to_Prec (\_ -> readList)
    {-# MINIMAL readsPrec | readPrec #-}

readListDefault :: Read a => ReadS [a]
readListDefault = readPrec_to_S readListPrec 0

readListPrecDefault :: Read a => ReadPrec [a]
readListPrecDefault = list readPrec

-- Tokens

lex :: ReadS String
lex = readP_to_S L.hsLex

lexLitChar :: ReadS String
lexLitChar = readP_to_S (do
    (s, _) <- P.gather L.lexChar
    return s)

readLitChar :: ReadS Char
readLitChar = readP_to_S (do
    token <- L.lexChar
    case token of
        L.Char c -> return c
        _ -> P.pfail)

lexDigits :: ReadS String
lexDigits = readP_to_S (P.munch1 isDigit)

lexP :: ReadPrec L.Lexeme
lexP = lift L.lex

expectP :: L.Lexeme -> ReadPrec ()
expectP lexeme = lift (L.expect lexeme)

-- | In parentheses; in parentheses or without.
paren, parens :: ReadPrec a -> ReadPrec a
paren p = do
    expectP (L.Punc "(")
    x <- reset p
    expectP (L.Punc ")")
    return x
parens p = optional
  where
    optional = p +++ mandatory
    mandatory = paren optional

readParen :: Bool -> ReadS a -> ReadS a
readParen b g = if b then mandatory else optional
  where
    optional r = g r ++ mandatory r
    mandatory r = do
        ("(", s) <- lex r
        (x, t) <- optional s
        (")", u) <- lex t
        return (x, u)

list :: ReadPrec a -> ReadPrec [a]
list readx = parens (do
    expectP (L.Punc "[")
    rest False +++ items)
  where
    items = do
        x <- reset readx
        xs <- rest True
        return (x : xs)
    rest started = do
        L.Punc c <- lexP
        case c of
            "]" -> return []
            "," | started -> items
            _ -> pfail

-- | One of these names, and how what it begins goes on.
choose :: [(String, ReadPrec a)] -> ReadPrec a
choose alternatives = foldr ((+++) . one) pfail alternatives
  where
    one (s, p) = do
        token <- lexP
        case token of
            L.Ident s' | s == s' -> p
            L.Symbol s' | s == s' -> p
            _ -> pfail

-- Fields of records

readField, readFieldHash, readSymField :: String -> ReadPrec a -> ReadPrec a
readField name p = expectP (L.Ident name) >> equals p
readFieldHash name p = expectP (L.Ident name) >> expectP (L.Symbol "#") >> equals p
readSymField name p = do
    expectP (L.Punc "(")
    expectP (L.Symbol name)
    expectP (L.Punc ")")
    equals p

equals :: ReadPrec a -> ReadPrec a
equals p = expectP (L.Punc "=") >> p

-- Numbers

readNumber :: Num a => (L.Lexeme -> ReadPrec a) -> ReadPrec a
readNumber convert = parens (do
    x <- lexP
    case x of
        L.Symbol "-" -> do
            y <- lexP
            n <- convert y
            return (negate n)
        _ -> convert x)

convertInt :: Num a => L.Lexeme -> ReadPrec a
convertInt (L.Number n) | Just i <- L.numberToInteger n = return (fromInteger i)
convertInt _ = pfail

convertFrac :: forall a. RealFloat a => L.Lexeme -> ReadPrec a
convertFrac (L.Ident "NaN") = return (0 / 0)
convertFrac (L.Ident "Infinity") = return (1 / 0)
convertFrac (L.Number n) = case L.numberToRangedRational range n of
    Nothing -> return (1 / 0)
    Just r -> return (fromRational r)
  where
    range = case floatRange (0 :: a) of (low, high) -> (low * 3 `quot` 10 - 30, high * 3 `quot` 10 + 30)
convertFrac _ = pfail

instance Read Int where readPrec = readNumber convertInt; readListPrec = readListPrecDefault
instance Read Word where readsPrec p s = [(fromInteger x, t) | (x, t) <- readsPrec p s]
instance Read Integer where readPrec = readNumber convertInt; readListPrec = readListPrecDefault
instance Read Natural where readsPrec p s = [(fromInteger x, t) | (x, t) <- readsPrec p s, x >= 0]
instance Read Float where readPrec = readNumber convertFrac; readListPrec = readListPrecDefault
instance Read Double where readPrec = readNumber convertFrac; readListPrec = readListPrecDefault
instance Read Int8 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Int16 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Int32 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Int64 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Word8 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Word16 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Word32 where readsPrec p s = [(fromIntegral (x :: Int), t) | (x, t) <- readsPrec p s]
instance Read Word64 where readsPrec p s = [(fromInteger x, t) | (x, t) <- readsPrec p s]

instance (Integral a, Read a) => Read (Ratio a) where
    readPrec = parens (prec 7 (do
        x <- step readPrec
        expectP (L.Symbol "%")
        y <- step readPrec
        return (x % y)))
    readListPrec = readListPrecDefault

-- The rest

instance Read Char where
    readPrec = parens (do
        token <- lexP
        case token of
            L.Char c -> return c
            _ -> pfail)
    readListPrec = string +++ readListPrecDefault
      where
        string = parens (do
            token <- lexP
            case token of
                L.String s -> return s
                _ -> pfail)
    readList = readListDefault

deriving instance Read Bool
deriving instance Read Ordering
deriving instance Read a => Read (Maybe a)
deriving instance Read a => Read (NonEmpty a)

instance Read a => Read [a] where
    {-# SPECIALISE instance Read [String] #-}
    {-# SPECIALISE instance Read [Char] #-}
    {-# SPECIALISE instance Read [Int] #-}
    readPrec = readListPrec
    readListPrec = readListPrecDefault
    readList = readListDefault

instance Read L.Lexeme where
    readPrec = lexP
    readListPrec = readListPrecDefault
    readList = readListDefault

instance Read () where
    readPrec = parens (paren (return ()))
    readListPrec = readListPrecDefault
    readList = readListDefault

comma :: ReadPrec a -> ReadPrec a
comma p = expectP (L.Punc ",") >> p

instance (Read a, Read b) => Read (a, b) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        return (a, b)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c) => Read (a, b, c) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        return (a, b, c)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d) => Read (a, b, c, d) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        return (a, b, c, d)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e) => Read (a, b, c, d, e) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        return (a, b, c, d, e)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f) => Read (a, b, c, d, e, f) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        return (a, b, c, d, e, f)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g) => Read (a, b, c, d, e, f, g) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        return (a, b, c, d, e, f, g)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h) => Read (a, b, c, d, e, f, g, h) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        return (a, b, c, d, e, f, g, h)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i) => Read (a, b, c, d, e, f, g, h, i) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        return (a, b, c, d, e, f, g, h, i)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j) => Read (a, b, c, d, e, f, g, h, i, j) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j, Read k) => Read (a, b, c, d, e, f, g, h, i, j, k) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        k <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j, k)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j, Read k, Read l) => Read (a, b, c, d, e, f, g, h, i, j, k, l) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        k <- comma readPrec
        l <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j, k, l)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j, Read k, Read l, Read m) => Read (a, b, c, d, e, f, g, h, i, j, k, l, m) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        k <- comma readPrec
        l <- comma readPrec
        m <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j, k, l, m)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j, Read k, Read l, Read m, Read n) => Read (a, b, c, d, e, f, g, h, i, j, k, l, m, n) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        k <- comma readPrec
        l <- comma readPrec
        m <- comma readPrec
        n <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j, k, l, m, n)))
    readListPrec = readListPrecDefault
    readList = readListDefault

instance (Read a, Read b, Read c, Read d, Read e, Read f, Read g, Read h, Read i, Read j, Read k, Read l, Read m, Read n, Read o) => Read (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) where
    readPrec = parens (paren (do
        a <- readPrec
        b <- comma readPrec
        c <- comma readPrec
        d <- comma readPrec
        e <- comma readPrec
        f <- comma readPrec
        g <- comma readPrec
        h <- comma readPrec
        i <- comma readPrec
        j <- comma readPrec
        k <- comma readPrec
        l <- comma readPrec
        m <- comma readPrec
        n <- comma readPrec
        o <- comma readPrec
        return (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)))
    readListPrec = readListPrecDefault
    readList = readListDefault

deriving instance Read GeneralCategory

deriving instance Read (Proxy t)
