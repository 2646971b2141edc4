-- Logic programming: reader, unification with occurs check, depth-first resolution with cut and negation, lists and arithmetic; lazily many answers.
import Data.Char
import Data.List

data Term = Var String Int | Atom String | Int Integer | Fn String [Term] deriving (Eq, Ord)
data Clause = Clause Term [Term]
type Subst = [((String, Int), Term)]

instance Show Term where
  show (Var v n) = v ++ (if n == 0 then "" else "_" ++ show n)
  show (Atom a) = a
  show (Int n) = show n
  show t@(Fn "." _) = "[" ++ elements t ++ "]"
    where elements (Fn "." [a, Atom "[]"]) = show a
          elements (Fn "." [a, b@(Fn "." _)]) = show a ++ "," ++ elements b
          elements (Fn "." [a, b]) = show a ++ "|" ++ show b
          elements u = show u
  show (Fn f [a, b]) | not (isAlpha (head f)) = "(" ++ show a ++ f ++ show b ++ ")"
  show (Fn f as) = f ++ "(" ++ intercalate "," (map show as) ++ ")"

-- Reading: tokens are strings; each _ is a variable of its own.
tokens :: String -> [String]
tokens = zipWith (\k t -> if t == "_" then '_' : show k else t) [0 :: Int ..] . split

split :: String -> [String]
split s = case dropWhile isSpace s of
  [] -> []
  c : cs | isAlphaNum c || c == '_' -> let (a, r) = span (\d -> isAlphaNum d || d == '_') (c : cs) in a : split r
         | Just op <- find (`isPrefixOf` (c : cs)) [":-", "\\+", "=<", ">=", "=:=", "\\="] -> op : split (drop (length op) (c : cs))
         | otherwise -> [c] : split cs

term, arith, factor, simple :: [String] -> (Term, [String])
term ts = case arith ts of
  (a, op : r) | op `elem` ["=", "<", ">", "=<", ">=", "is", "\\=", "=:="] -> let (b, r') = arith r in (Fn op [a, b], r')
  r -> r
arith ts = more (factor ts)
  where more (a, op : r) | op `elem` ["+", "-"] = let (b, r') = factor r in more (Fn op [a, b], r')
        more r = r
factor ts = more (simple ts)
  where more (a, op : r) | op `elem` ["*", "/"] = let (b, r') = simple r in more (Fn op [a, b], r')
        more r = r
simple ("(" : ts) = let (t, r) = term ts in (t, drop 1 r)
simple ("[" : "]" : ts) = (Atom "[]", ts)
simple ("[" : ts) = list ts
  where list us = case term us of
          (a, "," : r) -> let (b, r') = list r in (Fn "." [a, b], r')
          (a, "|" : r) -> let (b, r') = term r in (Fn "." [a, b], drop 1 r')
          (a, r) -> (Fn "." [a, Atom "[]"], drop 1 r)
simple ("!" : ts) = (Atom "!", ts)
simple ("\\+" : ts) = let (t, r) = term ts in (Fn "\\+" [t], r)
simple (w : "(" : ts) | isAlpha (head w) = let (as, r) = terms ts in (Fn w as, drop 1 r)
simple (w : ts) | all isDigit w = (Int (read w), ts)
                | isUpper (head w) || head w == '_' = (Var w 0, ts)
                | otherwise = (Atom w, ts)
simple [] = error "unexpected end"

terms :: [String] -> ([Term], [String])
terms ts = case term ts of
  (a, "," : r) -> let (as, r') = terms r in (a : as, r')
  (a, r) -> ([a], r)

clauses :: String -> [Clause]
clauses = go . tokens
  where go [] = []
        go ts = case term ts of
          (h, ":-" : r) -> let (b, r') = terms r in Clause h b : go (drop 1 r')
          (h, r) -> Clause h [] : go (drop 1 r)

walk :: Subst -> Term -> Term
walk s t@(Var v n) = maybe t (walk s) (lookup (v, n) s)
walk _ t = t

resolve :: Subst -> Term -> Term
resolve s t = case walk s t of
  Fn f as -> Fn f (map (resolve s) as)
  u -> u

unify :: Term -> Term -> Subst -> Maybe Subst
unify a b s = case (walk s a, walk s b) of
  (Var v n, Var w m) | v == w && n == m -> Just s
  (Var v n, t) | occurs (v, n) t -> Nothing
               | otherwise -> Just (((v, n), t) : s)
  (t, v@(Var _ _)) -> unify v t s
  (Fn f as, Fn g bs) | f == g && length as == length bs -> foldl (\acc (x, y) -> acc >>= unify x y) (Just s) (zip as bs)
  (x, y) | x == y -> Just s
         | otherwise -> Nothing
  where occurs v t = case walk s t of
          Var w m -> v == (w, m)
          Fn _ as -> any (occurs v) as
          _ -> False

rename :: Int -> Term -> Term
rename n (Var v _) = Var v n
rename n (Fn f as) = Fn f (map (rename n) as)
rename _ t = t

-- An answer, the rest of them, and whether a cut forbids what comes after.
data Result = Result [(Subst, Int)] Bool

