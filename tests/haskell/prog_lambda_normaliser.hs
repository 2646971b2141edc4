-- Lambda calculus: parser, de Bruijn terms, three strategies of reduction with counts, normalisation by evaluation, Church arithmetic.
import Data.Char
import Data.List
import Data.Maybe

data Named = V String | L String Named | A Named Named
data Term = Index Int | Lam String Term | App Term Term | Free String deriving Eq

parse :: String -> Named
parse s = case term (filter (/= '\n') s) of
  (t, rest) | all isSpace rest -> t
            | otherwise -> error ("left over: " ++ rest)

term :: String -> (Named, String)
term s = case dropWhile isSpace s of
  '\\' : rest -> let (vs, '.' : body) = break (== '.') rest; (t, r) = term body in (foldr L t (words vs), r)
  s' -> let (a, r) = atom s' in applied a r
  where
    applied f r = case dropWhile isSpace r of
      r'@(c : _) | isAlphaNum c || c == '(' -> let (a, r'') = atom r' in applied (A f a) r''
                 | c == '\\' -> let (a, r'') = term r' in (A f a, r'')
      r' -> (f, r')

atom :: String -> (Named, String)
atom ('(' : s) = let (t, r) = term s in (t, drop 1 (dropWhile isSpace r))
atom s = let (v, r) = span isAlphaNum s in (V v, r)

bind :: [(String, Named)] -> Named -> Term
bind definitions = go []
  where go scope (V v) | Just k <- elemIndex v scope = Index k
                       | Just d <- lookup v definitions = go [] d
                       | otherwise = Free v
        go scope (L v t) = Lam v (go (v : scope) t)
        go scope (A f a) = App (go scope f) (go scope a)

instance Show Term where
  show = go [] (0 :: Int)
    where
      go scope _ (Index k) = scope !! k
      go _ _ (Free v) = v
      go scope d (Lam v t) = parens (d > 0) ("\\" ++ v' ++ "." ++ go (v' : scope) 0 t)
        where v' = head [w | w <- v : map ((v ++) . show) [1 :: Int ..], w `notElem` scope]
      go scope d (App f a) = parens (d > 1) (go scope 1 f ++ " " ++ go scope 2 a)
      parens b s = if b then "(" ++ s ++ ")" else s

shift :: Int -> Int -> Term -> Term
shift by cutoff t = case t of
  Index k | k >= cutoff -> Index (k + by)
  Lam v b -> Lam v (shift by (cutoff + 1) b)
  App f a -> App (shift by cutoff f) (shift by cutoff a)
  _ -> t

subst :: Int -> Term -> Term -> Term
subst n s t = case t of
  Index k | k == n -> s
  Lam v b -> Lam v (subst (n + 1) (shift 1 0 s) b)
  App f a -> App (subst n s f) (subst n s a)
  _ -> t

beta :: Term -> Term -> Term
beta body arg = shift (-1) 0 (subst 0 (shift 1 0 arg) body)

normalOrder, applicative, headOnly :: Term -> Maybe Term
normalOrder (App (Lam _ b) a) = Just (beta b a)
normalOrder (App f a) = case normalOrder f of { Just f' -> Just (App f' a); Nothing -> App f <$> normalOrder a }
normalOrder (Lam v b) = Lam v <$> normalOrder b
normalOrder _ = Nothing
applicative (App f a)
  | Just a' <- applicative a = Just (App f a')
  | Just f' <- applicative f = Just (App f' a)
  | Lam _ b <- f = Just (beta b a)
applicative (Lam v b) = Lam v <$> applicative b
applicative _ = Nothing
headOnly (App (Lam _ b) a) = Just (beta b a)
headOnly (App f a) = (`App` a) <$> headOnly f
headOnly _ = Nothing

reduce :: Int -> (Term -> Maybe Term) -> Term -> Either Int (Int, Term)
reduce limit step = go 0
  where go n t | n >= limit = Left n
               | otherwise = maybe (Right (n, t)) (go (n + 1)) (step t)

data Value = Fun String (Value -> Value) | Neutral Neutral
data Neutral = NFree String | NLevel Int | NApp Neutral Value

nbe :: Term -> Term
nbe = quote 0 . eval []
  where
    eval env (Index k) = env !! k
    eval _ (Free v) = Neutral (NFree v)
    eval env (Lam v b) = Fun v (\a -> eval (a : env) b)
    eval env (App f a) = case eval env f of
      Fun _ g -> g (eval env a)
      Neutral n -> Neutral (NApp n (eval env a))
    quote n (Fun v f) = Lam v (quote (n + 1) (f (Neutral (NLevel n))))
    quote n (Neutral t) = quoteN n t
    quoteN _ (NFree v) = Free v
    quoteN n (NLevel k) = Index (n - k - 1)
    quoteN n (NApp f a) = App (quoteN n f) (quote n a)

definitions :: [(String, Named)]
definitions = [(name, parse body) | (name, body) <-
  [ ("I", "\\x.x"), ("K", "\\x y.x"), ("S", "\\f g x.f x (g x)"), ("true", "\\t f.t"), ("false", "\\t f.f"), ("zero", "\\f x.x"), ("succ", "\\n f x.f (n f x)")
  , ("plus", "\\m n f x.m f (n f x)"), ("times", "\\m n f.m (n f)"), ("power", "\\m n.n m"), ("two", "\\f x.f (f x)"), ("three", "\\f x.f (f (f x))")
  , ("pair", "\\a b p.p a b"), ("fst", "\\p.p true"), ("snd", "\\p.p false"), ("pred", "\\n.snd (n (\\p.pair (succ (fst p)) (fst p)) (pair zero zero))")
  , ("isZero", "\\n.n (\\x.false) true"), ("Y", "\\f.(\\x.f (x x)) (\\x.f (x x))"), ("fact", "Y (\\self n.isZero n (succ zero) (times n (self (pred n))))")
  , ("omega", "(\\x.x x) (\\x.x x)") ]]

number :: Term -> Maybe Int
number (Lam _ (Lam _ b)) = go b
  where go (Index 0) = Just 0
        go (App (Index 1) t) = (+ 1) <$> go t
        go _ = Nothing
number _ = Nothing

main :: IO ()
main = do
  mapM_ demonstrate
    [ "S K K", "S K K v", "plus two three", "times two (plus two three)", "power two three", "K v omega", "omega", "(\\x y.x y) y", "\\y.(\\x y.x y) y"
    , "pred (power two three)", "isZero zero a b", "fact three", "snd (pair a b)", "(\\f.f (f x)) (\\x.g x x)", "I I I (I w)", "\\a.(\\b.a (\\a.b a)) a" ]
  print (mapMaybe (number . nbe . bind definitions . parse) ["fact (succ three)", "power three three", "pred (pred (times three three))"])
  where
    demonstrate s = do
      let t = bind definitions (parse s)
      putStrLn (s ++ "  =  " ++ (if s == "omega" then "…" else let n = nbe t in show n ++ maybe "" ((" : " ++) . show) (number n)))
      putStrLn ("   " ++ intercalate ", " [name ++ " " ++ either (("more than " ++) . show) (\(n, r) -> show n ++ (if r == nbe t then "" else " to " ++ show r)) (reduce 300 step t)
        | (name, step) <- [("normal", normalOrder), ("applicative", applicative), ("head", headOnly)]])
