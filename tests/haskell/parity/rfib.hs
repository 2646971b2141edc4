-- parity
-- args: 30
-- stress-args: 12
-- The calls of nfib counted in Double.
import System.Environment

rfib :: Double -> Double
rfib n = if n <= 1 then 1 else rfib (n - 1) + rfib (n - 2) + 1

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (rfib n)
