-- Propositional logic: parser, truth tables, normal forms, Tseitin's translation, DPLL with unit propagation and pure literals, the pigeonhole principle, colouring.
import Data.Char
import Data.List
import Data.Maybe
import Data.Ord

data Form = T | F | P String | Not Form | Form :& Form | Form :| Form | Form :> Form | Form :<> Form deriving (Eq, Ord, Show)
infixr 4 :&
infixr 3 :|
infixr 2 :>
infix 1 :<>

parse :: String -> Form
parse s = case equivalent (filter (not . isSpace) s) of { (f, "") -> f; (_, r) -> error ("left over " ++ r) }
  where
    equivalent t = let (a, r) = implies t in case r of { '<' : '-' : '>' : r' -> let (b, r'') = implies r' in (a :<> b, r''); _ -> (a, r) }
    implies t = let (a, r) = disjunction t in case r of { '-' : '>' : r' -> let (b, r'') = implies r' in (a :> b, r''); _ -> (a, r) }
    disjunction t = let (a, r) = conjunction t in case r of { '|' : r' -> let (b, r'') = disjunction r' in (a :| b, r''); _ -> (a, r) }
    conjunction t = let (a, r) = literal t in case r of { '&' : r' -> let (b, r'') = conjunction r' in (a :& b, r''); _ -> (a, r) }
    literal ('~' : t) = let (a, r) = literal t in (Not a, r)
    literal ('(' : t) = let (a, r) = equivalent t in (a, drop 1 r)
    literal ('1' : t) = (T, t)
    literal ('0' : t) = (F, t)
    literal t = let (v, r) = span isAlphaNum t in (P v, r)

pretty :: Form -> String
pretty = go 0
  where
    go :: Int -> Form -> String
    go _ T = "1"
    go _ F = "0"
    go _ (P v) = v
    go _ (Not a) = "~" ++ go 5 a
    go d (a :& b) = par (d > 4) (go 5 a ++ " & " ++ go 4 b)
    go d (a :| b) = par (d > 3) (go 4 a ++ " | " ++ go 3 b)
    go d (a :> b) = par (d > 2) (go 3 a ++ " -> " ++ go 2 b)
    go d (a :<> b) = par (d > 1) (go 2 a ++ " <-> " ++ go 2 b)
    par b s = if b then "(" ++ s ++ ")" else s

atoms :: Form -> [String]
atoms f = nub (sort (go f))
  where go (P v) = [v]
        go (Not a) = go a
        go (a :& b) = go a ++ go b
        go (a :| b) = go a ++ go b
        go (a :> b) = go a ++ go b
        go (a :<> b) = go a ++ go b
        go _ = []

value :: (String -> Bool) -> Form -> Bool
value env f = case f of
  T -> True
  F -> False
  P v -> env v
  Not a -> not (value env a)
  a :& b -> value env a && value env b
  a :| b -> value env a || value env b
  a :> b -> not (value env a) || value env b
  a :<> b -> value env a == value env b

models :: Form -> [[(String, Bool)]]
models f = [env | env <- mapM (\v -> [(v, False), (v, True)]) (atoms f), value (\v -> fromJust (lookup v env)) f]

nnf :: Form -> Form
nnf f = case f of
  a :> b -> nnf (Not a :| b)
  a :<> b -> nnf ((a :& b) :| (Not a :& Not b))
  a :& b -> nnf a :& nnf b
  a :| b -> nnf a :| nnf b
  Not T -> F
  Not F -> T
  Not (Not a) -> nnf a
  Not (a :& b) -> nnf (Not a) :| nnf (Not b)
  Not (a :| b) -> nnf (Not a) :& nnf (Not b)
  Not (P v) -> Not (P v)
  Not a -> nnf (Not (nnf a))
  _ -> f

type Lit = Int
type Clause = [Lit]

-- Clauses that are satisfiable when the formula is, with a number for each of its parts.
tseitin :: Form -> ([(String, Int)], [Clause])
tseitin f = (table, [root] : concat clauses)
  where
    vars = atoms f
    table = zip vars [1 ..]
    (root, _, clauses) = go (nnf f) (length vars + 1)
    go :: Form -> Int -> (Lit, Int, [[Clause]])
    go (P v) n = (fromJust (lookup v table), n, [])
    go (Not (P v)) n = (negate (fromJust (lookup v table)), n, [])
    go T n = (n, n + 1, [[[n]]])
    go F n = (n, n + 1, [[[-n]]])
    go (a :& b) n = let (x, n1, cs) = go a n; (y, n2, ds) = go b n1 in (n2, n2 + 1, [[-n2, x], [-n2, y], [n2, -x, -y]] : cs ++ ds)
    go (a :| b) n = let (x, n1, cs) = go a n; (y, n2, ds) = go b n1 in (n2, n2 + 1, [[n2, -x], [n2, -y], [-n2, x, y]] : cs ++ ds)
    go g n = go (nnf g) n

