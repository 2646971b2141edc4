-- Sudoku by constraint propagation and search over the cell with fewest candidates; candidates are bits of an Int.
import Data.Array
import Data.Bits
import Data.Char
import Data.List
import Data.Ord

type Cell = (Int, Int)
type Grid = Array Cell Int

cells :: [Cell]
cells = range ((0, 0), (8, 8))

units :: [[Cell]]
units = [[(r, c) | c <- [0 .. 8]] | r <- [0 .. 8]] ++ [[(r, c) | r <- [0 .. 8]] | c <- [0 .. 8]]
     ++ [[(r + dr, c + dc) | dr <- [0 .. 2], dc <- [0 .. 2]] | r <- [0, 3, 6], c <- [0, 3, 6]]

unitsOf :: Array Cell [[Cell]]
unitsOf = listArray ((0, 0), (8, 8)) [filter (c `elem`) units | c <- cells]

peers :: Array Cell [Cell]
peers = fmap (const []) unitsOf // [(c, nub (concat (unitsOf ! c)) \\ [c]) | c <- cells]

everything :: Int
everything = 0x1ff

digits :: Int -> [Int]
digits m = [d | d <- [1 .. 9], testBit m (d - 1)]

single :: Int -> Bool
single m = popCount m == 1

assign :: Cell -> Int -> Grid -> Maybe Grid
assign c d g = foldl (\acc d' -> acc >>= eliminate c d') (Just g) (digits (g ! c) \\ [d])

eliminate :: Cell -> Int -> Grid -> Maybe Grid
eliminate c d g
  | not (testBit m (d - 1)) = Just g
  | m' == 0 = Nothing
  | otherwise = alone (g // [(c, m')]) >>= \g' -> foldl (\acc u -> acc >>= place u) (Just g') (unitsOf ! c)
  where
    m = g ! c
    m' = clearBit m (d - 1)
    alone g' | single m' = foldl (\acc p -> acc >>= eliminate p (head (digits m'))) (Just g') (peers ! c)
             | otherwise = Just g'
    place u g' = case [p | p <- u, testBit (g' ! p) (d - 1)] of
      [] -> Nothing
      [p] | not (single (g' ! p)) -> assign p d g'
      _ -> Just g'

parse :: String -> Maybe Grid
parse s = foldl (\acc (c, d) -> acc >>= assign c d) (Just (listArray ((0, 0), (8, 8)) (repeat everything))) [(c, digitToInt x) | (c, x) <- zip cells s, x `elem` ['1' .. '9']]

solve :: Grid -> [Grid]
solve g
  | all single (elems g) = [g]
  | otherwise = concat [solve g' | d <- digits (g ! c), Just g' <- [assign c d g]]
  where c = minimumBy (comparing (\p -> (popCount (g ! p), p))) [p | p <- cells, not (single (g ! p))]

render :: Grid -> [String]
render g = intercalate [rule] (chunks 3 [intercalate "|" (chunks 3 [show' (g ! (r, c)) | c <- [0 .. 8]]) | r <- [0 .. 8]])
  where show' m = if single m then intToDigit (head (digits m)) else '.'
        rule = "---+---+---"

chunks :: Int -> [a] -> [[a]]
chunks _ [] = []
chunks n xs = let (a, b) = splitAt n xs in a : chunks n b

valid :: Grid -> Bool
valid g = all (\u -> sort [digits (g ! c) | c <- u] == map (: []) [1 .. 9]) units

-- A solved grid of our own, its rows and digits moved about, with most cells taken away.
puzzle :: Int -> Int -> String
puzzle seed clues = zipWith (\c k -> if k < clues then digit c else '.') cells order
  where
    randoms = map (`div` 1024) (tail (iterate (\s -> (s * 1103515245 + 12345) `mod` 2147483648) seed))
    shuffled xs = map snd (sort (zip randoms xs))
    order = map snd (sortOn fst (zip (shuffled [0 .. 80]) [0 ..])) :: [Int]
    rows = concat [[3 * band + k | k <- take 3 (drop band (cycle [2, 0, 1]))] | band <- [1, 2, 0]]
    names = shuffled "123456789"
    digit (r, c) = let r' = rows !! r in names !! ((r' * 3 + r' `div` 3 + c) `mod` 9)

main :: IO ()
main = do
  mapM_ (uncurry play) [(7, 36), (1009, 30), (4242, 26), (31, 24)]
  print (length (nub (concat (elems peers))), map length (elems peers) == replicate 81 20)
  print (fmap elems (parse ("11" ++ replicate 79 '.')), fmap (const ()) (parse "12345678..........9"))
  let Just open = parse ("12345678." ++ replicate 72 '.')
  print (map (digits . (open !)) [(0, 8), (1, 0), (1, 8), (8, 8)])
  print (valid (head (solve open)))
  where
    play seed clues = do
      let p = puzzle seed clues
      putStrLn p
      case parse p of
        Nothing -> putStrLn "contradiction"
        Just g -> do
          putStrLn (show (length (filter single (elems g))) ++ " cells known after propagation")
          let solutions = take 2 (solve g)
          print (length solutions, map valid solutions)
          mapM_ putStrLn (render (head solutions))
