-- parity
-- args: 2500
-- stress-args: 20
-- Sums of powers of roots of unity in Complex, which are the real parts of whole numbers.
import Data.Complex
import System.Environment

root :: Int -> Complex Double
root n = mkPolar 1 (2 * pi / fromIntegral n)

powerSum :: Int -> Int -> Complex Double
powerSum n k = sum [root n ^ (j * k) | j <- [1 .. min n 40]]

main :: IO ()
main = do
  [n] <- fmap (map read) getArgs
  print (round (sum [realPart (powerSum m (1 + m `mod` 5)) | m <- [1 .. n]] * 1000) :: Integer)
  print (map (round . magnitude . powerSum 12) [1 .. 12] :: [Int])
