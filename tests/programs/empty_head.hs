main :: IO ()
main = do
  let singleton = [1 :: Int]
  print (head singleton)
  print (head (tail singleton))
