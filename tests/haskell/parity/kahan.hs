-- parity
-- args: 300000
-- stress-args: 300
-- Summation with compensation beside naive summation, of terms of very different size.
{-# LANGUAGE BangPatterns #-}
import System.Environment

kahan, naive :: Int -> Double
kahan n = go 1 0 0
  where go :: Int -> Double -> Double -> Double
        go !k !total !lost
          | k > n = total
          | otherwise = let y = term k - lost; t = total + y in go (k + 1) t ((t - total) - y)
naive n = go 1 0
  where go :: Int -> Double -> Double
        go !k !total | k > n = total
                     | otherwise = go (k + 1) (total + term k)

term :: Int -> Double
term k = if k `mod` 1000 == 1 then 1e8 else 1 / fromIntegral (k * k)

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (kahan n)
  print (naive n)
  print (kahan n == naive n)
