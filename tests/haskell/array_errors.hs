-- Arrays out of bounds, undefined elements and empty arrays.
import Control.Exception
import Data.Array

attempt :: Show a => String -> a -> IO ()
attempt label a = do
  r <- try (evaluate (length (show a)))
  putStrLn (label ++ ": " ++ either (\e -> case e of SomeException _ -> "raises") (const (show a)) r)

main :: IO ()
main = do
  let a = listArray (0, 4) [10, 20, 30, 40, 50 :: Int]
      holes = array (1, 3) [(1, 'a'), (3, 'c')]
      empty = listArray (5, 1) [] :: Array Int Int
  attempt "inside" (a ! 4)
  attempt "above" (a ! 5)
  attempt "below" (a ! (-1))
  attempt "hole" (holes ! 2)
  attempt "beside the hole" (holes ! 3)
  attempt "bounds of holes" (bounds holes)
  attempt "all of holes" (elems holes)
  attempt "empty" empty
  attempt "empty at" (empty ! 3)
  attempt "update outside" (a // [(7, 1)])
  attempt "update" (a // [(1, 21), (3, -41)])
  attempt "two dimensions" (listArray ((0, 0), (1, 2)) "abcdef" ! (1, 1))
  attempt "two dimensions outside" (listArray ((0, 0), (1, 2)) "abcdef" ! (1, 3))
  attempt "too few" (listArray (0, 3) [1, 2 :: Int] ! 1)
  attempt "too few, missing" (listArray (0, 3) [1, 2 :: Int] ! 3)
  attempt "accumulated outside" (accumArray (+) 0 (0, 2) [(0, 1), (3, 1 :: Int)])
  attempt "ix" (index ('a', 'f') 'c')
  attempt "ix outside" (index ('a', 'f') 'z')
  attempt "range" (range ((0, 'x'), (2 :: Int, 'z')))
  attempt "in range" (map (inRange (-2, 2 :: Integer)) [-3 .. 3])
