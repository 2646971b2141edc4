-- exit: 1
-- What needs itself before it can begin: <<loop>>, caught and at last not.
import Control.Exception

attempt :: Show a => String -> a -> IO ()
attempt label a = do
  r <- try (evaluate a)
  putStrLn (label ++ ": " ++ either (\e -> show (e :: NonTermination)) show r)

main :: IO ()
main = do
  attempt "list" (let xs = filter even xs in length (take 1 xs) + length (take 2 (xs :: [Int])))
  attempt "productive" (let xs = 1 : filter even xs in head (xs :: [Int]))
  attempt "pair" (let (a, b) = (b + 1, a + 1) in (a :: Int))
  attempt "lazy pair" (let (a, b) = (1, a + 1) in (b :: Int))
  let table = [if n == 3 then table !! 3 else n | n <- [0 .. 5 :: Int]]
  attempt "table" (table !! 2)
  attempt "table at itself" (table !! 3)
  putStrLn "and now for ever"
  print (let ys = map (+ 1) ys in sum ys :: Int)
