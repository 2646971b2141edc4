-- packages: pretty containers
-- Text.PrettyPrint lays out programs of a small language that a simplifier with Data.Map environments has worked on.
import Prelude hiding ((<>))
import qualified Data.Map as M
import qualified Data.Set as S
import Text.PrettyPrint

data Expr = Num Integer | Var String | Bin String Expr Expr | Let [(String, Expr)] Expr | Lam [String] Expr | App Expr [Expr] | If Expr Expr Expr | Case Expr [(String, [String], Expr)]
  deriving (Eq, Show)

pretty :: Int -> Expr -> Doc
pretty d e = case e of
  Num n -> (if n < 0 then parens else id) (integer n)
  Var v -> text v
  Bin o a b -> let p = level o in wrap (d > p) (sep [pretty p a, text o <+> pretty (p + 1) b])
  Let bs b -> wrap (d > 0) (sep [text "let" <+> vcat [text v <+> equals <+> pretty 0 x <> semi | (v, x) <- bs], text "in" <+> pretty 0 b])
  Lam vs b -> wrap (d > 0) (hang (char '\\' <> hsep (map text vs) <+> text "->") 2 (pretty 0 b))
  App f as -> wrap (d > 9) (hang (pretty 9 f) 2 (fsep (map (pretty 10) as)))
  If c a b -> wrap (d > 0) (sep [text "if" <+> pretty 0 c, nest 2 (text "then" <+> pretty 0 a), nest 2 (text "else" <+> pretty 0 b)])
  Case s alts -> wrap (d > 0) (hang (text "case" <+> pretty 0 s <+> text "of") 2 (braces (vcat (punctuate semi [hsep (map text (c : vs)) <+> text "->" <+> pretty 0 b | (c, vs, b) <- alts]))))
  where wrap b = if b then parens else id
        level o = M.findWithDefault 4 o (M.fromList [("+", 6), ("-", 6), ("*", 7)])

free :: Expr -> S.Set String
free e = case e of
  Num _ -> S.empty
  Var v -> S.singleton v
  Bin _ a b -> S.union (free a) (free b)
  Let bs b -> foldr (\(v, x) s -> S.union (free x) (S.delete v s)) (free b) bs
  Lam vs b -> free b S.\\ S.fromList vs
  App f as -> S.unions (map free (f : as))
  If c a b -> S.unions (map free [c, a, b])
  Case s alts -> S.unions (free s : [free b S.\\ S.fromList vs | (_, vs, b) <- alts])

simplify :: M.Map String Expr -> Expr -> Expr
simplify env e = case e of
  Var v -> M.findWithDefault e v env
  Bin o a b -> fold o (simplify env a) (simplify env b)
  If c a b -> case simplify env c of { Num 0 -> simplify env b; Num _ -> simplify env a; c' -> If c' (simplify env a) (simplify env b) }
  Lam vs b -> Lam vs (simplify (foldr M.delete env vs) b)
  App f as -> case (simplify env f, map (simplify env) as) of
    (Lam vs b, xs) | length vs == length xs, all small xs -> simplify (M.union (M.fromList (zip vs xs)) (foldr M.delete env vs)) b
    (f', xs) -> App f' xs
  Let [] b -> simplify env b
  Let ((v, x) : bs) b
    | S.notMember v (free rest) -> simplify env rest
    | small x' -> simplify (M.insert v x' env) rest
    | otherwise -> case simplify (M.delete v env) rest of { Let cs c -> Let ((v, x') : cs) c; r -> Let [(v, x')] r }
    where x' = simplify env x
          rest = Let bs b
  Case s alts -> Case (simplify env s) [(c, vs, simplify (foldr M.delete env vs) b) | (c, vs, b) <- alts]
  _ -> e
  where
    small x = case x of { Num _ -> True; Var _ -> True; _ -> False }
    fold "+" (Num a) (Num b) = Num (a + b)
    fold "*" (Num a) (Num b) = Num (a * b)
    fold "-" (Num a) (Num b) = Num (a - b)
    fold "+" (Num 0) x = x
    fold "*" (Num 1) x = x
    fold o a b = Bin o a b

v :: String -> Expr
v = Var

programs :: [Expr]
programs =
  [ Bin "+" (Bin "*" (Num 2) (Num 3)) (Bin "-" (v "x") (Bin "-" (v "y") (Num (-1))))
  , Let [("unused", App (v "expensive") [Num 1]), ("two", Num 2), ("f", Lam ["a", "b"] (Bin "+" (Bin "*" (v "a") (v "two")) (v "b")))] (App (v "f") [Bin "+" (Num 1) (Num 0), App (v "g") [v "two", App (v "f") [v "z", v "f"]]])
  , Lam ["list"] (Case (v "list") [("Nil", [], Num 0), ("Cons", ["head", "tail"], If (Bin "-" (v "head") (v "head")) (App (v "aVeryLongFunctionName") [v "head", Lam ["head"] (v "head"), Bin "*" (Num 1) (v "tail")]) (App (Lam ["x"] (Bin "*" (v "x") (v "x"))) [Num 12]))])
  , Let [("a", App (v "h") [Num 1]), ("b", App (v "h") [v "a"]), ("c", v "b")] (Bin "*" (v "c") (Bin "+" (v "a") (v "c"))) ]

main :: IO ()
main = do
  mapM_ (\p -> putStrLn (render (pretty 0 p)) >> putStrLn (render (text "=>" <+> pretty 0 (simplify M.empty p)))) programs
  mapM_ (\(m, w) -> putStrLn (renderStyle style { mode = m, lineLength = w } (pretty 0 (programs !! 2)))) [(PageMode, 40), (OneLineMode, 80), (LeftMode, 80)]
  print (map (S.toList . free) programs)
  print (text "a" $$ nest 4 (text "b" $+$ text "c") <+> brackets (hcat (punctuate comma (map int [1, 2, 3]))), isEmpty empty, doubleQuotes (text "q") <> empty <> rational 0.5)
