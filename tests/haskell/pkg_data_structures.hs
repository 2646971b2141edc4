-- packages: containers deepseq array
-- Data.Map and Data.Sequence as working memory of algorithms: LRU cache, interval merging, sliding window maximum, union of schedules, memoisation through a lazy map; deepseq.
import Control.DeepSeq
import Control.Exception
import Data.Array.Unboxed
import Data.Foldable (foldl', toList)
import qualified Data.IntMap.Strict as IM
import qualified Data.Map as M
import qualified Data.Map.Strict as MS
import Data.Sequence (Seq, ViewL (..), ViewR (..), viewl, viewr, (|>))
import qualified Data.Sequence as Q
import qualified Data.Set as S

data Lru k v = Lru { capacity :: Int, tick :: Int, entries :: M.Map k (Int, v), ages :: IM.IntMap k }

newLru :: Int -> Lru k v
newLru n = Lru n 0 M.empty IM.empty

touch :: Ord k => k -> v -> Lru k v -> Lru k v
touch k v c = c { tick = tick c + 1, entries = M.insert k (tick c, v) (entries c), ages = IM.insert (tick c) k (maybe id (IM.delete . fst) (M.lookup k (entries c)) (ages c)) }

getLru :: Ord k => k -> Lru k v -> (Maybe v, Lru k v)
getLru k c = case M.lookup k (entries c) of
  Nothing -> (Nothing, c)
  Just (_, v) -> (Just v, touch k v c)

putLru :: Ord k => k -> v -> Lru k v -> Lru k v
putLru k v c | M.size (entries c') <= capacity c = c'
             | otherwise = let Just ((_, old), rest) = IM.minViewWithKey (ages c') in c' { entries = M.delete old (entries c'), ages = rest }
  where c' = touch k v c

windowMax :: Ord a => Int -> [a] -> [a]
windowMax w xs = go Q.empty (zip [0 ..] xs)
  where
    go _ [] = []
    go q ((i, x) : rest) = let q' = expire i (dropSmaller x q |> (i, x)) in [snd (Q.index q' 0) | i >= w - 1] ++ go q' rest
    dropSmaller x q = case viewr q of { r :> (_, y) | y <= x -> dropSmaller x r; _ -> q }
    expire i q = case viewl q of { (j, _) :< r | j <= i - w -> expire i r; _ -> q }

mergeIntervals :: [(Int, Int)] -> [(Int, Int)]
mergeIntervals = M.toList . foldl' add M.empty
  where add m (a, b) = let (touching, rest) = M.partitionWithKey (\c d -> c <= b && a <= d) m
                           lo = minimum (a : M.keys touching); hi = maximum (b : M.elems touching)
                       in M.insert lo hi rest

paths :: (Int, Int) -> Integer
paths goal = table M.! goal
  where table = M.fromList [(p, count p) | p <- [(r, c) | r <- [0 .. fst goal], c <- [0 .. snd goal]]]
        count (0, _) = 1
        count (_, 0) = 1
        count (r, c) | (r * c) `mod` 7 == 3 = 0
                     | otherwise = table M.! (r - 1, c) + table M.! (r, c - 1)

sumset :: Int -> [Int] -> S.Set Int
sumset limit = foldl' (\s x -> S.union s (S.filter (<= limit) (S.map (+ x) s))) (S.singleton 0)

data Rec = Rec Int [Rec]
instance NFData Rec where rnf (Rec n rs) = n `seq` rnf rs

main :: IO ()
main = do
  let c0 = foldl' (\c (k, v) -> putLru k v c) (newLru 3) (zip "abc" [1 :: Int ..])
      (a, c1) = getLru 'a' c0
      c2 = putLru 'd' 4 c1
  print (a, map (\k -> fst (getLru k c2)) "abcd", IM.toList (ages c2))
  print (windowMax 3 [1, 3, -1, -3, 5, 3, 6, 7 :: Int], windowMax 1 "abc", windowMax 5 [1, 2 :: Int])
  print (mergeIntervals [(1, 3), (8, 10), (2, 6), (15, 18), (17, 20), (6, 7), (11, 12)])
  print (paths (12, 12), S.toList (sumset 30 [3, 7, 12, 15]))
  let text = words "one fish two fish red fish blue fish"
      counts = MS.fromListWith (+) [(w, 1 :: Int) | w <- text]
  print (M.foldrWithKey (\k n acc -> (n, k) : acc) [] counts, MS.foldl' (+) 0 counts, toList (Q.sortOn negate (Q.fromList (M.elems counts))))
  r <- try (evaluate (force [1, 2, error "deep" :: Int]))
  putStrLn (either (\(ErrorCall m) -> m) show r)
  s <- try (evaluate (M.fromList [(k, if k == 3 then error "value" else k) | k <- [1 .. 5 :: Int]]))
  putStrLn (either (\(ErrorCall m) -> m) (show . M.size) s)
  t <- try (evaluate (MS.fromList [(k, if k == 3 then error "strict value" else k) | k <- [1 .. 5 :: Int]]))
  putStrLn (either (\(ErrorCall m) -> m) (show . M.size) t)
  u <- try (evaluate (Rec 1 [Rec 2 [], Rec (error "inside") []] `deepseq` ()))
  putStrLn (either (\(ErrorCall m) -> m) show u)
  v <- try (return $!! (Just (error "rnf", 'x') :: Maybe (Int, Char)))
  putStrLn (either (\(ErrorCall m) -> m) (const "forced") v)
  let histogram = accumArray (+) 0 (0, 9) [((k * k) `mod` 10, 1) | k <- [1 .. 100]] :: UArray Int Int
  print (histogram, sum (elems histogram), rnf (Seq' (Q.fromList "abc")))
newtype Seq' = Seq' (Seq Char)
instance NFData Seq' where rnf (Seq' s) = rnf (toList s)