solve :: [Clause] -> Int -> [Term] -> Subst -> Int -> Result
solve _ _ [] s n = Result [(s, n)] False
solve db depth (Atom "!" : goals) s n = let Result as _ = solve db depth goals s n in Result as True
solve db depth (goal : goals) s n = case walk s goal of
  Fn "=" [a, b] -> continue (unify a b s)
  Fn "\\=" [a, b] -> continue (maybe (Just s) (const Nothing) (unify a b s))
  Fn "\\+" [g] -> let Result as _ = solve db depth [g] s n in continue (if null as then Just s else Nothing)
  Fn "is" [v, e] -> continue (unify v (Int (number s e)) s)
  Fn op [a, b] | Just rel <- lookup op relations -> continue (if rel (number s a) (number s b) then Just s else Nothing)
  Atom "true" -> continue (Just s)
  Atom "fail" -> Result [] False
  g -> call [c | c@(Clause h _) <- db, functor h == functor g] g
  where
    continue = maybe (Result [] False) (\s' -> solve db depth goals s' n)
    call candidates g = joined [answers c g | c <- candidates]
    answers (Clause h body) g = case unify g (rename (n + 1) h) s of
      Nothing -> Result [] False
      Just s' -> solve db (depth + 1) (map (rename (n + 1)) body) s' (n + 1)
    joined rs = let found = uptoCut rs
                    afterwards = [solve db depth goals s' n' | (s', n') <- found]
                in Result (concat (stopAtCut afterwards)) (any (\(Result _ c) -> c) (take (length (stopAtCut afterwards)) afterwards))
    uptoCut (Result as c : rs) = as ++ (if c then [] else uptoCut rs)
    uptoCut [] = []
    stopAtCut (Result as c : rs) = as : (if c then [] else stopAtCut rs)
    stopAtCut [] = []

functor :: Term -> (String, Int)
functor (Fn f as) = (f, length as)
functor (Atom a) = (a, 0)
functor t = (show t, -1)

relations :: [(String, Integer -> Integer -> Bool)]
relations = [("<", (<)), (">", (>)), ("=<", (<=)), (">=", (>=)), ("=:=", (==))]

number :: Subst -> Term -> Integer
number s t = case walk s t of
  Int n -> n
  Fn "+" [a, b] -> number s a + number s b
  Fn "-" [a, b] -> number s a - number s b
  Fn "*" [a, b] -> number s a * number s b
  Fn "/" [a, b] -> number s a `div` number s b
  u -> error ("not a number: " ++ show u)

variables :: Term -> [Term]
variables v@(Var w _) = [v | head w /= '_']
variables (Fn _ as) = nub (concatMap variables as)
variables _ = []

program :: [Clause]
program = clauses (unlines
  [ "parent(ann, bob). parent(ann, cat). parent(bob, dan). parent(cat, eve). parent(dan, fay)."
  , "ancestor(X, Y) :- parent(X, Y). ancestor(X, Z) :- parent(X, Y), ancestor(Y, Z)."
  , "sibling(X, Y) :- parent(P, X), parent(P, Y), X \\= Y."
  , "append([], L, L). append([H|T], L, [H|R]) :- append(T, L, R)."
  , "member(X, [X|_]). member(X, [_|T]) :- member(X, T)."
  , "reverse(L, R) :- rev(L, [], R). rev([], A, A). rev([H|T], A, R) :- rev(T, [H|A], R)."
  , "select(X, [X|T], T). select(X, [H|T], [H|R]) :- select(X, T, R)."
  , "perm([], []). perm(L, [H|T]) :- select(H, L, R), perm(R, T)."
  , "length([], 0). length([_|T], N) :- length(T, M), N is M + 1."
  , "fact(0, 1) :- !. fact(N, F) :- M is N - 1, fact(M, G), F is N * G."
  , "max(X, Y, X) :- X >= Y, !. max(_, Y, Y)."
  , "first(X, L) :- member(X, L), !."
  , "queens(N, Qs) :- range(1, N, Ns), perm(Ns, Qs), safe(Qs). safe([]). safe([Q|Qs]) :- noattack(Q, Qs, 1), safe(Qs)."
  , "noattack(_, [], _). noattack(Q, [P|Ps], D) :- Q \\= P, A is P + D, Q \\= A, B is P - D, Q \\= B, E is D + 1, noattack(Q, Ps, E)."
  , "range(N, N, [N]) :- !. range(A, N, [A|T]) :- B is A + 1, range(B, N, T)."
  , "colour(red). colour(green). colour(blue)."
  , "map([A, B, C, D]) :- colour(A), colour(B), A \\= B, colour(C), C \\= A, C \\= B, colour(D), D \\= B, D \\= C."
  , "nat(0). nat(N) :- nat(M), N is M + 1."
  , "orphan(X) :- parent(X, _), \\+ parent(_, X)." ])

query :: Int -> String -> IO ()
query limit q = do
  let (goals, _) = terms (tokens q)
      Result answers _ = solve program 0 goals [] 0
      vars = nub (concatMap variables goals)
      render s = if null vars then "yes" else intercalate ", " [show v ++ " = " ++ show (resolve s v) | v <- vars]
  putStrLn ("?- " ++ q)
  mapM_ (putStrLn . ("   " ++)) (if null answers then ["no"] else map (render . fst) (take limit answers))

main :: IO ()
main = do
  mapM_ (query 8)
    [ "ancestor(ann, X)", "ancestor(X, fay)", "sibling(dan, X)", "sibling(bob, X)", "append(X, Y, [1, 2, 3])", "append([1], X, [1, 2, 3])", "reverse([a, b, c], R)", "member(X, [p, q]), member(X, [q, r])"
    , "perm([1, 2, 3], P)", "length([a, b, c], N)", "fact(20, F)", "max(3, 7, M)", "max(9, 7, M)", "first(X, [7, 8, 9])", "map(M)", "orphan(X)", "X = f(X)", "f(X, g(Y)) = f(Y, g(3))", "X is 2 + 3 * 4 - 10 / 3, X =:= 11"
    , "[H|T] = [1]", "\\+ member(4, [1, 2])", "nothing(X)", "parent(X, Y), X = ann, !", "append(X, [Last], [1, 2, 3, 4])" ] 
  query 3 "nat(N)"
  query 1 "queens(6, Q)"
