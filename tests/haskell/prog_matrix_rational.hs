-- Matrices of Rational: product, power, determinant two ways, inverse, rank, reduced row echelon form, solving, characteristic polynomial, Hilbert matrices.
import Data.List
import Data.Maybe
import Data.Ratio

newtype Matrix a = Matrix [[a]] deriving (Eq)

instance Show a => Show (Matrix a) where
  show (Matrix rows) = intercalate "\n" (map (unwords . zipWith pad widths) cells)
    where cells = map (map show) rows
          widths = map (maximum . map length) (transpose cells)
          pad n s = replicate (n - length s) ' ' ++ s
instance Functor Matrix where fmap f (Matrix rows) = Matrix (map (map f) rows)
instance Num a => Num (Matrix a) where
  Matrix a + Matrix b = Matrix (zipWith (zipWith (+)) a b)
  Matrix a * Matrix b = Matrix [[sum (zipWith (*) r c) | c <- transpose b] | r <- a]
  negate = fmap negate
  abs = fmap abs
  signum = fmap signum
  fromInteger n = Matrix [[fromInteger n]]

newtype Q = Q Rational deriving (Eq, Ord)
instance Show Q where
  showsPrec d (Q r) | denominator r == 1 = showsPrec d (numerator r)
                    | otherwise = showParen (d > 7) (shows (numerator r) . showChar '/' . shows (denominator r))
instance Num Q where
  Q a + Q b = Q (a + b)
  Q a * Q b = Q (a * b)
  negate (Q a) = Q (negate a)
  abs (Q a) = Q (abs a)
  signum (Q a) = Q (signum a)
  fromInteger = Q . fromInteger
instance Fractional Q where
  recip (Q a) = Q (recip a)
  fromRational = Q

identity :: Num a => Int -> Matrix a
identity n = Matrix [[if i == j then 1 else 0 | j <- [1 .. n]] | i <- [1 .. n]]

size :: Matrix a -> Int
size (Matrix rows) = length rows

scale :: Num a => a -> Matrix a -> Matrix a
scale k = fmap (k *)

power :: Num a => Matrix a -> Int -> Matrix a
power m 0 = identity (size m)
power m n | even n = power (m * m) (n `div` 2)
          | otherwise = m * power m (n - 1)

trace :: Num a => Matrix a -> a
trace (Matrix rows) = sum (zipWith (!!) rows [0 ..])

laplace :: Num a => Matrix a -> a
laplace (Matrix []) = 1
laplace (Matrix (row : rows)) = sum [s * x * laplace (Matrix (map (drop' k) rows)) | (k, s, x) <- zip3 [0 ..] (cycle [1, -1]) row]
  where drop' k r = take k r ++ drop (k + 1) r

-- Reduced row echelon form, and the columns of the pivots.
echelon :: (Eq a, Fractional a) => Matrix a -> (Matrix a, [Int])
echelon (Matrix rows0) = go [] rows0 0 []
  where
    width = length (head rows0)
    go done rows c pivots
      | c == width || null rows = (Matrix (reverse done ++ rows), reverse pivots)
      | otherwise = case break ((/= 0) . (!! c)) rows of
          (_, []) -> go done rows (c + 1) pivots
          (zeros, p : rest) ->
            let p' = map (/ (p !! c)) p
                clear r = zipWith (\x y -> y - x * (r !! c)) p' r
            in go (p' : map clear done) (map clear (zeros ++ rest)) (c + 1) (c : pivots)

rank :: (Eq a, Fractional a) => Matrix a -> Int
rank = length . snd . echelon

gauss :: (Eq a, Fractional a) => Matrix a -> a
gauss (Matrix rows) = go rows
  where go [] = 1
        go rs = case break ((/= 0) . head) rs of
          (_, []) -> 0
          (before, p : after) -> (if odd (length before) then negate else id) (head p) * go [zipWith (\x y -> y - x * head r / head p) (tail p) (tail r) | r <- before ++ after]

inverse :: (Eq a, Fractional a) => Matrix a -> Maybe (Matrix a)
inverse m@(Matrix rows)
  | pivots == [0 .. n - 1] = Just (Matrix (map (drop n) reduced))
  | otherwise = Nothing
  where n = size m
        Matrix unit = identity n
        (Matrix reduced, allPivots) = echelon (Matrix (zipWith (++) rows unit))
        pivots = takeWhile (< n) allPivots

solve :: (Eq a, Fractional a) => Matrix a -> [a] -> Either String [a]
solve m@(Matrix rows) b
  | n `elem` pivots = Left "no solution"
  | length pivots < n = Left (show (n - length pivots) ++ " free")
  | otherwise = Right (map last (take n reduced))
  where n = length (head rows)
        (Matrix reduced, pivots) = echelon (Matrix (zipWith (\r x -> r ++ [x]) rows b))

-- Coefficients of the characteristic polynomial, by Faddeev and LeVerrier.
characteristic :: Fractional a => Matrix a -> [a]
characteristic m = reverse (snd (foldl next (identity n, [1]) [1 .. n]))
  where n = size m
        next (b, cs) k = let mb = m * b; c = negate (trace mb) / fromIntegral k in (mb + scale c (identity n), c : cs)

hilbert :: Int -> Matrix Q
hilbert n = Matrix [[Q (1 % fromIntegral (i + j - 1)) | j <- [1 .. n]] | i <- [1 .. n]]

evalAt :: Num a => [a] -> Matrix a -> Matrix a
evalAt cs m = foldl (\acc c -> acc * m + scale c (identity (size m))) (scale 0 (identity (size m))) cs

main :: IO ()
main = do
  let a = Matrix [[2, -1, 0], [1, 3, 5], [4, 0, -2]] :: Matrix Q
      b = fmap (/ 3) a
  print (a * b + a)
  print (laplace a, gauss a, rank a, trace a)
  print (fromJust (inverse a))
  print (fmap (* a) (inverse a) == Just (identity 3), inverse (Matrix [[1, 2], [2, 4 :: Q]]) == Nothing)
  print (solve a [1, 2, 3], solve (Matrix [[1, 2], [2, 4]]) [1, 2 :: Q], solve (Matrix [[1, 2], [2, 4]]) [1, 3 :: Q])
  print (characteristic a, all (all (== 0)) (let Matrix z = evalAt (characteristic a) a in z))
  print (fst (echelon (Matrix [[0, 2, 4, 1], [1, 1, 1, 1], [2, 4, 6, Q (5 % 2)]])))
  print (power (Matrix [[1, 1], [1, 0]]) 120 :: Matrix Integer)
  print (map (gauss . hilbert) [1 .. 6])
  print (fromJust (inverse (hilbert 5)))
  print (gauss (hilbert 9) * gauss (fromJust (inverse (hilbert 9))), laplace (hilbert 6) == gauss (hilbert 6))
  print (power (Matrix [[Q (1 % 2), Q (1 % 2)], [Q (1 % 3), Q (2 % 3)]]) 8)
  print (laplace (Matrix [[fromIntegral ((i * j) `mod` 7) | j <- [1 .. 6]] | i <- [1 .. 6]] :: Matrix Integer))
