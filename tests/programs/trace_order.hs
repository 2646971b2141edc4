import Debug.Trace (trace)

main :: IO ()
main = do
  let shared = trace "once" 5 :: Int
  print (shared + shared)
  let again () = trace "each time" 5 :: Int
  print (again () + again ())
  let square x = trace ("element " ++ show x) (x * x) :: Int
  print (take 2 (map square [1 ..]))
