-- exit: 251
-- heap-flags: -M4m
-- A list that is kept whole does not fit under the limit.
main :: IO ()
main = do
    putStrLn "so far"
    print (length numbers + sum numbers)
  where
    numbers = [1 .. 1000000 :: Int]
