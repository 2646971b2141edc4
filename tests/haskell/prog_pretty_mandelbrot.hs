-- Figures in characters: the Mandelbrot set in Complex Double, a Julia set in fixed-point Int, Sierpinski's triangle by rule 90, a plotted function, a Hilbert curve.
import Data.Bits
import Data.Complex
import Data.List

mandelbrot :: Complex Double -> Int
mandelbrot c = length (takeWhile ((<= 2) . magnitude) (take 24 (iterate (\z -> z * z + c) 0)))

shade :: Int -> Char
shade n = " .:-=+*#%@" !! min 9 (n * 10 `div` 25)

julia :: Int -> Int -> Int
julia x0 y0 = go 0 x0 y0
  where
    one = 4096
    go n x y | n >= 20 || (x * x + y * y) `div` one > 4 * one = n :: Int
             | otherwise = go (n + 1) ((x * x - y * y) `div` one - 3277) (2 * x * y `div` one + 640)

rule :: Int -> [Bool] -> [Bool]
rule number cells = zipWith3 next (False : cells) cells (drop 1 cells ++ [False])
  where next a b c = testBit number (4 * fromEnum a + 2 * fromEnum b + fromEnum c)

plot :: Int -> Int -> (Double, Double) -> (Double -> Double) -> [String]
plot w h (a, b) f = transpose [column (f (a + (b - a) * fromIntegral i / fromIntegral (w - 1))) | i <- [0 .. w - 1]]
  where
    ys = [f (a + (b - a) * fromIntegral i / fromIntegral (w - 1)) | i <- [0 .. w - 1]]
    (lo, hi) = (minimum ys, maximum ys)
    row y = round ((hi - y) / (hi - lo) * fromIntegral (h - 1)) :: Int
    column y = [if r == row y then '*' else if r == row 0 then '-' else ' ' | r <- [0 .. h - 1]]

data Turn = L | R | F deriving Eq

hilbert :: Int -> [Turn]
hilbert = a
  where
    a 0 = []
    a n = [L] ++ b (n - 1) ++ [F, R] ++ a (n - 1) ++ [F] ++ a (n - 1) ++ [R, F] ++ b (n - 1) ++ [L]
    b 0 = []
    b n = [R] ++ a (n - 1) ++ [F, L] ++ b (n - 1) ++ [F] ++ b (n - 1) ++ [L, F] ++ a (n - 1) ++ [R]

trace :: [Turn] -> [(Int, Int)]
trace = go (0, 0) (1, 0)
  where
    go p _ [] = [p]
    go p d (L : ts) = let (x, y) = d in go p (-y, x) ts
    go p d (R : ts) = let (x, y) = d in go p (y, -x) ts
    go p@(x, y) d@(dx, dy) (F : ts) = p : go (x + dx, y + dy) d ts

drawCurve :: [(Int, Int)] -> [String]
drawCurve ps = [[cell (x, y) | x <- [2 * x0 .. 2 * x1]] | y <- reverse [2 * y0 .. 2 * y1]]
  where
    (x0, x1) = (minimum (map fst ps), maximum (map fst ps))
    (y0, y1) = (minimum (map snd ps), maximum (map snd ps))
    points = [(2 * x, 2 * y) | (x, y) <- ps]
    links = zipWith (\(a, b) (c, d) -> ((a + c) `div` 2, (b + d) `div` 2)) points (drop 1 points)
    cell p@(_, y) | p `elem` points = '+'
                  | p `elem` links = if odd y then '|' else '-'
                  | otherwise = ' '

main :: IO ()
main = do
  mapM_ putStrLn [[shade (mandelbrot (x :+ y)) | x <- map (\k -> -2.1 + 0.05 * fromIntegral k) [0 .. 55 :: Int]] | y <- map (\k -> 1.2 - 0.12 * fromIntegral k) [0 .. 20 :: Int]]
  mapM_ putStrLn [[shade (julia (k * 220 - 6160) (5280 - j * 440)) | k <- [0 .. 56]] | j <- [0 .. 24]]
  let seed = replicate 31 False ++ [True] ++ replicate 31 False
  mapM_ (putStrLn . dropWhileEnd (== ' ') . map (\b -> if b then '^' else ' ')) (take 16 (iterate (rule 90) seed))
  mapM_ (putStrLn . map (\b -> if b then '1' else '0')) (take 8 (iterate (rule 30) (take 31 (drop 16 seed))))
  mapM_ (putStrLn . dropWhileEnd (== ' ')) (plot 60 15 (-7, 7) (\x -> sin x + x / 5))
  mapM_ (putStrLn . dropWhileEnd (== ' ')) (drawCurve (trace (hilbert 3)))
  print (length (nub (trace (hilbert 4))), last (trace (hilbert 4)))
