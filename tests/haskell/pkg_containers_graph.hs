-- packages: containers
-- A maze on a grid: breadth-first and A* search with Data.Set as the queue and Data.Map as what is known, flood fill, a generated maze drawn.
import qualified Data.Map.Strict as M
import Data.Maybe (fromMaybe)
import qualified Data.Set as S

type Point = (Int, Int)
type Maze = S.Set Point

randoms :: Int -> [Int]
randoms = map (`div` 65536) . drop 1 . iterate (\s -> (s * 1103515245 + 12345) `mod` 2147483648)

-- Carves passages by a walk that goes back where it cannot go on.
carve :: Int -> Int -> Int -> Maze
carve w h seed = go (S.singleton (1, 1)) [(1, 1)] (randoms seed)
  where
    go open [] _ = open
    go open (p@(x, y) : path) (r : rs) =
      case [q | (dx, dy) <- rotate (r `mod` 4) [(2, 0), (0, 2), (-2, 0), (0, -2)], let q@(a, b) = (x + dx, y + dy), a > 0, b > 0, a < w, b < h, S.notMember q open] of
        [] -> go open path rs
        q@(a, b) : _ -> go (S.insert ((x + a) `div` 2, (y + b) `div` 2) (S.insert q open)) (q : p : path) rs
    go open _ [] = open
    rotate k xs = drop k xs ++ take k xs

neighbours :: Maze -> Point -> [Point]
neighbours m (x, y) = filter (`S.member` m) [(x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1)]

bfs :: Maze -> Point -> M.Map Point (Int, Maybe Point)
bfs m start = go (M.singleton start (0, Nothing)) [start]
  where
    go known [] = known
    go known layer = let (known', next) = foldl visit (known, []) layer in go known' (reverse next)
    visit (known, next) p = foldl (reach p) (known, next) (neighbours m p)
    reach p (known, next) q | M.member q known = (known, next)
                            | otherwise = (M.insert q (fst (known M.! p) + 1, Just p) known, q : next)

astar :: Maze -> Point -> Point -> (Maybe [Point], Int)
astar m start goal = go (S.singleton (estimate start, 0, start)) (M.singleton start (0, Nothing)) S.empty
  where
    estimate (x, y) = abs (x - fst goal) + abs (y - snd goal)
    go queue known closed = case S.minView queue of
      Nothing -> (Nothing, S.size closed)
      Just ((_, g, p), rest)
        | p == goal -> (Just (reverse (trace p)), S.size closed)
        | S.member p closed -> go rest known closed
        | otherwise -> let better = [(q, g + 1) | q <- neighbours m p, g + 1 < maybe maxBound fst (M.lookup q known)]
                       in go (foldr (\(q, c) s -> S.insert (c + estimate q, c, q) s) rest better) (foldr (\(q, c) k -> M.insert q (c, Just p) k) known better) (S.insert p closed)
      where trace p = p : maybe [] trace (snd (known M.! p))

draw :: Int -> Int -> Maze -> [Point] -> [String]
draw w h m path = [[cell (x, y) | x <- [0 .. w]] | y <- [0 .. h]]
  where onPath = S.fromList path
        cell p | S.member p onPath = '.'
               | S.member p m = ' '
               | otherwise = '#'

main :: IO ()
main = do
  let (w, h) = (30, 16)
      maze = carve w h 77
      open = foldr S.insert maze [(x, y) | (k, (x, y)) <- zip (randoms 5) [(x, y) | x <- [1 .. w - 1], y <- [1 .. h - 1]], k `mod` 6 == 0]
      goal = (29, 15)
      solve m = do
        let distances = bfs m (1, 1)
            (path, looked) = astar m (1, 1) goal
        mapM_ putStrLn (draw w h m (fromMaybe [] path))
        print (M.size distances, fmap fst (M.lookup goal distances), fmap (subtract 1 . length) path, looked, maximum (fmap fst distances))
  solve maze
  solve open
  print (fst (astar (S.delete goal maze) (1, 1) goal), S.size open - S.size maze)
