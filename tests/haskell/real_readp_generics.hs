-- Text.ParserCombinators.ReadP, a Read instance by hand, GHC.Generics over sums and products, show of a call stack, Data.Fixed, Data.Version, records by wildcards.
{-# LANGUAGE DeriveGeneric, DefaultSignatures, FlexibleContexts, FlexibleInstances, TypeOperators, RecordWildCards, NamedFieldPuns, TupleSections, LambdaCase, ViewPatterns, PatternSynonyms #-}
import Control.Exception
import Data.Char
import Data.Fixed
import Data.Version
import GHC.Generics
import GHC.Stack
import Text.ParserCombinators.ReadP
import qualified Text.Read as R

data Term = Num Int | Term `Plus` Term | Term `Times` Term deriving (Show, Eq)

expr, term, factor :: ReadP Term
expr = chainl1 term (Plus <$ token '+')
term = chainl1 factor (Times <$ token '*')
factor = (Num . read <$> (skipSpaces *> munch1 isDigit)) +++ between (token '(') (token ')') expr

token :: Char -> ReadP Char
token c = skipSpaces *> char c

data Temperature = Celsius Double | Kelvin Double deriving (Eq, Show)
instance Read Temperature where
  readPrec = R.parens (R.prec 10 (do { n <- R.step R.readPrec; R.Ident u <- R.lexP; case u of { "C" -> return (Celsius n); "K" -> return (Kelvin n); _ -> R.pfail } }))

class Encode a where
  encode :: a -> [Bool]
  default encode :: (Generic a, GEncode (Rep a)) => a -> [Bool]
  encode = gencode . from
class GEncode f where gencode :: f p -> [Bool]
instance GEncode U1 where gencode U1 = []
instance (GEncode a, GEncode b) => GEncode (a :*: b) where gencode (a :*: b) = gencode a ++ gencode b
instance (GEncode a, GEncode b) => GEncode (a :+: b) where { gencode (L1 a) = False : gencode a; gencode (R1 b) = True : gencode b }
instance GEncode a => GEncode (M1 i c a) where gencode (M1 a) = gencode a
instance Encode a => GEncode (K1 i a) where gencode (K1 a) = encode a

data Shape = Dot | Line Bool Bool | Group { inner :: Shape, flag :: Bool } deriving (Show, Generic)
instance Encode Shape
instance Encode Bool where encode b = [b]
instance Encode a => Encode (Maybe a)

names :: (Generic a, Names (Rep a)) => a -> [String]
names = gnames . from
class Names f where gnames :: f p -> [String]
instance (Names f, Datatype d) => Names (D1 d f) where gnames m@(M1 a) = datatypeName m : gnames a
instance (Names f, Names g) => Names (f :+: g) where { gnames (L1 a) = gnames a; gnames (R1 a) = gnames a }
instance (Names f, Constructor c) => Names (C1 c f) where gnames m@(M1 a) = conName m : gnames a
instance (Names f, Names g) => Names (f :*: g) where gnames (a :*: b) = gnames a ++ gnames b
instance Selector s => Names (S1 s f) where gnames m = [selName m]
instance Names U1 where gnames _ = ["nothing"]

whereAmI :: HasCallStack => String
whereAmI = unwords [f ++ ":" ++ show (srcLocStartLine l) | (f, l) <- getCallStack callStack]

pattern Twice :: a -> (a, a)
pattern Twice x <- (x, _) where Twice x = (x, x)

data Config = Config { host :: String, port :: Int }
render :: Config -> String
render Config {..} = host ++ ":" ++ show port
bump :: Config -> Config
bump c@Config { port } = c { port = port + 1 }

main :: IO ()
main = do
  print (readP_to_S (expr <* skipSpaces <* eof) " 1 + 2 * (3+4) * 5 ")
  print (readP_to_S (many (satisfy isAlpha)) "ab1", readP_to_S (sepBy1 (munch1 isDigit) (char ',')) "1,22,3", readP_to_S (string "ab" <++ string "a") "abc", readP_to_S (option 'x' (char 'y')) "yz", readP_to_S (count 2 get) "abc", readP_to_S (manyTill get (char ';')) "ab;c")
  print (read "25.5 C" :: Temperature, read "[1 K,(2.0 K)]" :: [Temperature], R.readMaybe "3 F" :: Maybe Temperature, R.readEither "x" :: Either String Int)
  print (map fromEnum (encode (Group (Line True False) True)), encode Dot, encode (Just (Group Dot False)), names (Group Dot True), names Dot)
  putStrLn whereAmI
  r <- try (evaluate (error "located" :: Int))
  putStrLn (either (\(ErrorCallWithLocation m l) -> m ++ "\n" ++ l) show r)
  s <- try (evaluate (head [])) :: IO (Either ErrorCall Int)
  putStrLn (either show show s)
  t <- try (evaluate (assertPositive (-3))) :: IO (Either ErrorCall Int)
  putStrLn (either (takeWhile (/= '\n') . show) show t)
  print (3.14159 :: Centi, (2.5 :: Deci) * 3, 7.5 `mod'` 2 :: Double, (-7.5) `div'` 2 :: Int, (1.005 :: Milli) / 3, resolution (1 :: Micro))
  putStrLn (showVersion (makeVersion [1, 20, 3]) ++ show (makeVersion [1, 2] < makeVersion [1, 10]))
  putStrLn (render (bump (Config { host = "localhost", port = 80 })))
  print (map (,True) "ab", (\case { 0 -> "zero"; _ -> "other" }) 0, (\(map toUpper -> u) -> u) "view", let Twice q = ('p', 'q') in q, Twice 3)
  where assertPositive :: HasCallStack => Int -> Int
        assertPositive n = if n > 0 then n else error ("not positive: " ++ show n)
