-- A compiler to a stack machine and the machine: expressions, functions with frames, peephole optimisation, a disassembler, faults with a trace.
import Data.Array
import Data.List
import Data.Maybe

data Expr = Lit Int | Var String | Op Char Expr Expr | If Expr Expr Expr | Let String Expr Expr | Call String [Expr] deriving Show
data Def = Def { defName :: String, params :: [String], body :: Expr }

data Instr = Push Int | Load Int | Store Int | Arith Char | Jump Int | JumpZero Int | CallAt Int Int | Ret Int | Pop | Dup | Halt | Label Int | JumpTo Int | JumpZeroTo Int | CallTo String Int
  deriving (Eq, Show)

newtype Gen a = Gen { runGen :: Int -> (a, Int) }
instance Functor Gen where fmap f (Gen g) = Gen (\n -> let (a, n') = g n in (f a, n'))
instance Applicative Gen where { pure a = Gen (\n -> (a, n)); Gen f <*> Gen g = Gen (\n -> let (h, n') = f n; (a, n'') = g n' in (h a, n'')) }
instance Monad Gen where Gen g >>= f = Gen (\n -> let (a, n') = g n in runGen (f a) n')

label :: Gen Int
label = Gen (\n -> (n, n + 1))

compile :: [String] -> Expr -> Gen [Instr]
compile env e = case e of
  Lit n -> return [Push n]
  Var v -> return [Load (fromMaybe (error ("unbound " ++ v)) (elemIndex v env'))]
  Op o a b -> do { x <- compile env a; y <- compile env b; return (x ++ y ++ [Arith o]) }
  If c a b -> do
    other <- label
    end <- label
    x <- compile env c
    y <- compile env a
    z <- compile env b
    return (x ++ [JumpZeroTo other] ++ y ++ [JumpTo end, Label other] ++ z ++ [Label end])
  Let v a b -> do
    x <- compile env a
    y <- compile (env ++ [v]) b
    return (x ++ [Store (length env)] ++ y)
  Call f as -> do
    xs <- mapM (compile env) as
    return (concat xs ++ [CallTo f (length as)])
  where env' = map (\(k, v) -> if v `elem` drop (k + 1) env then "" else v) (zip [0 ..] env)

peephole :: [Instr] -> [Instr]
peephole is | is' == is = is
            | otherwise = peephole is'
  where
    is' = go is
    go (Push a : Push b : Arith o : r) | o /= '/' || b /= 0 = Push (arith o a b) : go r
    go (Push 0 : Arith '+' : r) = go r
    go (Push 1 : Arith '*' : r) = go r
    go (Push n : JumpZeroTo l : r) = if n == 0 then JumpTo l : go r else go r
    go (JumpTo l : r@(Label m : _)) | l == m = go r
    go (JumpTo l : r) = JumpTo l : go (dropWhile (not . isLabel) r)
    go (Store a : Load b : r) | a == b, Load a `notElem` r, notUsed a r = go r
    go (i : r) = i : go r
    go [] = []
    isLabel (Label _) = True
    isLabel _ = False
    notUsed a = all (\i -> case i of { Load b -> a /= b; Store b -> a /= b; Jump _ -> True; _ -> True })

assemble :: [(String, Int, [Instr])] -> (Array Int Instr, [(String, Int)])
assemble parts = (listArray (0, length code - 1) code, entries)
  where
    start = [CallTo "main" 0, Halt]
    sized = filter (\i -> case i of { Label _ -> False; _ -> True })
    offsets = scanl (\n (_, _, is) -> n + length (sized is)) (length start) parts
    entries = [(f, o) | ((f, _, _), o) <- zip parts offsets]
    labels = concat [positions o is | ((_, _, is), o) <- zip parts offsets]
    positions _ [] = []
    positions o (Label l : is) = (l, o) : positions o is
    positions o (_ : is) = positions (o + 1) is
    code = concatMap (mapMaybe link) (start : [is | (_, _, is) <- parts])
    link i = case i of
      Label _ -> Nothing
      JumpTo l -> Just (Jump (at l))
      JumpZeroTo l -> Just (JumpZero (at l))
      CallTo f n -> Just (CallAt (fromMaybe (error ("no function " ++ f)) (lookup f entries)) n)
      _ -> Just i
    at l = fromJust (lookup l labels)

compileAll :: Bool -> [Def] -> (Array Int Instr, [(String, Int)])
compileAll optimise defs = assemble (fst (runGen (mapM one defs) 0))
  where one (Def f ps b) = fmap (\is -> (f, length ps, (if optimise then peephole else id) (is ++ [Ret (length ps)]))) (compile ps b)

arith :: Char -> Int -> Int -> Int
arith o a b = case o of { '+' -> a + b; '-' -> a - b; '*' -> a * b; '/' -> a `div` b; '<' -> fromEnum (a < b); '=' -> fromEnum (a == b); '%' -> a `mod` b; _ -> error "operator" }

data Frame = Frame { returnTo :: Int, locals :: [(Int, Int)], base :: [Int] }
data Machine = Machine { pc :: Int, stack :: [Int], frames :: [Frame], steps :: Int, deepest :: Int }

run :: Int -> Array Int Instr -> Either String (Int, Int, Int)
run limit code = go (Machine 0 [] [Frame 0 [] []] 0 0)
  where
    go m | steps m > limit = Left ("still running after " ++ show limit ++ " steps at " ++ show (pc m))
         | not (inRange (bounds code) (pc m)) = Left ("lost at " ++ show (pc m))
         | otherwise = step (code ! pc m) m { pc = pc m + 1, steps = steps m + 1 }
    step i m = case (i, stack m, frames m) of
      (Halt, x : _, _) -> Right (x, steps m, deepest m)
      (Push n, s, _) -> go m { stack = n : s }
      (Load k, s, f : _) -> maybe (Left ("local " ++ show k ++ " is not set")) (\v -> go m { stack = v : s }) (lookup k (locals f))
      (Store k, x : s, f : fs) -> go m { stack = s, frames = f { locals = (k, x) : filter ((/= k) . fst) (locals f) } : fs }
      (Arith '/', 0 : _, fs) -> Left ("division by zero at " ++ show (pc m - 1) ++ ", called from " ++ show (map ((subtract 1) . returnTo) (init fs)))
      (Arith o, b : a : s, _) -> let r = arith o a b in r `seq` go m { stack = r : s }
      (Jump l, _, _) -> go m { pc = l }
      (JumpZero l, x : s, _) -> go m { pc = if x == 0 then l else pc m, stack = s }
      (CallAt l n, s, fs) -> let (as, s') = splitAt n s; d = max (deepest m) (length fs) in d `seq` go m { pc = l, stack = [], frames = Frame (pc m) (zip [n - 1, n - 2 ..] as) s' : fs, deepest = d }
      (Ret _, x : _, f : fs) -> go m { pc = returnTo f, stack = x : base f, frames = fs }
      (Pop, _ : s, _) -> go m { stack = s }
      (Dup, x : s, _) -> go m { stack = x : x : s }
      _ -> Left ("stack too small for " ++ show i)

interpret :: [Def] -> Int
interpret defs = eval [] (body (fromJust (find ((== "main") . defName) defs)))
  where eval env e = case e of
          Lit n -> n
          Var v -> fromJust (lookup v env)
          Op o a b -> arith o (eval env a) (eval env b)
          If c a b -> if eval env c /= 0 then eval env a else eval env b
          Let v a b -> eval ((v, eval env a) : env) b
          Call f as -> let Def _ ps b = fromJust (find ((== f) . defName) defs) in eval (zip ps (map (eval env) as)) b

disassemble :: (Array Int Instr, [(String, Int)]) -> [String]
disassemble (code, entries) = concat [[f ++ ":" | (f, o) <- entries, o == n] ++ [replicate (4 - length (show n)) ' ' ++ show n ++ "  " ++ show i] | (n, i) <- assocs code]

n', m' :: Expr
n' = Var "n"
m' = Var "m"

programs :: [(String, [Def])]
programs =
  [ ("constant", [Def "main" [] (Op '+' (Op '*' (Lit 6) (Lit 7)) (Let "x" (Lit 10) (Op '-' (Var "x") (If (Op '<' (Lit 2) (Lit 1)) (Lit 3) (Lit 10)))))])
  , ("factorial", [Def "main" [] (Call "fact" [Lit 12]), Def "fact" ["n"] (If (Op '<' n' (Lit 2)) (Lit 1) (Op '*' n' (Call "fact" [Op '-' n' (Lit 1)])))])
  , ("gcd", [Def "main" [] (Call "gcd" [Lit 1071, Lit 462]), Def "gcd" ["n", "m"] (If (Op '=' m' (Lit 0)) n' (Call "gcd" [m', Op '%' n' m']))])
  , ("fibonacci", [Def "fib" ["n"] (If (Op '<' n' (Lit 2)) n' (Op '+' (Call "fib" [Op '-' n' (Lit 1)]) (Call "fib" [Op '-' n' (Lit 2)]))), Def "main" [] (Call "fib" [Lit 14])])
  , ("ackermann", [Def "ack" ["m", "n"] (If (Op '=' m' (Lit 0)) (Op '+' n' (Lit 1)) (If (Op '=' n' (Lit 0)) (Call "ack" [Op '-' m' (Lit 1), Lit 1]) (Call "ack" [Op '-' m' (Lit 1), Call "ack" [m', Op '-' n' (Lit 1)]]))), Def "main" [] (Call "ack" [Lit 2, Lit 6])])
  , ("shadowing", [Def "main" [] (Let "x" (Lit 1) (Op '+' (Let "x" (Op '+' (Var "x") (Lit 10)) (Op '*' (Var "x") (Lit 2))) (Var "x")))]) ]

main :: IO ()
main = do
  mapM_ check programs
  mapM_ putStrLn (disassemble (compileAll False (snd (programs !! 1))))
  mapM_ putStrLn (disassemble (compileAll True (snd (head programs))))
  print (run 1000 (fst (compileAll True [Def "main" [] (Call "f" [Lit 3]), Def "f" ["n"] (If n' (Call "f" [Op '-' n' (Lit 1)]) (Op '/' (Lit 1) n'))])))
  print (run 5000 (fst (compileAll True [Def "main" [] (Call "main" [])])))
  print (run 10 (listArray (0, 1) [Push 1, Arith '+']), run 10 (listArray (0, 0) [Jump 7]))
  where check (name, defs) = putStrLn (name ++ ": " ++ show (interpret defs) ++ " " ++ show (run 200000 (fst (compileAll False defs))) ++ " " ++ show (run 200000 (fst (compileAll True defs))))
