-- heap-flags: -K1m
-- exit: 2
-- A stack that overflows is an exception like others: caught, the program goes on; not caught, it ends with 2.
import Control.Exception

count :: Int -> Int
count n = if n == 0 then 0 else 1 + count (n - 1)

main :: IO ()
main = do
  print (count 1000)
  r <- try (evaluate (count 100000000))
  putStrLn (case r of
    Left StackOverflow -> "overflowed"
    Left e -> "other " ++ show e
    Right n -> show n)
  print (count 2000)
  s <- try (evaluate (foldr (\x acc -> x - acc) 0 [1 .. 100000000 :: Integer]))
  putStrLn (case s of
    Left e -> show (e :: AsyncException)
    Right n -> show n)
  print (foldl (flip (:)) [] [1 .. 5 :: Int])
  print (count 100000000)
