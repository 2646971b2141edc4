-- parity
-- args: 18
-- stress-args: 7
-- Alkanes: radicals built size by size in a lazy array, paraffins joined at a bond or at a carbon in the middle.
import Data.Array
import System.Environment

data Radical = H | C Radical Radical Radical
data Paraffin = Bond Radical Radical | Middle Radical Radical Radical Radical

partitions3 :: Int -> [(Int, Int, Int)]
partitions3 m = [(i, j, k) | i <- [0 .. m `div` 3], j <- [i .. (m - i) `div` 2], let k = m - i - j]

partitions4 :: Int -> [(Int, Int, Int, Int)]
partitions4 m = [(i, j, k, l) | i <- [0 .. m `div` 4], j <- [i .. (m - i) `div` 3], k <- [j .. (m - i - j) `div` 2], let l = m - i - j - k, 2 * l < m + 1]

suffixes :: [a] -> [[a]]
suffixes [] = []
suffixes xs@(_ : rest) = xs : suffixes rest

radicals :: Int -> Array Int [Radical]
radicals n = table
  where
    table = listArray (0, n) ([H] : map ofSize [1 .. n])
    ofSize m = [C a b c | (i, j, k) <- partitions3 (m - 1), as@(a : _) <- suffixes (table ! i), bs@(b : _) <- suffixes (if i == j then as else table ! j), c <- if j == k then bs else table ! k]

paraffins :: Array Int [Radical] -> Int -> [Paraffin]
paraffins table n = bonds ++ middles
  where
    bonds = [Bond a b | even n, as@(a : _) <- suffixes (table ! (n `div` 2)), b <- as]
    middles = [ Middle a b c d | (i, j, k, l) <- partitions4 (n - 1), as@(a : _) <- suffixes (table ! i), bs@(b : _) <- suffixes (if i == j then as else table ! j)
              , cs@(c : _) <- suffixes (if j == k then bs else table ! k), d <- if k == l then cs else table ! l ]

carbons :: Paraffin -> Int
carbons (Bond a b) = size a + size b
carbons (Middle a b c d) = 1 + size a + size b + size c + size d

size :: Radical -> Int
size H = 0
size (C a b c) = 1 + size a + size b + size c

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  let table = radicals (n `div` 2 + 1)
      all' = [paraffins table k | k <- [1 .. n]]
  print (map length all')
  print (sum (map (sum . map carbons) all'))
