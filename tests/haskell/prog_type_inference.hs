-- Hindley–Milner inference (algorithm W) for a small functional language, with let-polymorphism and readable type errors.
import Data.List
import Data.Maybe

data Expr = Var String | Lam String Expr | App Expr Expr | Let String Expr Expr | LetRec String Expr Expr | Int Int | Bool Bool | If Expr Expr Expr | Nil | Pair Expr Expr
data Type = TVar Int | TInt | TBool | Type :-> Type | TList Type | Type :*: Type deriving Eq
infixr 4 :->
infixl 6 :*:
data Scheme = Forall [Int] Type

type Subst = [(Int, Type)]
type Env = [(String, Scheme)]

instance Show Type where
  showsPrec _ (TVar n) = showString (names !! n)
    where names = [c : k | k <- "" : map show [1 :: Int ..], c <- ['a' .. 'z']]
  showsPrec _ TInt = showString "Int"
  showsPrec _ TBool = showString "Bool"
  showsPrec d (a :-> b) = showParen (d > 4) (showsPrec 5 a . showString " -> " . showsPrec 4 b)
  showsPrec _ (TList a) = showString "[" . showsPrec 0 a . showString "]"
  showsPrec _ (a :*: b) = showString "(" . showsPrec 0 a . showString ", " . showsPrec 0 b . showString ")"

newtype Infer a = Infer { runInfer :: Int -> Either String (a, Int) }
instance Functor Infer where fmap f (Infer g) = Infer (fmap (\(a, n) -> (f a, n)) . g)
instance Applicative Infer where
  pure a = Infer (\n -> Right (a, n))
  Infer f <*> Infer g = Infer (\n -> f n >>= \(h, n') -> fmap (\(a, n'') -> (h a, n'')) (g n'))
