example :: Bool -> Int -> (a -> Int) -> a -> Int
example b n f p = if b then n + 1 else f p

main :: IO ()
main = print (example True 41 double undefined) >> print (example False undefined double 10)
  where
    double :: Int -> Int
    double x = x + x
