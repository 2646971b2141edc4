-- stdin: prog_calculator.in
-- Infix to postfix by the shunting-yard method, evaluation on a stack with Rational numbers, variables, functions; errors are values.
import Data.Char
import Data.List
import Data.Ratio

data Tok = N Rational | Op String | Fn String | V String | Open | Close | Assign deriving (Eq, Show)

tokenise :: Bool -> String -> Either String [Tok]
tokenise _ [] = Right []
tokenise operand s@(c : cs)
  | isSpace c = tokenise operand cs
  | isDigit c = let (a, r) = span isDigit s in case r of
      '.' : r' | (b@(_ : _), r'') <- span isDigit r' -> (N (fromInteger (read (a ++ b)) / 10 ^ length b) :) <$> tokenise False r''
      _ -> (N (fromInteger (read a)) :) <$> tokenise False r
  | isAlpha c = let (a, r) = span isAlphaNum s in if a `elem` functions then (Fn a :) <$> tokenise True r else (V a :) <$> tokenise False r
  | c == '(' = (Open :) <$> tokenise True cs
  | c == ')' = (Close :) <$> tokenise False cs
  | c == '=' = (Assign :) <$> tokenise True cs
  | c == '-' && operand = (Op "neg" :) <$> tokenise True cs
  | c `elem` "+-*/^%" = (Op [c] :) <$> tokenise True cs
  | c == '!' = (Op "!" :) <$> tokenise False cs
  | otherwise = Left ("what is " ++ show c ++ "?")

functions :: [String]
functions = ["abs", "floor", "sum", "recip"]

precedence :: String -> (Int, Bool)
precedence op = case op of
  "+" -> (1, False); "-" -> (1, False); "*" -> (2, False); "/" -> (2, False); "%" -> (2, False)
  "neg" -> (3, True); "^" -> (4, True); _ -> (5, False)

postfix :: [Tok] -> Either String [Tok]
postfix = go [] []
  where
    go out ops [] | Open `elem` ops = Left "missing )"
                  | otherwise = Right (reverse out ++ ops)
    go out ops (t : ts) = case t of
      N _ -> go (t : out) ops ts
      V _ -> go (t : out) ops ts
      Fn _ -> go out (t : ops) ts
      Open -> go out (Open : ops) ts
      Op "!" -> go (t : out) ops ts
      Op o | o == "neg" -> go out (t : ops) ts
           | otherwise -> let (popped, rest) = span (before (precedence o)) ops in go (reverse popped ++ out) (t : rest) ts
      Close -> case break (== Open) ops of
        (popped, _ : Fn f : rest) -> go (Fn f : reverse popped ++ out) rest ts
        (popped, _ : rest) -> go (reverse popped ++ out) rest ts
        _ -> Left "missing ("
      Assign -> Left "= in the wrong place"
    before (p, right) (Op o) = let (q, _) = precedence o in q > p || q == p && not right
    before _ (Fn _) = True
    before _ _ = False

type Vars = [(String, Rational)]

evaluate :: Vars -> [Tok] -> Either String Rational
evaluate vars = go []
  where
    go [x] [] = Right x
    go [] [] = Left "nothing to compute"
    go stack [] = Left (show (length stack) ++ " values left")
    go stack (t : ts) = case (t, stack) of
      (N x, _) -> go (x : stack) ts
      (V v, _) -> maybe (Left ("unknown " ++ v)) (\x -> go (x : stack) ts) (lookup v vars)
      (Op "neg", x : rest) -> go (negate x : rest) ts
      (Op "!", x : rest) | denominator x /= 1 || x < 0 -> Left ("no factorial of " ++ render x)
                         | x > 500 -> Left "too big"
                         | otherwise -> go (fromInteger (product [1 .. numerator x]) : rest) ts
      (Fn f, x : rest) -> apply f x >>= \y -> go (y : rest) ts
      (Op o, y : x : rest) -> binary o x y >>= \z -> go (z : rest) ts
      (Op o, _) -> Left ("too few operands of " ++ o)
      _ -> Left "too few operands"
    apply "abs" x = Right (abs x)
    apply "floor" x = Right (fromInteger (floor x))
    apply "sum" x = Right (x * (x + 1) / 2)
    apply _ 0 = Left "division by zero"
    apply _ x = Right (recip x)
    binary "+" x y = Right (x + y)
    binary "-" x y = Right (x - y)
    binary "*" x y = Right (x * y)
    binary "/" _ 0 = Left "division by zero"
    binary "/" x y = Right (x / y)
    binary "%" _ 0 = Left "division by zero"
    binary "%" x y = Right (x - y * fromInteger (floor (x / y)))
    binary _ x y | denominator y /= 1 = Left "fractional power"
                 | abs y > 1000 = Left "too big"
                 | x == 0 && y < 0 = Left "division by zero"
                 | otherwise = Right (x ^^ numerator y)

render :: Rational -> String
render x | denominator x == 1 = show (numerator x)
         | Just places <- find (\k -> denominator (x * 10 ^ k) == 1) [1 .. 12 :: Int] = decimal places
         | otherwise = show (numerator x) ++ "/" ++ show (denominator x)
  where decimal places = let s = show (abs (numerator (x * 10 ^ places))); padded = replicate (places + 1 - length s) '0' ++ s
                             (a, b) = splitAt (length padded - places) padded in (if x < 0 then "-" else "") ++ a ++ "." ++ b

line :: Vars -> String -> (Vars, String)
line vars s = case tokenise True s >>= statement of
  Left e -> (vars, "error: " ++ e)
  Right (Nothing, p, x) -> (("it", x) : vars, unwords (map name p) ++ "  =  " ++ render x)
  Right (Just v, _, x) -> ((v, x) : vars, v ++ " := " ++ render x)
  where
    statement (V v : Assign : ts) = compute ts >>= \(p, x) -> Right (Just v, p, x)
    statement ts = compute ts >>= \(p, x) -> Right (Nothing, p, x)
    compute ts = do { p <- postfix ts; x <- evaluate vars p; return (p, x) }
    name t = case t of { N x -> render x; Op o -> o; Fn f -> f; V v -> v; _ -> "?" }

main :: IO ()
main = do
  input <- getContents
  let (final, outputs) = mapAccumL line [] (filter (not . all isSpace) (lines input))
  mapM_ putStrLn outputs
  print (length final, lookup "x" final)