instance Monad Infer where Infer g >>= f = Infer (\n -> g n >>= \(a, n') -> runInfer (f a) n')

failWith :: String -> Infer a
failWith message = Infer (const (Left message))

fresh :: Infer Type
fresh = Infer (\n -> Right (TVar n, n + 1))

apply :: Subst -> Type -> Type
apply s t = case t of
  TVar n -> maybe t (apply s) (lookup n s)
  a :-> b -> apply s a :-> apply s b
  TList a -> TList (apply s a)
  a :*: b -> apply s a :*: apply s b
  _ -> t

free :: Type -> [Int]
free (TVar n) = [n]
free (a :-> b) = free a `union` free b
free (TList a) = free a
free (a :*: b) = free a `union` free b
free _ = []

freeEnv :: Subst -> Env -> [Int]
freeEnv s env = nub (concat [free (apply s t) \\ vs | (_, Forall vs t) <- env])

unify :: Subst -> Type -> Type -> Infer Subst
unify s a b = go (apply s a) (apply s b)
  where
    go (TVar n) (TVar m) | n == m = return s
    go (TVar n) t | n `elem` free t = failWith ("infinite type " ++ normal (TVar n :*: t))
                  | otherwise = return ((n, t) : s)
    go t (TVar n) = go (TVar n) t
    go TInt TInt = return s
    go TBool TBool = return s
    go (TList x) (TList y) = unify s x y
    go (x :-> y) (x' :-> y') = unify s x x' >>= \s' -> unify s' y y'
    go (x :*: y) (x' :*: y') = unify s x x' >>= \s' -> unify s' y y'
    go x y = failWith ("cannot match " ++ normal (x :*: y))

normal :: Type -> String
normal t = show (apply [(n, TVar (1000 + k)) | (n, k) <- zip (free t) [0 ..]] t `from` 1000)
  where from ty base = shift base ty
        shift base ty = case ty of
          TVar n -> TVar (n - base)
          a :-> b -> shift base a :-> shift base b
          TList a -> TList (shift base a)
          a :*: b -> shift base a :*: shift base b
          other -> other

instantiate :: Scheme -> Infer Type
instantiate (Forall vs t) = do
  ts <- mapM (const fresh) vs
  return (apply (zip vs ts) t)

infer :: Env -> Subst -> Expr -> Infer (Subst, Type)
infer env s expr = case expr of
  Int _ -> return (s, TInt)
  Bool _ -> return (s, TBool)
  Nil -> fresh >>= \t -> return (s, TList t)
  Var v -> maybe (failWith ("unknown " ++ v)) (fmap ((,) s) . instantiate) (lookup v env)
  Lam v body -> do
    a <- fresh
    (s', b) <- infer ((v, Forall [] a) : env) s body
    return (s', a :-> b)
  App f x -> do
    (s1, tf) <- infer env s f
    (s2, tx) <- infer env s1 x
    r <- fresh
    s3 <- unify s2 tf (tx :-> r)
    return (s3, r)
  Let v e body -> do
    (s', t) <- infer env s e
    infer ((v, generalise s' env t) : env) s' body
  LetRec v e body -> do
    a <- fresh
    (s1, t) <- infer ((v, Forall [] a) : env) s e
    s2 <- unify s1 a t
    infer ((v, generalise s2 env t) : env) s2 body
  If c a b -> do
    (s1, tc) <- infer env s c
    s2 <- unify s1 tc TBool
    (s3, ta) <- infer env s2 a
    (s4, tb) <- infer env s3 b
    s5 <- unify s4 ta tb
    return (s5, ta)
  Pair a b -> do
    (s1, ta) <- infer env s a
    (s2, tb) <- infer env s1 b
    return (s2, ta :*: tb)

generalise :: Subst -> Env -> Type -> Scheme
generalise s env t = let t' = apply s t in Forall (free t' \\ freeEnv s env) t'

prelude :: Env
prelude =
  [ ("+", Forall [] (TInt :-> TInt :-> TInt)), ("-", Forall [] (TInt :-> TInt :-> TInt)), ("==", Forall [] (TInt :-> TInt :-> TBool))
  , ("cons", Forall [0] (TVar 0 :-> TList (TVar 0) :-> TList (TVar 0))), ("null", Forall [0] (TList (TVar 0) :-> TBool))
  , ("head", Forall [0] (TList (TVar 0) :-> TVar 0)), ("tail", Forall [0] (TList (TVar 0) :-> TList (TVar 0)))
  , ("fst", Forall [0, 1] (TVar 0 :*: TVar 1 :-> TVar 0)), ("snd", Forall [0, 1] (TVar 0 :*: TVar 1 :-> TVar 1)) ]

typeOf :: Expr -> String
typeOf e = either ("error: " ++) (\((s, t), _) -> normal (apply s t)) (runInfer (infer prelude [] e) 10)

app :: Expr -> [Expr] -> Expr
app = foldl App

v, x', f', g' :: Expr
v = Var "xs"; x' = Var "x"; f' = Var "f"; g' = Var "g"

mapE, foldE, compose, twice, church :: Expr -> Expr
mapE = LetRec "map" (Lam "f" (Lam "xs" (If (App (Var "null") v) Nil (app (Var "cons") [App f' (App (Var "head") v), app (Var "map") [f', App (Var "tail") v]]))))
foldE = LetRec "fold" (Lam "f" (Lam "x" (Lam "xs" (If (App (Var "null") v) x' (app f' [App (Var "head") v, app (Var "fold") [f', x', App (Var "tail") v]])))))
compose = Let "compose" (Lam "f" (Lam "g" (Lam "x" (App f' (App g' x')))))
twice = Let "twice" (Lam "f" (Lam "x" (App f' (App f' x'))))
church = Let "two" (Lam "f" (Lam "x" (App f' (App f' x'))))

main :: IO ()
main = do
  mapM_ (putStrLn . typeOf)
    [ Lam "x" x', Lam "f" (Lam "g" (Lam "x" (app f' [x', App g' x'])))
    , mapE (Var "map"), foldE (Var "fold"), compose (Var "compose"), compose (app (Var "compose") [Var "head", Var "tail"])
    , mapE (app (Var "map") [App (Var "+") (Int 1)]), mapE (app (Var "map") [Var "null", app (Var "map") [Var "tail", Nil]])
    , twice (App (Var "twice") (App (Var "cons") (Bool True))), twice (App (Var "twice") (Var "twice")), church (app (Var "two") [Var "two", Var "two"])
    , Let "id" (Lam "x" x') (Pair (App (Var "id") (Int 1)) (App (Var "id") (Bool True))), App (Lam "id" (Pair (App (Var "id") (Int 1)) (App (Var "id") (Bool True)))) (Lam "x" x')
    , Lam "x" (App x' x'), If (Int 1) (Int 2) (Int 3), If (Bool True) (Int 2) Nil, Var "nowhere", app (Var "+") [Int 1, Bool False]
    , Lam "p" (Pair (App (Var "snd") (Var "p")) (App (Var "fst") (Var "p"))), Lam "x" (Let "y" (Lam "z" x') (Pair (App (Var "y") (Int 1)) (App (Var "y") Nil)))
    , Lam "f" (Let "g" f' (Pair (App g' (Int 1)) (App g' (Int 2)))), LetRec "loop" (Lam "x" (App (Var "loop") x')) (Var "loop")
    , LetRec "length" (Lam "xs" (If (App (Var "null") v) (Int 0) (app (Var "+") [Int 1, App (Var "length") (App (Var "tail") v)]))) (Var "length") ]
  let deep n = foldr (\k e -> Let ("p" ++ show k) (if k == 0 then Lam "x" x' else Lam "z" (Pair (Var ("p" ++ show (k - 1))) (Var ("p" ++ show (k - 1))))) e) (Var ("p" ++ show (n - 1))) [0 .. n - 1 :: Int]
  print (map (length . typeOf . deep) [1 .. 6])
