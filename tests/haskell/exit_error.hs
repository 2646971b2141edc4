-- exit: 1
-- An error that nobody catches ends the program with 1; what was printed before it stays, without a newline too.
main :: IO ()
main = do
  putStrLn "before"
  putStr "half a line"
  print (length [1, error "in a list" :: Int])
  putStr (show (foldr (\x acc -> if x > 3 then error ("x is " ++ show x) else x + acc) 0 [1 .. 10 :: Int]))
  putStrLn "after"
