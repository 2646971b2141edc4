-- An interpreter of a small imperative language: lexer, parser, evaluator with scopes, procedures, arrays and run-time errors as exceptions.
import Control.Exception
import Control.Monad
import Data.Char
import Data.IORef
import Data.List

data Token = TNum Int | TName String | TSym String | TStr String deriving (Show, Eq)

data Expr = Num Int | Str String | Name String | Bin String Expr Expr | Not Expr | Neg Expr | Call String [Expr] | Index Expr Expr | ListOf [Expr]
  deriving Show
data Stmt = Let String Expr | Set String Expr | SetAt String Expr Expr | Print [Expr] | If Expr [Stmt] [Stmt] | While Expr [Stmt] | Def String [String] [Stmt] | Return Expr | Do Expr | Break
  deriving Show

data Failure = Syntax String | Runtime String deriving Show
instance Exception Failure
data Jump = Returning Value | Breaking
instance Show Jump where show _ = "jump"
instance Exception Jump

lexer :: String -> [Token]
lexer [] = []
lexer s@(c : cs)
  | isSpace c = lexer cs
  | isDigit c = let (n, r) = span isDigit s in TNum (read n) : lexer r
  | isAlpha c = let (n, r) = span isAlphaNum s in TName n : lexer r
  | c == '"' = let (t, r) = break (== '"') cs in TStr t : lexer (drop 1 r)
  | c == '#' = lexer (dropWhile (/= '\n') cs)
  | Just op <- find (`isPrefixOf` s) ["==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "{", "}", "[", "]", ",", ";", "!"] = TSym op : lexer (drop (length op) s)
  | otherwise = throw (Syntax ("character " ++ show c))

type P a = [Token] -> (a, [Token])

expect :: String -> [Token] -> [Token]
expect s (TSym t : ts) | s == t = ts
expect s ts = throw (Syntax ("expected " ++ s ++ " before " ++ show (take 1 ts)))

levels :: [[String]]
levels = [["||"], ["&&"], ["==", "!=", "<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]]

expr :: P Expr
expr = go levels
  where
    go [] ts = unary ts
    go (ops : rest) ts = let (a, ts') = go rest ts in more a ts'
      where more a (TSym o : ts') | o `elem` ops = let (b, ts'') = go rest ts' in more (Bin o a b) ts''
            more a ts' = (a, ts')
    unary (TSym "!" : ts) = let (a, ts') = unary ts in (Not a, ts')
    unary (TSym "-" : ts) = let (a, ts') = unary ts in (Neg a, ts')
    unary ts = let (a, ts') = primary ts in postfix a ts'
    postfix a (TSym "[" : ts) = let (i, ts') = expr ts in postfix (Index a i) (expect "]" ts')
    postfix a ts = (a, ts)
    primary (TNum n : ts) = (Num n, ts)
    primary (TStr s : ts) = (Str s, ts)
    primary (TName f : TSym "(" : ts) = let (as, ts') = commas ")" ts in (Call f as, ts')
    primary (TName v : ts) = (Name v, ts)
    primary (TSym "(" : ts) = let (a, ts') = expr ts in (a, expect ")" ts')
    primary (TSym "[" : ts) = let (as, ts') = commas "]" ts in (ListOf as, ts')
    primary ts = throw (Syntax ("no expression before " ++ show (take 1 ts)))

commas :: String -> P [Expr]
commas end (TSym t : ts) | t == end = ([], ts)
commas end ts = case expr ts of
  (a, TSym "," : ts') -> let (as, ts'') = commas end ts' in (a : as, ts'')
  (a, ts') -> ([a], expect end ts')

block :: P [Stmt]
block ts = go (expect "{" ts)
  where go (TSym "}" : r) = ([], r)
        go [] = throw (Syntax "a block that does not end")
        go r = let (s, r') = stmt r; (ss, r'') = go r' in (s : ss, r'')

stmt :: P Stmt
stmt (TName "let" : TName v : TSym "=" : ts) = ended (Let v) (expr ts)
stmt (TName "print" : ts) = case commas ";" ts of (as, r) -> (Print as, r)
stmt (TName "return" : ts) = ended Return (expr ts)
stmt (TName "break" : ts) = (Break, expect ";" ts)
stmt (TName "while" : ts) = let (c, r) = expr ts; (b, r') = block r in (While c b, r')
stmt (TName "if" : ts) = case block r of
    (a, TName "else" : TName "if" : r') -> let (s, r'') = stmt (TName "if" : r') in (If c a [s], r'')
    (a, TName "else" : r') -> let (b, r'') = block r' in (If c a b, r'')
    (a, r') -> (If c a [], r')
  where (c, r) = expr ts
stmt (TName "def" : TName f : TSym "(" : ts) = let (ps, r) = commas ")" ts; (b, r') = block r in (Def f [p | Name p <- ps] b, r')
stmt (TName v : TSym "=" : ts) = ended (Set v) (expr ts)
stmt ts = case expr ts of
  (Index (Name v) i, TSym "=" : r) -> ended (SetAt v i) (expr r)
  r -> ended Do r

ended :: (Expr -> Stmt) -> (Expr, [Token]) -> (Stmt, [Token])
ended f (a, r) = (f a, expect ";" r)

data Value = I Int | S String | L [Value] | F [String] [Stmt] Env | Nil
type Env = [IORef [(String, IORef Value)]]

instance Show Value where
  show (I n) = show n
  show (S s) = s
  show (L vs) = "[" ++ intercalate ", " (map show vs) ++ "]"
  show F {} = "<function>"
  show Nil = "nil"

runtime :: String -> IO a
runtime = throwIO . Runtime

cell :: Env -> String -> IO (IORef Value)
cell [] v = runtime ("unknown name " ++ v)
cell (scope : outer) v = readIORef scope >>= maybe (cell outer v) return . lookup v

define :: Env -> String -> Value -> IO ()
define env v a = newIORef a >>= \r -> modifyIORef (head env) ((v, r) :)

eval :: Env -> Expr -> IO Value
eval _ (Num n) = return (I n)
eval _ (Str s) = return (S s)
eval env (Name v) = cell env v >>= readIORef
eval env (ListOf as) = L <$> mapM (eval env) as
eval env (Not a) = I . fromEnum . not <$> truth env a
eval env (Neg a) = eval env (Bin "-" (Num 0) a)
eval env (Bin "&&" a b) = truth env a >>= \t -> if t then eval env b else return (I 0)
eval env (Bin "||" a b) = truth env a >>= \t -> if t then return (I 1) else eval env b
eval env (Bin op a b) = do { x <- eval env a; y <- eval env b; operate op x y }
eval env (Index a i) = do
  (x, k) <- (,) <$> eval env a <*> eval env i
  case (x, k) of
    (L vs, I n) | n >= 0 && n < length vs -> return (vs !! n)
                | otherwise -> runtime ("index " ++ show n ++ " of " ++ show (length vs))
    _ -> runtime "not a list"
eval env (Call "len" [a]) = eval env a >>= \x -> case x of { L vs -> return (I (length vs)); S s -> return (I (length s)); _ -> runtime "len of what?" }
eval env (Call "push" [a, b]) = do { x <- eval env a; y <- eval env b; case x of { L vs -> return (L (vs ++ [y])); _ -> runtime "push on what?" } }
eval env (Call f as) = do
  g <- cell env f >>= readIORef
  case g of
    F ps body closure | length ps == length as -> do
      vs <- mapM (eval env) as
      scope <- newIORef []
      zipWithM_ (define (scope : closure)) ps vs
      (mapM_ (exec (scope : closure)) body >> return Nil) `catch` \j -> case j of { Returning v -> return v; Breaking -> runtime "break outside" }
    F ps _ _ -> runtime (f ++ " takes " ++ show (length ps))
    v -> runtime (show v ++ " is not a function")

operate :: String -> Value -> Value -> IO Value
operate op (I a) (I b) = case op of
  "+" -> num (a + b); "-" -> num (a - b); "*" -> num (a * b)
  "/" -> if b == 0 then runtime "division by zero" else num (a `quot` b)
  "%" -> if b == 0 then runtime "division by zero" else num (a `rem` b)
  _ -> num (fromEnum (relation op a b))
  where num = return . I
operate "+" a b = case (a, b) of { (L x, L y) -> return (L (x ++ y)); (S x, y) -> return (S (x ++ show y)); (x, S y) -> return (S (show x ++ y)); _ -> runtime "cannot add" }
operate op (S a) (S b) = return (I (fromEnum (relation op a b)))
operate op a b = runtime (show a ++ " " ++ op ++ " " ++ show b)

relation :: Ord a => String -> a -> a -> Bool
relation op = case op of { "==" -> (==); "!=" -> (/=); "<" -> (<); ">" -> (>); "<=" -> (<=); _ -> (>=) }

truth :: Env -> Expr -> IO Bool
truth env a = eval env a >>= \v -> case v of { I 0 -> return False; L [] -> return False; Nil -> return False; _ -> return True }

exec :: Env -> Stmt -> IO ()
exec env s = case s of
  Let v e -> eval env e >>= define env v
  Set v e -> do { a <- eval env e; r <- cell env v; writeIORef r a }
  SetAt v i e -> do
    r <- cell env v
    old <- readIORef r
    k <- eval env i
    a <- eval env e
    case (old, k) of
      (L vs, I n) | n < length vs -> writeIORef r (L (take n vs ++ [a] ++ drop (n + 1) vs))
      _ -> runtime "cannot store there"
  Print es -> mapM (eval env) es >>= putStrLn . unwords . map show
  If c a b -> truth env c >>= \t -> scoped (if t then a else b)
  While c body -> let loop = truth env c >>= \t -> when t (scoped body >> loop) in loop `catch` \j -> case j of { Breaking -> return (); _ -> throwIO j }
  Def f ps body -> define env f (F ps body env)
  Return e -> eval env e >>= throwIO . Returning
  Do e -> void (eval env e)
  Break -> throwIO Breaking
  where scoped b = newIORef [] >>= \scope -> mapM_ (exec (scope : env)) b

run :: String -> IO ()
run source = do
  scope <- newIORef []
  r <- try (let (program, _) = block (lexer ("{" ++ source ++ "}")) in length (show program) `seq` mapM_ (exec [scope]) program)
  putStrLn (either (\e -> "! " ++ show (e :: Failure)) (const "ok") r)

main :: IO ()
main = mapM_ run
  [ "def fact(n) { if n < 2 { return 1; } return n * fact(n - 1); } let i = 0; while i < 15 { print i, fact(i); i = i + 3; }"
  , "let primes = []; let n = 2; while len(primes) < 15 { let k = 0; let ok = 1; while k < len(primes) { if n % primes[k] == 0 { ok = 0; break; } k = k + 1; } if ok { primes = push(primes, n); } n = n + 1; } print primes;"
  , "def counter() { let n = 0; def next() { n = n + 1; return n; } return next; } let a = counter(); let b = counter(); a(); a(); print a(), b();"
  , "let a = [3, 1, 2, 9, 4]; let i = 0; while i < len(a) { let j = 0; while j < len(a) - 1 { if a[j] > a[j + 1] { let t = a[j]; a[j] = a[j + 1]; a[j + 1] = t; } j = j + 1; } i = i + 1; } print \"sorted\", a; # comment\n print a[5];"
  , "def fib(n) { if n < 2 { return n; } else { return fib(n - 1) + fib(n - 2); } } print fib(15); print 7 / 2, -7 / 2, -7 % 3, 1 + 2 * 3 - 4, (1 + 2) * 3, 1 < 2 && 2 < 1 || !0;"
  , "print 1 / 0;", "print x;", "let f = 3; f(1);", "def g(a, b) { return a; } print g(1, 2), \"then\"; g(1);", "let = 3;", "print (1 + ;", "print \"a\" + 1 + [2], [1] + [2, 3], \"b\" < \"c\"; print [1] * 2;", "if 1 { print \"open\"; "
  , "let x = 1; if x == 2 { print \"two\"; } else if x == 1 { let x = 5; print \"one\", x; } else { print \"none\"; } print x; def noresult() { } print noresult();" ]
