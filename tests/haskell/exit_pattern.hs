-- exit: 1
-- A pattern that fails in pure code, first caught, then not.
import Control.Exception

data Shape = Circle Int | Square Int | Blob deriving Show

area :: Shape -> Int
area (Circle r) = 3 * r * r
area (Square s) = s * s

main :: IO ()
main = do
  r <- try (evaluate (area Blob)) :: IO (Either PatternMatchFail Int)
  putStrLn (either (const "no such pattern") show r)
  print (map area [Circle 2, Square 5])
  print (area Blob)
