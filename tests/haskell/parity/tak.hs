-- parity
-- args: 24 16 8
-- stress-args: 8 5 2
-- Takeuchi's function.
import System.Environment

tak :: Int -> Int -> Int -> Int
tak x y z = if y < x then tak (tak (x - 1) y z) (tak (y - 1) z x) (tak (z - 1) x y) else z

main :: IO ()
main = do
  [x, y, z] <- fmap (map read) getArgs
  print (tak x y z)
