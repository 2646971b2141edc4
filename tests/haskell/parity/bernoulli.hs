-- parity
-- args: 450
-- stress-args: 14
-- Bernoulli numbers by the recurrence over rows of Pascal's triangle, in exact fractions.
import Data.Ratio
import System.Environment

pascal :: [[Integer]]
pascal = iterate (\row -> zipWith (+) (0 : row) (row ++ [0])) [1]

bernoulli :: [Rational]
bernoulli = 1 : zipWith next [1 ..] (drop 2 pascal)
  where next n row = negate (sum (zipWith (\c b -> fromInteger c * b) (take n row) bernoulli)) / fromIntegral (n + 1)

main :: IO ()
main = do
  [n] <- getArgs
  let b = bernoulli !! read n
  print (numerator b)
  print (denominator b)
