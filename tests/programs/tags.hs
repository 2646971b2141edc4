data Direction = North | East | South | West
  deriving (Enum, Show)

main :: IO ()
main = do
  let direction = South
  print (fromEnum direction)
  let directions = map toEnum [0 .. 3] :: [Direction]
  print (map fromEnum directions)
  print (map show directions)
  print (toEnum 1 :: Bool)
