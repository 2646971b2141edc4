-- parity
-- args: 6000
-- stress-args: 30
-- Digits of e from its continued fraction 2; 1 2 1 1 4 1 1 6 …: a linear fractional transformation takes in terms until a digit is sure.
import System.Environment

terms :: [Integer]
terms = 2 : concat [[1, 2 * k, 1] | k <- [1 ..]]

digits :: (Integer, Integer, Integer, Integer) -> [Integer] -> [Integer]
digits (a, b, c, d) ts
  | c /= 0 && d /= 0 && q == (a + b) `div` (c + d) && q == b' = q : digits (10 * (a - q * c), 10 * (b - q * d), c, d) ts
  | otherwise = let t = head ts in digits (a * t + b, a, c * t + d, c) (tail ts)
  where q = a `div` c
        b' = b `div` d

main :: IO ()
main = do
  [n] <- getArgs
  let (first, rest) = splitAt 1 (take (read n) (digits (1, 0, 0, 1) terms))
  putStrLn (concatMap show first ++ "." ++ concatMap show rest)
