-- A discrete-event simulation of a queue with several servers: pairing heap of events, a generator of random numbers, statistics by Welford, a histogram.
import Data.List
import Text.Printf

data Heap a = Nil | Tree a [Heap a]

merge :: Ord a => Heap a -> Heap a -> Heap a
merge Nil h = h
merge h Nil = h
merge h@(Tree a as) k@(Tree b bs) | a <= b = Tree a (k : as)
                                  | otherwise = Tree b (h : bs)

push :: Ord a => a -> Heap a -> Heap a
push a = merge (Tree a [])

pop :: Ord a => Heap a -> Maybe (a, Heap a)
pop Nil = Nothing
pop (Tree a hs) = Just (a, pair hs)
  where pair (x : y : rest) = merge (merge x y) (pair rest)
        pair [x] = x
        pair [] = Nil

newtype Rng = Rng Int

next :: Rng -> (Int, Rng)
next (Rng s) = let s' = (s * 16807) `mod` 2147483647 in (s', Rng s')

uniform :: Int -> Int -> Rng -> (Int, Rng)
uniform lo hi r = let (n, r') = next r in (lo + n `mod` (hi - lo + 1), r')

-- Times are whole numbers: a geometric law by repeated trials.
geometric :: Int -> Rng -> (Int, Rng)
geometric mean = go 1
  where go k r = let (n, r') = uniform 1 mean r in if n == 1 || k > 20 * mean then (k, r') else go (k + 1) r'

data Kind = Leave Int Int | Arrive | Tick | Close deriving (Eq, Ord, Show)
type Event = (Int, Int, Kind)

data Stats = Stats { samples :: Int, mean :: Double, spread :: Double, largest :: Int }

record :: Int -> Stats -> Stats
record x (Stats n m s l) = Stats n' m' (s + d * (fromIntegral x - m')) (max l x)
  where n' = n + 1
        d = fromIntegral x - m
        m' = m + d / fromIntegral n'

data World = World { clock :: Int, queue :: Heap Event, waiting :: [Int], freeServers :: [Int], rng :: Rng, waits :: Stats, served :: [Int], lost :: Int, serial :: Int, lengths :: [Int], busy :: [(Int, Int)], log' :: [String] }

schedule :: Int -> Kind -> World -> World
schedule delay k w = w { queue = push (clock w + delay, serial w, k) (queue w), serial = serial w + 1 }

arrive :: Int -> World -> World
arrive limit w
  | length (waiting w) >= limit = again w { lost = lost w + 1 }
  | otherwise = again (serve w { waiting = waiting w ++ [clock w] })
  where again v = let (d, r) = geometric 4 (rng v) in schedule d Arrive v { rng = r }

serve :: World -> World
serve w = case (waiting w, freeServers w) of
  (t : ts, s : ss) ->
    let (d, r) = uniform 3 (12 + 4 * s) (rng w)
    in serve (schedule d (Leave s t) w { waiting = ts, freeServers = ss, rng = r, waits = record (clock w - t) (waits w), busy = (s, d) : busy w })
  _ -> w

step :: Int -> Event -> World -> World
step limit (t, _, k) w0 = case k of
  Arrive -> arrive limit w
  Leave s came -> serve w { freeServers = insert s (freeServers w), served = (t - came) : served w }
  Tick -> schedule 100 Tick w { lengths = length (waiting w) : lengths w, log' = printf "%5d waiting %2d free %s lost %d" t (length (waiting w)) (show (freeServers w)) (lost w) : log' w }
  Close -> w { queue = Nil }
  where w = w0 { clock = t }

run :: Int -> World -> World
run limit w = case pop (queue w) of
  Nothing -> w
  Just (e, rest) -> run limit (step limit e w { queue = rest })

simulate :: Int -> Int -> Int -> Int -> World
simulate servers limit end seed = run limit (schedule end Close (schedule 100 Tick (schedule 0 Arrive start)))
  where start = World { clock = 0, queue = Nil, waiting = [], freeServers = [1 .. servers], rng = Rng seed, waits = Stats 0 0 0 0, served = [], lost = 0, serial = 0, lengths = [], busy = [], log' = [] }

report :: World -> IO ()
report w = do
  let st = waits w
  mapM_ putStrLn (reverse (log' w))
  printf "served %d, lost %d, wait mean %.3f deviation %.3f longest %d\n" (length (served w)) (lost w) (mean st) (sqrt (spread st / fromIntegral (max 1 (samples st - 1)))) (largest st)
  mapM_ (\g -> printf "server %d busy %d\n" (fst (head g)) (sum (map snd g))) (groupBy (\a b -> fst a == fst b) (sortOn fst (busy w)))
  let buckets = map (\g -> (head g, length g)) (group (sort (map (`div` 5) (served w))))
  mapM_ (\(b, n) -> printf "%3d-%-3d %s %d\n" (b * 5) (b * 5 + 4) (replicate ((n + 1) `div` 2) '*') n) buckets

main :: IO ()
main = do
  report (simulate 2 6 600 42)
  report (simulate 3 100 400 7)
  printf "%s\n" (show [(s, length (served w), lost w, round (mean (waits w) * 100) :: Int) | s <- [1 .. 5], let w = simulate s 5 500 99])
  let sortByHeap xs = unfoldr pop (foldr push Nil xs)
  print (sortByHeap [5, 3, 9, 1, 5, 2 :: Int], sortByHeap "pairing heap")
