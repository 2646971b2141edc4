-- Functions: composition, sections, currying, point-free style, fixed points, partial application, arities beyond the usual, operators of one's own.
import Data.Function

infixl 1 |>
(|>) :: a -> (a -> b) -> b
x |> f = f x

infixr 9 .:
(.:) :: (c -> d) -> (a -> b -> c) -> a -> b -> d
(.:) = (.) . (.)

compose :: [a -> a] -> a -> a
compose = foldr (.) id

nine :: Int -> Int -> Int -> Int -> Int -> Int -> Int -> Int -> Int -> [Int]
nine a b c d e f g h i = [a, b, c, d, e, f, g, h, i]

mixed :: Int -> Double -> Char -> Int -> Double -> String
mixed a x c b y = show a ++ show x ++ [c] ++ show b ++ show y

ackermann :: Int -> Int -> Int
ackermann 0 n = n + 1
ackermann m 0 = ackermann (m - 1) 1
ackermann m n = ackermann (m - 1) (ackermann m (n - 1))

even', odd' :: Int -> Bool
even' 0 = True
even' n = odd' (n - 1)
odd' 0 = False
odd' n = even' (n - 1)

hanoi :: Int -> String -> String -> String -> [(String, String)]
hanoi 0 _ _ _ = []
hanoi n a b c = hanoi (n - 1) a c b ++ [(a, b)] ++ hanoi (n - 1) c b a

overApplied :: Int -> Int -> (Int -> Int -> Int)
overApplied 0 _ = (+)
overApplied n m = if even m then (-) else \a -> if a > n then const a else (* a)

newtype Fix f = Fix (f (Fix f))
data ListF a r = NilF | ConsF a r
cata :: (ListF a r -> r) -> Fix (ListF a) -> r
cata alg (Fix NilF) = alg NilF
cata alg (Fix (ConsF a r)) = alg (ConsF a (cata alg r))

main :: IO ()
main = do
  print ([1 .. 10] |> filter even |> map (* 3) |> sum)
  print ((length .: replicate) 5 'x', (sum .: zipWith (*)) [1, 2, 3] [4, 5, 6])
  print (compose [(+ 1), (* 2), subtract 3] 10, map (subtract 1) [1, 2], map (2 ^) [1 .. 4], map (^ 2) [1 .. 4], map (`div` 2) [7, 8], map (7 `div`) [2, 3])
  print (curry fst 1 'x', uncurry (+) (3, 4), flip (-) 1 10, (,) 1 2, (,,) 'a' 'b' 'c', ((+) `on` length) [1, 2] [3], (&) 5 negate)
  let partial = nine 1 2 3
      more = partial 4 5
  print (map (\k -> more 6 7 8 k) [9, 10], map ($ 0) [nine 1 2 3 4 5 6 7 8])
  putStrLn (foldr (\f acc -> f 2.5 ++ acc) "" [mixed 1 0.5 'c' 2, mixed (-1) 1e10 'd' 3])
  print (fix (\rec n -> if n < 2 then 1 else n * rec (n - 1)) 20, fix (\xs -> 1 : map (* 2) xs) !! 10)
  print (ackermann 2 9, map even' [0 .. 5], odd' 1001)
  print (hanoi 3 "a" "b" "c", length (hanoi 10 "a" "b" "c"))
  print [overApplied n m 7 3 | n <- [0, 5, 9], m <- [1, 2]]
  print (cata (\l -> case l of { NilF -> 0; ConsF a r -> a + 10 * r }) (foldr (\a r -> Fix (ConsF a r)) (Fix NilF) [1, 2, 3]))
  print ((`elem` "aeiou") 'e', (subtract 2 . (* 3)) 5, (\x y -> x - y) 1 2, (\(a, b) [c] -> a + b + c) (1, 2) [3], until (> 1000) (* 2) 1)
  print (let f 0 = "zero"; f n | n < 0 = "neg" | otherwise = g n where { g 1 = "one"; g m = 's' : f (m - 1) } in map f [0, -1, 1, 4])
  print (map (uncurry3 nineOf) [(1, 2, 3)], ($ 3) <$> [(+), (*)] <*> [10], ((+) <$> (* 2) <*> (+ 10)) 3, (do { a <- (* 2); b <- (+ 10); return (a + b) }) 3)
  print (asTypeOf 3 (1 :: Double), const 1 undefined, id id 'x', seq (undefined, 1) 2, (($!) negate $! 3), maximum (map (foldl (flip ($)) 1) [[(+ 1)], [(* 5), (+ 2)]]))
  where uncurry3 f (a, b, c) = f a b c
        nineOf a b c = sum (nine a b c 4 5 6 7 8 9)