data Stats = Stats { decisions :: Int, propagations :: Int } deriving Show

dpll :: [Clause] -> (Maybe [Lit], Stats)
dpll clauses0 = go clauses0 [] (Stats 0 0)
  where
    go clauses assigned st
      | null clauses = (Just assigned, st)
      | any null clauses = (Nothing, st)
      | Just l <- unit = go (assign l clauses) (l : assigned) st { propagations = propagations st + 1 }
      | l : _ <- pures = go (assign l clauses) (l : assigned) st { propagations = propagations st + 1 }
      | otherwise = let st' = st { decisions = decisions st + 1 } in case go (assign choice clauses) (choice : assigned) st' of
          (Nothing, st'') -> go (assign (negate choice) clauses) (negate choice : assigned) st''
          found -> found
      where
        unit = listToMaybe [l | [l] <- clauses]
        literals = nub (concat clauses)
        pures = [l | l <- literals, negate l `notElem` literals]
        choice = head (maximumBy (comparing length) (group (sort (concat shortest))))
        shortest = filter ((== minimum (map length clauses)) . length) clauses
    assign l = map (delete (negate l)) . filter (l `notElem`)

satisfies :: [Lit] -> [Clause] -> Bool
satisfies assigned = all (any (`elem` assigned))

pigeons :: Int -> Int -> [Clause]
pigeons n m = [[v p h | h <- [1 .. m]] | p <- [1 .. n]] ++ [[-v p h, -v q h] | h <- [1 .. m], p <- [1 .. n], q <- [p + 1 .. n]]
  where v p h = (p - 1) * m + h

colouring :: Int -> Int -> [(Int, Int)] -> [Clause]
colouring k n es = [[v x c | c <- [1 .. k]] | x <- [1 .. n]] ++ [[-v x c, -v x d] | x <- [1 .. n], c <- [1 .. k], d <- [c + 1 .. k]] ++ [[-v x c, -v y c] | (x, y) <- es, c <- [1 .. k]]
  where v x c = (x - 1) * k + c

main :: IO ()
main = do
  mapM_ formula
    [ "p -> (q -> p)", "(p -> q) & (q -> r) -> (p -> r)", "p & ~p", "p | q & r", "~(p & q) <-> ~p | ~q", "((p -> q) -> p) -> p", "(a <-> b) & (b <-> c) & (a | c) & ~(a & c)", "1 -> (p | 0)", "(x | y) & (~x | y) & (x | ~y)" ]
  mapM_ clauses [("pigeons 4 4", pigeons 4 4), ("pigeons 5 4", pigeons 5 4), ("wheel in 3 colours", colouring 3 6 wheel), ("wheel in 4 colours", colouring 4 6 wheel), ("cycle of 7 in 2", colouring 2 7 (zip [1 .. 7] ([2 .. 7] ++ [1]))), ("empty", []), ("contradiction", [[1], [-1]])]
  where
    wheel = [(1, k) | k <- [2 .. 6]] ++ zip [2 .. 6] [3, 4, 5, 6, 2]
    formula s = do
      let f = parse s
          (table, cs) = tseitin f
          (found, st) = dpll cs
          ms = models f
      putStrLn (pretty f ++ "   " ++ show (length ms) ++ " of " ++ show (2 ^ length (atoms f) :: Int) ++ (if length ms == 2 ^ length (atoms f) then " valid" else ""))
      putStrLn ("   " ++ pretty (nnf f))
      putStrLn ("   " ++ maybe "unsatisfiable" (\as -> unwords [(if n `elem` as then "" else "~") ++ v | (v, n) <- table, n `elem` as || negate n `elem` as]) found ++ " " ++ show (length cs) ++ " clauses " ++ show st)
      print (isJust found == not (null ms), models (nnf f) == ms || atoms (nnf f) /= atoms f, maybe True (`satisfies` cs) found)
    clauses (name, cs) = let (found, st) = dpll cs in putStrLn (name ++ ": " ++ maybe "no" (show . sort . filter (> 0)) found ++ " " ++ show st ++ maybe "" (const (if maybe False (`satisfies` cs) found then " checked" else " WRONG")) found)
