-- parity
-- args: 1000
-- stress-args: 25
-- Digits of e from the base in which it is 2.111…: each digit is what multiplying by ten carries out at the left.
import System.Environment

digits :: Int -> [Int]
digits n = 2 : go n (replicate (n + 10) 1)
  where
    go 0 _ = []
    go k places = let (d, places') = carry 2 places in d : go (k - 1) places'
    carry _ [] = (0, [])
    carry base (p : ps) = let (c, ps') = carry (base + 1) ps; v = 10 * p + c; r = v `mod` base in r `seq` (v `div` base, r : ps')

main :: IO ()
main = do
  [n] <- getArgs
  let (first, rest) = splitAt 1 (digits (read n))
  putStrLn (concatMap show first ++ "." ++ concatMap show rest)
