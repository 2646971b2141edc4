-- Weighted graphs: Dijkstra with a leftist heap, Bellman–Ford, Floyd–Warshall on arrays, Prim's tree, components, all agreeing.
import Data.Array
import Data.List
import Data.Maybe
import Data.Ord

type Graph = Array Int [(Int, Int)]

data Heap a = E | T Int a (Heap a) (Heap a)

rank :: Heap a -> Int
rank E = 0
rank (T r _ _ _) = r

merge :: Ord a => Heap a -> Heap a -> Heap a
merge E h = h
merge h E = h
merge h@(T _ a l r) k@(T _ b l' r')
  | a <= b = node a l (merge r k)
  | otherwise = node b l' (merge h r')
  where node x p q | rank p >= rank q = T (rank q + 1) x p q
                   | otherwise = T (rank p + 1) x q p

insertHeap :: Ord a => a -> Heap a -> Heap a
insertHeap a = merge (T 1 a E E)

fromEdges :: Int -> [(Int, Int, Int)] -> Graph
fromEdges n es = fmap sort (accumArray (flip (:)) [] (0, n - 1) [(u, (v, w)) | (u, v, w) <- es])

undirected :: [(Int, Int, Int)] -> [(Int, Int, Int)]
undirected es = es ++ [(v, u, w) | (u, v, w) <- es]

dijkstra :: Graph -> Int -> Array Int (Maybe (Int, Int))
dijkstra g source = go (T 1 (0, source, source) E E) (fmap (const Nothing) g)
  where
    go E done = done
    go (T _ (d, v, from) l r) done
      | isJust (done ! v) = go rest done
      | otherwise = go (foldl' (flip insertHeap) rest [(d + w, u, v) | (u, w) <- g ! v, isNothing (done ! u)]) (done // [(v, Just (d, from))])
      where rest = merge l r

pathTo :: Array Int (Maybe (Int, Int)) -> Int -> Maybe [Int]
pathTo tree v = fmap (const (reverse (walk v))) (tree ! v)
  where walk u = case tree ! u of
          Just (_, p) | p /= u -> u : walk p
          _ -> [u]

bellmanFord :: Graph -> Int -> Either [Int] (Array Int (Maybe Int))
bellmanFord g source = go (length (indices g)) (fmap (const Nothing) g // [(source, Just 0)])
  where
    edges = [(u, v, w) | (u, outs) <- assocs g, (v, w) <- outs]
    relax d = accum better d [(v, du + w) | (u, v, w) <- edges, Just du <- [d ! u]]
    better old new = Just (maybe new (min new) old)
    go k d | d' == d = Right d
           | k == 0 = Left [v | v <- indices d, d ! v /= d' ! v]
           | otherwise = go (k - 1 :: Int) d'
      where d' = relax d

floyd :: Graph -> Array (Int, Int) (Maybe Int)
floyd g = foldl' through start [lo .. hi]
  where
    (lo, hi) = bounds g
    start = accumArray better Nothing ((lo, lo), (hi, hi)) ([((v, v), 0) | v <- [lo .. hi]] ++ [((u, v), w) | (u, outs) <- assocs g, (v, w) <- outs])
    better old new = Just (maybe new (min new) old)
    through d k = listArray (bounds d) [shorter (d ! (i, j)) (d ! (i, k)) (d ! (k, j)) | i <- [lo .. hi], j <- [lo .. hi]]
    shorter direct (Just a) (Just b) = Just (maybe (a + b) (min (a + b)) direct)
    shorter direct _ _ = direct

prim :: Graph -> ([(Int, Int)], Int)
prim g = go [fst (bounds g)] (foldr (\(u, w) -> insertHeap (w, fst (bounds g), u)) E (g ! fst (bounds g))) [] 0
  where
    go _ E tree cost = (reverse tree, cost)
    go seen (T _ (w, u, v) l r) tree cost
      | v `elem` seen = go seen rest tree cost
      | otherwise = go (v : seen) (foldl' (flip insertHeap) rest [(w', v, x) | (x, w') <- g ! v, x `notElem` seen]) ((u, v) : tree) (cost + w)
      where rest = merge l r

components :: Graph -> [[Int]]
components g = go (indices g) []
  where
    go [] found = reverse found
    go (v : vs) found = let c = reach [v] [] in go (vs \\ c) (sort c : found)
    reach [] seen = seen
    reach (v : vs) seen | v `elem` seen = reach vs seen
                        | otherwise = reach (map fst (g ! v) ++ vs) (v : seen)

strong :: Graph -> [[Int]]
strong g = foldl collect [] (reverse (postorder g (indices g)))
  where
    back = accumArray (flip (:)) [] (bounds g) [(v, (u, w)) | (u, outs) <- assocs g, (v, w) <- outs] :: Graph
    collect groups v | any (v `elem`) groups = groups
                     | otherwise = groups ++ [sort (filter (`notElem` concat groups) (reachable v (concat groups)))]
    reachable v blocked = walk [v] []
      where walk [] seen = seen
            walk (x : xs) seen | x `elem` seen || x `elem` blocked = walk xs seen
                               | otherwise = walk (map fst (back ! x) ++ xs) (x : seen)

postorder :: Graph -> [Int] -> [Int]
postorder g = reverse . snd . foldl visit ([], [])
  where visit (seen, out) v | v `elem` seen = (seen, out)
                            | otherwise = let (s, o) = foldl visit (v : seen, out) (map fst (g ! v)) in (s, v : o)

randomEdges :: Int -> Int -> Int -> [(Int, Int, Int)]
randomEdges n m seed = [(u, v, w) | (a, b, c) <- take m (triples (tail (iterate (\s -> (s * 48271) `mod` 2147483647) seed))), let { u = a `div` 7 `mod` n; v = b `div` 7 `mod` n; w = 1 + c `mod` 50 }, u /= v]
  where triples (a : b : c : rest) = (a, b, c) : triples rest
        triples _ = []

main :: IO ()
main = do
  let small = fromEdges 7 (undirected [(0, 1, 7), (0, 3, 5), (1, 2, 8), (1, 3, 9), (1, 4, 7), (2, 4, 5), (3, 4, 15), (3, 5, 6), (4, 5, 8)])
  print (elems (dijkstra small 0))
  print (map (pathTo (dijkstra small 0)) [2, 5, 6])
  print (prim small, components small)
  print (elems (floyd small) == [if i == j then Just 0 else fmap fst (dijkstra small i ! j) | i <- [0 .. 6], j <- [0 .. 6]])
  let big = fromEdges 24 (randomEdges 24 70 2024)
      distances = fmap (fmap fst) (dijkstra big 0)
  print (elems distances)
  print (Right distances == bellmanFord big 0, [floyd big ! (0, v) | v <- [0 .. 23]] == elems distances)
  print (map (pathTo (dijkstra big 0)) [5, 17, 23])
  print (strong big, map length (components (fromEdges 30 (undirected (randomEdges 30 22 7)))))
  print (bellmanFord (fromEdges 4 [(0, 1, 1), (1, 2, -3), (2, 3, 2), (3, 1, -1)]) 0, bellmanFord (fromEdges 3 [(0, 1, 4), (0, 2, 1), (2, 1, -2)]) 0)
  print (maximumBy (comparing snd) [(p, d) | ((i, j), Just d) <- assocs (floyd big), let p = (i, j)])
