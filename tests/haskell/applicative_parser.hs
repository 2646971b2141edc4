-- A parser of one's own, Functor to Alternative-like choice, with positions in messages: arithmetic, lists, key-value lines.
import Data.Char

newtype Parser a = Parser { run :: (Int, String) -> Either (Int, [String]) (a, (Int, String)) }
instance Functor Parser where fmap f (Parser p) = Parser (fmap (\(a, s) -> (f a, s)) . p)
instance Applicative Parser where
  pure a = Parser (\s -> Right (a, s))
  Parser f <*> Parser p = Parser (\s -> case f s of { Left e -> Left e; Right (g, s') -> fmap (\(a, s'') -> (g a, s'')) (p s') })
instance Monad Parser where Parser p >>= f = Parser (\s -> p s >>= \(a, s') -> run (f a) s')

infixr 3 <||>
(<||>) :: Parser a -> Parser a -> Parser a
Parser p <||> Parser q = Parser $ \s -> case p s of
  Left (n, es) | n == fst s -> case q s of
    Left (m, fs) | m == n -> Left (n, es ++ fs)
    other -> other
  other -> other

try' :: Parser a -> Parser a
try' (Parser p) = Parser (\s -> either (\(_, es) -> Left (fst s, es)) Right (p s))

satisfy :: String -> (Char -> Bool) -> Parser Char
satisfy what test = Parser $ \s -> case s of
  (n, c : cs) | test c -> Right (c, (n + 1, cs))
  (n, _) -> Left (n, [what])

char :: Char -> Parser Char
char c = lexeme (satisfy (show c) (== c))

many1, many0 :: Parser a -> Parser [a]
many1 p = (:) <$> p <*> many0 p
many0 p = many1 p <||> pure []

lexeme :: Parser a -> Parser a
lexeme p = p <* many0 (satisfy "space" isSpace)

sepBy :: Parser a -> Parser b -> Parser [a]
sepBy p sep = ((:) <$> p <*> many0 (sep *> p)) <||> pure []

chainl :: Parser a -> Parser (a -> a -> a) -> Parser a
chainl p op = p >>= rest
  where rest a = (do { f <- op; b <- p; rest (f a b) }) <||> pure a

end :: Parser ()
end = Parser (\s -> case s of { (_, "") -> Right ((), s); (n, _) -> Left (n, ["end of input"]) })

number :: Parser Int
number = lexeme (read <$> many1 (satisfy "digit" isDigit))

expr, term, factor :: Parser Int
expr = chainl term ((+) <$ char '+' <||> (-) <$ char '-')
term = chainl factor ((*) <$ char '*' <||> div <$ char '/')
factor = do { base <- atom; e <- (Just <$> (char '^' *> factor)) <||> pure Nothing; return (maybe base (base ^) e) }
  where atom = number <||> char '(' *> expr <* char ')' <||> negate <$> (char '-' *> atom)

data Value = Num Int | Str String | List [Value] | Pair String Value deriving (Show, Eq)
value :: Parser Value
value = Num <$> number <||> Str <$> string <||> List <$> (char '[' *> sepBy value (char ',') <* char ']') <||> try' pair <||> Str <$> word
  where string = satisfy "quote" (== '"') *> many0 (satisfy "character" (/= '"')) <* char '"'
        word = lexeme (many1 (satisfy "letter" isAlpha))
        pair = Pair <$> (word <* char '=') <*> value

report :: Show a => Parser a -> String -> IO ()
report p s = putStrLn $ case run (many0 (satisfy "space" isSpace) *> p <* end) (0, s) of
  Right (a, _) -> show a
  Left (n, es) -> "at " ++ show n ++ ": expected " ++ commas es
  where commas [e] = e
        commas es = foldr1 (\a b -> a ++ " or " ++ b) (dedupe es)
        dedupe (e : es) = e : dedupe (filter (/= e) es)
        dedupe [] = []

main :: IO ()
main = do
  mapM_ (report expr) ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "100 / 7 / 2 - 1", "- (4 + -2) * 3", "", "1 +", "(1", "1 2", "7 * (3 - )", "  12*  (3+4)^2  "]
  mapM_ (report value) ["[1, [2, \"three\"], x = [4, y = z]]", "[]", "[1,]", "word", "key = 5", "key =", "[1 2]", "\"open", "a = b = c"]
