choose :: Bool -> Int -> Int -> Int
choose b = if b then (*) else (+)

main :: IO ()
main = do
  let times = choose True
  print (times 10 3)
  let pair = (choose False, times)
  print (let f = fst pair in f 3 3)
  let square = let { f = snd pair; g x = f x x } in g
  print (map square [1 .. 3])
