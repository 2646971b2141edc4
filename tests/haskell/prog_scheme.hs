-- stdin: prog_scheme.in
-- A small Scheme: reader, environments in IORefs, closures, call/cc by continuations, errors.
module Main (main) where
import Control.Exception
import Control.Monad
import Data.Char
import Data.IORef
import Data.List
import Data.Maybe
import System.IO

data V = N Integer | S String | Y String | T Bool | L [V] | F String ([V] -> (V -> IO V) -> IO V)
instance Show V where
  showsPrec _ (N n) = shows n
  showsPrec _ (S s) = shows s
  showsPrec _ (Y s) = showString s
  showsPrec _ (T b) = showString (if b then "#t" else "#f")
  showsPrec _ (L vs) = showParen True (foldr (.) id (intersperse (showChar ' ') (map shows vs)))
  showsPrec _ (F n _) = showString ("#<" ++ n ++ ">")
newtype SchemeError = SchemeError String
instance Show SchemeError where show (SchemeError s) = "scheme: " ++ s
instance Exception SchemeError
type Env = [IORef [(String, IORef V)]]

parse :: String -> [V]
parse s = case go s of { (vs, r) | all isSpace r -> vs; (_, r) -> throw (SchemeError ("unexpected " ++ show (take 5 r))) }
  where
    go t = case dropWhile isSpace t of
      '(' : r -> let (vs, r') = go r in case r' of { ')' : r'' -> add (L vs) r''; _ -> throw (SchemeError "missing )") }
      '\'' : r -> case go r of { (v : vs, r') -> (L [Y "quote", v] : vs, r'); _ -> throw (SchemeError "quote") }
      '"' : _ | [(str, r)] <- reads (dropWhile isSpace t) -> add (S str) r
      ';' : r -> go (dropWhile (/= '\n') r)
      r@(c : _) | c /= ')' -> let (w, r') = break (\x -> isSpace x || x `elem` "()'\";") r in add (atom w) r'
      r -> ([], r)
    add v r = let (vs, r') = go r in (v : vs, r')
    atom w | all isDigit w || (take 1 w == "-" && length w > 1 && all isDigit (tail w)) = N (read w)
           | w == "#t" = T True
           | w == "#f" = T False
           | otherwise = Y w

find' :: Env -> String -> IO (IORef V)
find' [] x = throwIO (SchemeError ("unbound " ++ x))
find' (f : fs) x = readIORef f >>= maybe (find' fs x) return . lookup x
truthy :: V -> Bool
truthy (T False) = False
truthy _ = True
eval :: Env -> V -> (V -> IO V) -> IO V
eval env e k = case e of
  Y x -> find' env x >>= readIORef >>= k
  L [Y "quote", v] -> k v
  L [Y "if", c, a, b] -> eval env c (\v -> eval env (if truthy v then a else b) k)
  L (Y "define" : L (Y f : ps) : body) -> eval env (L [Y "define", Y f, L (Y "lambda" : L ps : body)]) k
  L [Y "define", Y x, v] -> eval env v (\r -> do { c <- newIORef r; modifyIORef (head env) ((x, c) :); k (Y x) })
  L [Y "set!", Y x, v] -> eval env v (\r -> do { c <- find' env x; writeIORef c r; k r })
  L (Y "lambda" : L ps : body) -> k (F "lambda" (\as k' -> do
    unless (length as == length ps) (throwIO (SchemeError ("arity " ++ show (length as))))
    cs <- mapM newIORef as
    fr <- newIORef (zip [p | Y p <- ps] cs)
    seqn (fr : env) body k'))
  L (Y "let" : L bs : body) -> eval env (L (L (Y "lambda" : L [x | L [x, _] <- bs] : body) : [v | L [_, v] <- bs])) k
  L (Y "begin" : body) -> seqn env body k
  L (Y "cond" : cs) -> cond cs
  L (f : as) -> eval env f (\fv -> args as [] (\vs -> case fv of { F _ g -> g vs k; v -> throwIO (SchemeError ("not a function: " ++ show v)) }))
  v -> k v
  where args [] acc k' = k' (reverse acc)
        args (a : as) acc k' = eval env a (\v -> args as (v : acc) k')
        cond (L [Y "else", v] : _) = eval env v k
        cond (L [c, v] : cs) = eval env c (\b -> if truthy b then eval env v k else cond cs)
        cond _ = k (L [])
seqn :: Env -> [V] -> (V -> IO V) -> IO V
seqn _ [] k = k (L [])
seqn env [e] k = eval env e k
seqn env (e : es) k = eval env e (const (seqn env es k))

prims :: [(String, V)]
prims = [(n, F n (\vs k -> f vs >>= k)) | (n, f) <- simple] ++ [("call/cc", F "call/cc" (\[F _ g] k -> g [F "k" (\vs _ -> k (head vs))] k))]
  where
    simple = [ ("+", num sum), ("*", num product), ("-", num (\xs -> case xs of { [x] -> negate x; (x : r) -> x - sum r; _ -> 0 }))
             , ("quotient", num (\[a, b] -> a `quot` b)), ("remainder", num (\[a, b] -> a `rem` b))
             , ("=", cmp (==)), ("<", cmp (<)), (">", cmp (>))
             , ("car", \[L (x : _)] -> return x), ("cdr", \[L (_ : r)] -> return (L r)), ("cons", \[a, L r] -> return (L (a : r))), ("list", return . L), ("null?", \[v] -> return (case v of { L [] -> T True; _ -> T False }))
             , ("display", \[v] -> putStr (case v of { S s -> s; _ -> show v }) >> return v), ("newline", \_ -> putStrLn "" >> return (L []))
             , ("string-append", return . S . concatMap (\(S s) -> s)), ("error", \(v : _) -> throwIO (SchemeError (show v))) ]
    num f vs = N <$> evaluate (f [n | N n <- vs])
    cmp f vs = return (T (and (zipWith f ns (drop 1 ns)))) where ns = [n | N n <- vs]

main :: IO ()
main = do
  hSetBuffering stdout (BlockBuffering Nothing)
  text <- getContents
  g <- newIORef =<< mapM (\(n, v) -> (,) n <$> newIORef v) prims
  forM_ (parse text) (\e -> (eval [g] e return >>= \v -> case v of { Y _ -> return (); L [] -> return (); _ -> print v })
    `catches` [Handler (\(SchemeError s) -> putStrLn ("error: " ++ s)), Handler (\ex -> putStrLn ("arith: " ++ show (ex :: ArithException))), Handler (\(PatternMatchFail _) -> putStrLn "bad arguments")])
