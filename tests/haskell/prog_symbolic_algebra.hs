-- Symbolic algebra: parsing, simplification to a normal form, derivatives, Taylor series, substitution, numeric checks, polynomials with division and gcd.
import Data.Char
import Data.List
import Data.Maybe
import Data.Ratio

data Expr = C Rational | X String | Expr :+ Expr | Expr :* Expr | Expr :^ Int | Fn String Expr deriving (Eq, Ord)
infixl 6 :+
infixl 7 :*
infixr 8 :^

instance Num Expr where
  (+) = (:+)
  (*) = (:*)
  negate e = C (-1) :* e
  fromInteger = C . fromInteger
  abs = Fn "abs"
  signum = Fn "signum"
instance Fractional Expr where
  fromRational = C
  recip e = e :^ (-1)

instance Show Expr where
  showsPrec d e = case e of
    C r | denominator r == 1 -> showParen (numerator r < 0 && d > 6) (shows (numerator r))
        | otherwise -> showParen (d > 7) (shows (numerator r) . showChar '/' . shows (denominator r))
    X v -> showString v
    a :+ b -> showParen (d > 6) (showsPrec 6 a . showString " + " . showsPrec 6 b)
    C (-1) :* b -> showParen (d > 7) (showChar '-' . showsPrec 7 b)
    a :* b -> showParen (d > 7) (showsPrec 7 a . showChar '*' . showsPrec 7 b)
    a :^ n -> showParen (d > 8) (showsPrec 9 a . showChar '^' . showsPrec 9 n)
    Fn f a -> showString f . showChar '(' . shows a . showChar ')'

