-- N queens five ways (lists, bits, columns as a state, min-conflicts with a seeded generator, symmetric classes), a knight's tour, and Langford pairings.
import Data.Bits
import Data.Function
import Data.List
import Data.Ord

byLists :: Int -> [[Int]]
byLists n = go n
  where go 0 = [[]]
        go k = [c : cs | cs <- go (k - 1), c <- [0 .. n - 1], and [c /= d && abs (c - d) /= i | (i, d) <- zip [1 ..] cs]]

byBits :: Int -> Int
byBits n = go 0 0 0
  where full = bit n - 1
        go :: Int -> Int -> Int -> Int
        go cols ups downs
          | cols == full = 1
          | otherwise = place (full .&. complement (cols .|. ups .|. downs)) 0
          where place free acc
                  | free == 0 = acc
                  | otherwise = let b = free .&. negate free in place (free .&. (free - 1)) (acc + go (cols .|. b) ((ups .|. b) `shiftL` 1) ((downs .|. b) `shiftR` 1))

byPermutations :: Int -> Int
byPermutations n = length [p | p <- permutations [0 .. n - 1], distinct (zipWith (+) [0 ..] p), distinct (zipWith (-) [0 ..] p)]
  where distinct xs = length (nub xs) == length xs

byConflicts :: Int -> Int -> (Int, [Int])
byConflicts n seed = go 0 (take n (map (`mod` n) rs)) (drop n rs)
  where
    rs = map (`div` 65536) (iterate (\s -> (s * 1103515245 + 12345) `mod` 2147483648) seed)
    conflicts board row col = length [() | (r, c) <- zip [0 ..] board, r /= row, c == col || abs (c - col) == abs (r - row)]
    go steps board (a : b : rest)
      | null bad = (steps, board)
      | steps > 400 = go' (steps + 1) rest
      | otherwise = go (steps + 1 :: Int) (take row board ++ [col] ++ drop (row + 1) board) rest
      where
        bad = [r | (r, c) <- zip [0 ..] board, conflicts board r c > 0]
        row = bad !! (a `mod` length bad)
        scored = map (\c -> (conflicts board row c, c)) [0 .. n - 1]
        best = [c | (k, c) <- scored, k == fst (minimum scored)]
        col = best !! (b `mod` length best)
    go steps board _ = (steps, board)
    go' steps rest = go steps (take n (map (`mod` n) rest)) (drop n rest)

symmetries :: Int -> [Int] -> [[Int]]
symmetries n b = take 4 (iterate turn b) ++ take 4 (iterate turn (reverse b))
  where turn cs = map snd (sort [(c, n - 1 - r) | (r, c) <- zip [0 ..] cs])

fundamental :: Int -> [[Int]]
fundamental n = nub (map (minimum . symmetries n) (byLists n))

draw :: [Int] -> [String]
draw b = [concat [if c == q then "Q " else ". " | c <- [0 .. length b - 1]] | q <- b]

tour :: Int -> (Int, Int) -> Maybe [(Int, Int)]
tour n start = go [start] (n * n - 1)
  where
    go path 0 = Just (reverse path)
    go path@(p : _) k = firstJust [go (q : path) (k - 1) | q <- sortBy (comparing (degree path) <> compare) (moves path p)]
    go [] _ = Nothing
    moves path (r, c) = [q | (a, b) <- [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)], let q@(x, y) = (r + a, c + b), x >= 0, y >= 0, x < n, y < n, q `notElem` path]
    degree path q = length (moves (q : path) q)
    firstJust (Just a : _) = Just a
    firstJust (Nothing : rest) = firstJust rest
    firstJust [] = Nothing

langford :: Int -> [[Int]]
langford n = go n (replicate (2 * n) 0)
  where
    go 0 row = [row]
    go k row = concat [go (k - 1) (set i k (set j k row)) | i <- [0 .. 2 * n - k - 2], let j = i + k + 1, row !! i == 0, row !! j == 0]
    set i v row = take i row ++ [v] ++ drop (i + 1) row

main :: IO ()
main = do
  print (map (length . byLists) [1 .. 7], map byBits [1 .. 8], map byPermutations [1 .. 6])
  mapM_ putStrLn (draw (head (byLists 8)))
  print (map (length . fundamental) [4 .. 7], map (map (+ 1)) (fundamental 6))
  let (steps, board) = byConflicts 12 2024
  print (steps, board, length (nub (zipWith (+) [0 ..] board)), length (nub (zipWith (-) [0 ..] board)))
  print (fmap (take 12) (tour 5 (0, 0)), fmap length (tour 6 (2, 3)), tour 4 (0, 0), tour 3 (0, 0))
  print (map (length . langford) [1 .. 7], take 2 (langford 4))
  print (((==) `on` sort) (head (byLists 6)) [0 .. 5])
