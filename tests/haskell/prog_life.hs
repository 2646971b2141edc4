-- Conway's life three ways: sets of live cells, an array with wrapped edges, and a zipper of zippers; patterns in and out as text.
import Data.Array
import Data.List

type Live = [(Int, Int)]

parse :: [String] -> Live
parse rows = [(r, c) | (r, row) <- zip [0 ..] rows, (c, '#') <- zip [0 ..] row]

stepSet :: Live -> Live
stepSet live = sort [cell | (cell, n) <- counts, n == 3 || n == 2 && cell `elem` live]
  where counts = map (\g -> (head g, length g)) (group (sort [(r + dr, c + dc) | (r, c) <- live, dr <- [-1, 0, 1], dc <- [-1, 0, 1], (dr, dc) /= (0, 0)]))

type Torus = Array (Int, Int) Bool

torus :: Int -> Int -> Live -> Torus
torus h w live = accumArray (\_ b -> b) False ((0, 0), (h - 1, w - 1)) [((r `mod` h, c `mod` w), True) | (r, c) <- live]

stepTorus :: Torus -> Torus
stepTorus t = listArray (bounds t) (map next (indices t))
  where
    (_, (h, w)) = bounds t
    next (r, c) = case length (filter (t !) [((r + dr) `mod` (h + 1), (c + dc) `mod` (w + 1)) | (dr, dc) <- around]) of
      3 -> True
      2 -> t ! (r, c)
      _ -> False
    around = [(dr, dc) | dr <- [-1, 0, 1], dc <- [-1, 0, 1], (dr, dc) /= (0, 0)]

-- An infinite plane as a comonad: a focus with infinite rows on each side.
data Zip a = Zip [a] a [a]
newtype Plane a = Plane (Zip (Zip a))

instance Functor Zip where fmap f (Zip l a r) = Zip (map f l) (f a) (map f r)
instance Functor Plane where fmap f (Plane z) = Plane (fmap (fmap f) z)

left, right :: Zip a -> Zip a
left (Zip (l : ls) a rs) = Zip ls l (a : rs)
left z = z
right (Zip ls a (r : rs)) = Zip (a : ls) r rs
right z = z

positions :: Zip a -> Zip (Zip a)
positions z = Zip (tail (iterate left z)) z (tail (iterate right z))

up, down, west, east :: Plane a -> Plane a
up (Plane z) = Plane (left z)
down (Plane z) = Plane (right z)
west (Plane z) = Plane (fmap left z)
east (Plane z) = Plane (fmap right z)

focus :: Plane a -> a
focus (Plane (Zip _ (Zip _ a _) _)) = a

duplicate :: Plane a -> Plane (Plane a)
duplicate p = Plane (Zip (map row (tail (iterate up p))) (row p) (map row (tail (iterate down p))))
  where row q = Zip (tail (iterate west q)) q (tail (iterate east q))

stepPlane :: Plane Bool -> Plane Bool
stepPlane = fmap rule . duplicate
  where rule p = let n = length (filter focus [f p | f <- [up, down, west, east, up . west, up . east, down . west, down . east]])
                 in n == 3 || n == 2 && focus p

plane :: Live -> Plane Bool
plane live = Plane (fmap row (integers 0))
  where row r = fmap (\c -> (r, c) `elem` live) (integers 0)
        integers n = Zip (iterate (subtract 1) (n - 1)) n (iterate (+ 1) (n + 1)) :: Zip Int

window :: Int -> Int -> Plane a -> [[a]]
window h w (Plane (Zip _ r rs)) = map (\(Zip _ a as) -> take w (a : as)) (take h (r : rs))

draw :: [[Bool]] -> [String]
draw = map (map (\b -> if b then '#' else '.'))

drawSet :: Int -> Int -> Live -> [String]
drawSet h w live = draw [[(r, c) `elem` live | c <- [0 .. w - 1]] | r <- [0 .. h - 1]]

rowsOf :: Torus -> [String]
rowsOf t = draw [[t ! (r, c) | c <- [0 .. w]] | r <- [0 .. h]]
  where (_, (h, w)) = bounds t

glider, blinker, acorn :: Live
glider = parse [".#.", "..#", "###"]
blinker = parse ["...", "###", "..."]
acorn = parse [".#.....", "...#...", "##..###"]

sideBySide :: [[String]] -> [String]
sideBySide = map (intercalate "  ") . transpose

main :: IO ()
main = do
  mapM_ putStrLn (sideBySide (map (drawSet 6 6) (take 6 (iterate stepSet glider))))
  mapM_ putStrLn (sideBySide (map rowsOf (take 5 (iterate stepTorus (torus 5 5 glider)))))
  print (iterate stepTorus (torus 6 6 glider) !! 24 == torus 6 6 glider)
  print (iterate stepSet blinker !! 2 == blinker, map length (take 30 (iterate stepSet acorn)))
  mapM_ putStrLn (sideBySide (map (draw . window 5 5) (take 3 (iterate stepPlane (plane glider)))))
  print (and [concat (draw (window 4 4 p)) == concat (drawSet 4 4 s) | (p, s) <- take 3 (zip (iterate stepPlane (plane glider)) (iterate stepSet glider))])
  let periods seed = length (takeWhile (`notElem` take 1 seen) (tail seen)) where seen = take 20 (iterate stepTorus seed)
  print [periods (torus 4 4 p) | p <- [blinker, parse ["##", "##"], glider]]