parse :: String -> Expr
parse s = case sum' (filter (not . isSpace) s) of { (e, "") -> e; (_, r) -> error ("left over " ++ r) }
  where
    sum' t = more (product' t)
      where more (a, '+' : r) = let (b, r') = product' r in more (a + b, r')
            more (a, '-' : r) = let (b, r') = product' r in more (a - b, r')
            more r = r
    product' t = more (power t)
      where more (a, '*' : r) = let (b, r') = power r in more (a * b, r')
            more (a, '/' : r) = let (b, r') = power r in more (a / b, r')
            more r = r
    power ('-' : t) = let (a, r) = power t in (negate a, r)
    power t = case atom t of
      (a, '^' : '-' : r) -> let (n, r') = span isDigit r in (a :^ negate (read n), r')
      (a, '^' : r) -> let (n, r') = span isDigit r in (a :^ read n, r')
      r -> r
    atom ('(' : t) = let (a, r) = sum' t in (a, drop 1 r)
    atom t@(c : _) | isDigit c = let (n, r) = span isDigit t in (C (fromInteger (read n)), r)
                   | otherwise = case span isAlpha t of
                       (f, '(' : r) -> let (a, r') = sum' r in (Fn f a, drop 1 r')
                       (v, r) -> (X v, r)
    atom [] = error "unexpected end"

-- Sums of products: a coefficient and powers of what is no sum or product, in order.
type Monomial = [(Expr, Int)]
type Normal = [(Monomial, Rational)]

normal :: Expr -> Normal
normal e = case e of
  C r -> [([], r) | r /= 0]
  X _ -> [([(e, 1)], 1)]
  a :+ b -> add (normal a) (normal b)
  a :* b -> mul (normal a) (normal b)
  a :^ n | n >= 0 -> foldr mul [([], 1)] (replicate n (normal a))
         | otherwise -> case normal a of
             [(m, c)] -> [(map (\(x, k) -> (x, k * n)) m, c ^^ n)]
             p -> [([(denormal p, n)], 1)]
  Fn f a -> case (f, normal a) of
    ("sin", []) -> []
    ("cos", []) -> [([], 1)]
    ("exp", []) -> [([], 1)]
    ("ln", [([], 1)]) -> []
    (_, p) -> [([(Fn f (denormal p), 1)], 1)]

add, mul :: Normal -> Normal -> Normal
add p q = filter ((/= 0) . snd) (merge p q)
  where merge ((m, a) : r) ((n, b) : t) = case compare n m of
          LT -> (m, a) : merge r ((n, b) : t)
          GT -> (n, b) : merge ((m, a) : r) t
          EQ -> (m, a + b) : merge r t
        merge r t = r ++ t
mul p q = foldr add [] [[(joined m n, a * b)] | (m, a) <- p, (n, b) <- q]
  where joined m n = filter ((/= 0) . snd) (map (\g -> (fst (head g), sum (map snd g))) (groupBy (\a b -> fst a == fst b) (sortOn fst (m ++ n))))

denormal :: Normal -> Expr
denormal [] = C 0
denormal p = foldl1 (:+) (map term p)
  where term (m, c) = case map power m of
          [] -> C c
          fs | c == 1 -> foldl1 (:*) fs
             | otherwise -> C c :* foldl1 (:*) fs
        power (x, 1) = x
        power (x, n) = x :^ n

simplify :: Expr -> Expr
simplify = denormal . normal

derive :: String -> Expr -> Expr
derive v e = case e of
  C _ -> 0
  X w -> if v == w then 1 else 0
  a :+ b -> derive v a + derive v b
  a :* b -> derive v a * b + a * derive v b
  a :^ n -> fromIntegral n * (a :^ (n - 1)) * derive v a
  Fn f a -> derive v a * case f of
    "sin" -> Fn "cos" a
    "cos" -> negate (Fn "sin" a)
    "exp" -> e
    "ln" -> recip a
    "sqrt" -> recip (2 * e)
    _ -> error ("no derivative of " ++ f)

subst :: String -> Expr -> Expr -> Expr
subst v r e = case e of
  X w | v == w -> r
  a :+ b -> subst v r a + subst v r b
  a :* b -> subst v r a * subst v r b
  a :^ n -> subst v r a :^ n
  Fn f a -> Fn f (subst v r a)
  _ -> e

evaluate :: [(String, Double)] -> Expr -> Double
evaluate env e = case e of
  C r -> fromRational r
  X v -> fromMaybe (0 / 0) (lookup v env)
  a :+ b -> evaluate env a + evaluate env b
  a :* b -> evaluate env a * evaluate env b
  a :^ n -> evaluate env a ^^ n
  Fn f a -> fromMaybe id (lookup f [("sin", sin), ("cos", cos), ("exp", exp), ("ln", log), ("sqrt", sqrt), ("abs", abs)]) (evaluate env a)

taylor :: Int -> Expr -> [Expr]
taylor n e = [simplify (subst "x" 0 d * C (1 % product [1 .. k])) | (k, d) <- zip [0 ..] (take n (iterate (simplify . derive "x") e))]

-- Polynomials in one variable, lowest power first.
type Poly = [Rational]

trim :: Poly -> Poly
trim = dropWhileEnd (== 0)

divide :: Poly -> Poly -> (Poly, Poly)
divide p q = go [] (trim p)
  where go quot r | length r < length q = (trim quot, r)
                  | otherwise = let c = last r / last q; k = length r - length q
                                    r' = trim (zipWith (-) r (replicate k 0 ++ map (c *) q ++ repeat 0))
                                in go (zipLong quot (replicate k 0 ++ [c])) r'
        zipLong a b = take (max (length a) (length b)) (zipWith (+) (a ++ repeat 0) (b ++ repeat 0))

polyGcd :: Poly -> Poly -> Poly
polyGcd a b | null (trim b) = map (/ last (trim a)) (trim a)
            | otherwise = polyGcd b (snd (divide a (trim b)))

times :: Poly -> Poly -> Poly
times a b = [sum [a !! i * b !! (k - i) | i <- [0 .. k], i < length a, k - i < length b] | k <- [0 .. length a + length b - 2]]

main :: IO ()
main = do
  mapM_ show' ["(x + 1)^3 - (x - 1)^3", "x*x^2/x^5", "2*x + 3*y - x/2 + y - 4*y", "(x + y)*(x - y)", "sin(x - x) + cos(0)*exp(2*x - x*2)", "1/(x+1) + 1/(x+1)", "(a*b)^2*(c/b)", "ln(1) + 3/4", "-x^2", "(-x)^2"]
  mapM_ (\s -> let e = parse s; d = simplify (derive "x" e) in putStrLn ("d " ++ s ++ " = " ++ show d ++ "   " ++ check e d)) ["x^3 - 2*x + 7", "sin(x)*cos(x)", "exp(x^2)", "ln(x^2 + 1)", "sqrt(x)/x", "1/(1 + x^2)", "y*x + y", "sin(cos(x))"]
  mapM_ (\s -> putStrLn (s ++ " ~ " ++ intercalate ", " (map show (taylor 7 (parse s))))) ["exp(x)", "sin(x)", "1/(1 - x)", "ln(1 + x)", "cos(2*x)", "(1 + x)^4"]
  print (simplify (subst "x" (parse "y + 1") (parse "x^2 - x")), evaluate [("x", 2)] (parse "x^3/4 - x"))
  let p = times [-1, 1] (times [2, 1] [1, 0, 1]); q = times [-1, 1] [3, 0, 0, 1]
  print (p, q, divide p q, polyGcd p q, divide p [-1, 1])
  where
    show' s = putStrLn (s ++ " = " ++ show (simplify (parse s)))
    check e d = let at k = evaluate [("x", k), ("y", 3)]; h = 1e-6; slope k = (at (k + h) e - at (k - h) e) / (2 * h)
                in if all (\k -> abs (slope k - at k d) < 1e-4) [0.7, 1.3, 2.1] then "agrees" else "DIFFERS"
