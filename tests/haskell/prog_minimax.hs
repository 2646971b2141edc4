-- Games by minimax: tic-tac-toe with alpha-beta and symmetric positions, Nim by Grundy numbers, Connect Three on a small board, the number of nodes each search visits.
import Data.Array
import Data.Bits
import Data.List
import Data.Maybe

data Player = X | O deriving (Eq, Ord, Show)

other :: Player -> Player
other X = O
other O = X

type Board = [Maybe Player]

render :: Int -> Board -> String
render w b = unlines (rows (map (maybe '.' (head . show)) b))
  where rows [] = []
        rows s = let (r, rest) = splitAt w s in r : rows rest

linesOf :: Int -> Int -> Int -> [[Int]]
linesOf w h k = [map index cells | r <- [0 .. h - 1], c <- [0 .. w - 1], (dr, dc) <- [(0, 1), (1, 0), (1, 1), (1, -1)], let cells = [(r + i * dr, c + i * dc) | i <- [0 .. k - 1]], all inside cells]
  where inside (r, c) = r >= 0 && c >= 0 && r < h && c < w
        index (r, c) = r * w + c

winner :: [[Int]] -> Board -> Maybe Player
winner ls b = listToMaybe [p | l <- ls, Just p <- [b !! head l], all ((== Just p) . (b !!)) l]

place :: Int -> Player -> Board -> Board
place i p b = take i b ++ [Just p] ++ drop (i + 1) b

data Rules = Rules { moves :: Board -> [Int], wins :: Board -> Maybe Player }

ticTacToe, dropThree :: Rules
ticTacToe = Rules (\b -> [i | (i, Nothing) <- zip [0 ..] b]) (winner (linesOf 3 3 3))
dropThree = Rules (\b -> catMaybes [listToMaybe [i | r <- [2, 1, 0], let i = r * 4 + c, isNothing (b !! i)] | c <- [0 .. 3]]) (winner (linesOf 4 3 3))

-- Value for X, and how many positions were looked at.
minimax :: Rules -> Player -> Board -> (Int, Int)
minimax rules p b
  | Just q <- wins rules b = (if q == X then 1 else -1, 1)
  | null next = (0, 1)
  | otherwise = let results = map (minimax rules (other p)) next in (best (map fst results), 1 + sum (map snd results))
  where next = [place i p b | i <- moves rules b]
        best = if p == X then maximum else minimum

alphaBeta :: Rules -> Player -> Int -> Int -> Board -> (Int, Int)
alphaBeta rules p alpha beta b
  | Just q <- wins rules b = (if q == X then 1 else -1, 1)
  | null next = (0, 1)
  | otherwise = go alpha beta (if p == X then -2 else 2) 1 next
  where
    next = [place i p b | i <- moves rules b]
    go _ _ best n [] = (best, n)
    go a z best n (c : cs)
      | a' >= z' = (best', n')
      | otherwise = go a' z' best' n' cs
      where (v, m) = alphaBeta rules (other p) a z c
            n' = n + m
            best' = if p == X then max best v else min best v
            a' = if p == X then max a best' else a
            z' = if p == X then z else min z best'

playOut :: Rules -> Player -> Board -> [Int]
playOut rules p b
  | isJust (wins rules b) || null (moves rules b) = []
  | otherwise = let scored = [(fst (alphaBeta rules (other p) (-2) 2 (place i p b)), i) | i <- moves rules b]
                    (_, i) = (if p == X then maximumBy else minimumBy) (\x y -> compare (fst x) (fst y)) scored
                in i : playOut rules (other p) (place i p b)

symmetric :: Board -> Board
symmetric b = minimum [map (b !!) t | t <- transformations]
  where
    transformations = take 4 (iterate (map (turn !!)) [0 .. 8]) ++ take 4 (iterate (map (turn !!)) flipped)
    turn = [6, 3, 0, 7, 4, 1, 8, 5, 2]
    flipped = [2, 1, 0, 5, 4, 3, 8, 7, 6]

positions :: Int -> Player -> [Board] -> [[Board]]
positions 0 _ _ = []
positions n p bs = bs : positions (n - 1) (other p) (nub (map symmetric [place i p b | b <- bs, isNothing (wins ticTacToe b), i <- moves ticTacToe b]))

grundy :: Int -> [Int] -> Array Int Int
grundy n subtractable = table
  where table = listArray (0, n) [mex [table ! (k - s) | s <- subtractable, s <= k] | k <- [0 .. n]]
        mex xs = head ([0 ..] \\ nub xs)

nimMove :: [Int] -> Maybe (Int, Int)
nimMove heaps = listToMaybe [(i, h - (h `xor` total)) | total /= 0, (i, h) <- zip [0 ..] heaps, h `xor` total < h]
  where total = foldr xor 0 heaps

main :: IO ()
main = do
  let opening = place 0 X (replicate 9 Nothing)
      middle = place 4 O opening
  print (map (alphaBeta ticTacToe O (-2) 2) [opening, place 4 X (replicate 9 Nothing)], minimax ticTacToe X middle)
  print (playOut ticTacToe X (replicate 9 Nothing))
  putStr (render 3 (foldl (\b (i, p) -> place i p b) (replicate 9 Nothing) (zip (playOut ticTacToe O opening) (cycle [O, X])) `overlay` opening))
  print (map length (positions 6 X [replicate 9 Nothing]))
  let start = foldr (\(i, p) -> place i p) (replicate 12 Nothing) [(8, X), (9, O), (10, X), (11, O), (4, X)]
  putStr (render 4 start)
  print (minimax dropThree O start, alphaBeta dropThree O (-2) 2 start, playOut dropThree O start)
  print (elems (grundy 20 [1, 2, 3]), elems (grundy 20 [1, 3, 4]), elems (grundy 15 [2, 5]))
  print (map nimMove [[3, 4, 5], [1, 2, 3], [7, 0, 1], [5, 5]])
  where overlay a b = zipWith (\p q -> maybe q Just p) a b
