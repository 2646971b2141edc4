twice :: (a -> a) -> a -> a
twice f x = f (f x)

main :: IO ()
main = do
  let addThree = (3 +) :: Int -> Int
  print (map (twice addThree) [1, 2, 3])
  print (twice twice addThree 1)
  let times = (10 *) :: Int -> Int
      functions = [(1 +), times, twice times]
      eleven = 10 + 1
  print (case functions of { [] -> []; f : others -> f 10 : map (\g -> g `seq` g eleven) others })
