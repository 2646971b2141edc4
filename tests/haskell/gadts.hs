-- GADTs: a typed evaluator, length-indexed vectors, equality of types, existential packing with a type representation.
{-# LANGUAGE GADTs, KindSignatures, RankNTypes, StandaloneDeriving #-}

data Expr a where
  IntE :: Int -> Expr Int
  BoolE :: Bool -> Expr Bool
  Add :: Expr Int -> Expr Int -> Expr Int
  Mul :: Expr Int -> Expr Int -> Expr Int
  If :: Expr Bool -> Expr a -> Expr a -> Expr a
  Eq :: (Show b, Eq b) => Expr b -> Expr b -> Expr Bool
  Pair :: Expr a -> Expr b -> Expr (a, b)
  Fst :: Expr (a, b) -> Expr a
  Lam :: (Expr a -> Expr b) -> Expr (a -> b)
  App :: Expr (a -> b) -> Expr a -> Expr b
  Val :: a -> Expr a

eval :: Expr a -> a
eval (IntE n) = n
eval (BoolE b) = b
eval (Add a b) = eval a + eval b
eval (Mul a b) = eval a * eval b
eval (If c t e) = if eval c then eval t else eval e
eval (Eq a b) = eval a == eval b
eval (Pair a b) = (eval a, eval b)
eval (Fst p) = fst (eval p)
eval (Lam f) = \a -> eval (f (Val a))
eval (App f a) = eval f (eval a)
eval (Val a) = a

simplify :: Expr a -> Expr a
simplify (Add (IntE 0) e) = simplify e
simplify (Mul (IntE 1) e) = simplify e
simplify (Mul (IntE 0) _) = IntE 0
simplify (Add a b) = Add (simplify a) (simplify b)
simplify (If (BoolE True) t _) = simplify t
simplify (If (BoolE False) _ e) = simplify e
simplify (Fst (Pair a _)) = simplify a
simplify e = e

render :: Expr a -> String
render (IntE n) = show n
render (BoolE b) = show b
render (Add a b) = "(" ++ render a ++ " + " ++ render b ++ ")"
render (Mul a b) = render a ++ " * " ++ render b
render (If c t e) = "if " ++ render c ++ " then " ++ render t ++ " else " ++ render e
render (Eq a b) = render a ++ " == " ++ render b
render (Pair a b) = "<" ++ render a ++ ", " ++ render b ++ ">"
render (Fst p) = "fst " ++ render p
render (Lam _) = "\\…"
render (App f a) = render f ++ " $ " ++ render a
render (Val _) = "…"

data Z
data S n
data Vec n a where
  Nil :: Vec Z a
  (:>) :: a -> Vec n a -> Vec (S n) a
infixr 5 :>
deriving instance Show a => Show (Vec n a)

vhead :: Vec (S n) a -> a
vhead (a :> _) = a
vzip :: (a -> b -> c) -> Vec n a -> Vec n b -> Vec n c
vzip _ Nil Nil = Nil
vzip f (a :> as) (b :> bs) = f a b :> vzip f as bs
vlist :: Vec n a -> [a]
vlist Nil = []
vlist (a :> as) = a : vlist as

data Type a where
  TInt :: Type Int
  TString :: Type String
  TList :: Type a -> Type [a]
  TFun :: Type a -> Type b -> Type (a -> b)

data Equal a b where Refl :: Equal a a

same :: Type a -> Type b -> Maybe (Equal a b)
same TInt TInt = Just Refl
same TString TString = Just Refl
same (TList a) (TList b) = do { Refl <- same a b; Just Refl }
same (TFun a b) (TFun c d) = do { Refl <- same a c; Refl <- same b d; Just Refl }
same _ _ = Nothing

data Dynamic = forall a. Dynamic (Type a) a

display :: Type a -> a -> String
display TInt n = show n
display TString s = s
display (TList t) as = concatMap ((++ ";") . display t) as
display (TFun _ _) _ = "<function>"

extract :: Type a -> Dynamic -> Maybe a
extract t (Dynamic t' a) = case same t' t of
  Just Refl -> Just a
  Nothing -> Nothing

apply :: Dynamic -> Dynamic -> Maybe Dynamic
apply (Dynamic (TFun a b) f) (Dynamic t x) = fmap (\Refl -> Dynamic b (f x)) (same t a)
apply _ _ = Nothing

main :: IO ()
main = do
  let e = If (Eq (Add (IntE 2) (IntE 3)) (IntE 5)) (Fst (Pair (Mul (IntE 6) (IntE 7)) (BoolE False))) (IntE 0)
  print (eval e)
  putStrLn (render e)
  putStrLn (render (simplify (Add (IntE 0) (Mul (IntE 1) (Add (IntE 0) (If (BoolE True) (IntE 9) (IntE 8)))))))
  print (eval (Pair (App (Lam (\x -> Mul x x)) (IntE 12)) (Eq (BoolE True) (BoolE False))))
  let v = 1 :> 2 :> 3 :> Nil
  print (v, vhead v, vzip (*) v (4 :> 5 :> 6 :> Nil), sum (vlist (vzip (-) v v)))
  let dynamics = [Dynamic TInt 3, Dynamic TString "text", Dynamic (TList TInt) [1, 2], Dynamic (TFun TInt (TList TInt)) (\n -> [n, n * n])]
  mapM_ (\(Dynamic t a) -> putStrLn (display t a)) dynamics
  print (map (extract TInt) dynamics, map (extract (TList TInt)) dynamics)
  print [maybe "no" (\(Dynamic t a) -> display t a) (apply f x) | f <- dynamics, x <- dynamics]
