-- Local functions: mutual recursion under let and where, guards that share a where, shadowing, closures that capture unboxed and lazy values, layout.
collatzLengths :: Int -> [(Int, Int)]
collatzLengths limit = go 1 []
  where
    go n acc
      | n > limit = reverse acc
      | len > best = go (n + 1) ((n, len) : acc)
      | otherwise = go (n + 1) acc
      where
        len = steps n 1
        best = case acc of { [] -> 0; ((_, l) : _) -> l }
    steps :: Int -> Int -> Int
    steps 1 k = k
    steps n k | even n = steps (n `div` 2) (k + 1)
              | otherwise = steps (3 * n + 1) (k + 1)

tokens :: String -> [String]
tokens = start
  where
    start [] = []
    start (c : cs) | c == ' ' = start cs
                   | c == '"' = quoted [] cs
                   | c `elem` "+-*/()" = [c] : start cs
                   | otherwise = word [c] cs
    word acc (c : cs) | c `notElem` " \"+-*/()" = word (c : acc) cs
    word acc rest = reverse acc : start rest
    quoted acc ('\\' : c : cs) = quoted (c : acc) cs
    quoted acc ('"' : cs) = ('"' : reverse acc) : start cs
    quoted acc (c : cs) = quoted (c : acc) cs
    quoted acc [] = [reverse acc ++ "<open>"]

shadows :: Int -> [Int]
shadows x = [x, let x' = x + 1 in let x = x' * 2 in x, (\x -> x * 3) (x + 5), inner x]
  where inner y = let x = y * 100 in case x + 1 of x -> x

makers :: [Int -> Double -> Int]
makers = [\a x -> a + truncate (x * k) + n | (n, k) <- zip [1 ..] [0.5, 1.5, 2.5]]

machine :: Int -> String -> (Int, [String])
machine limit input = idle 0 input []
  where
    idle n (c : cs) out
      | c == 's' = running n 0 cs (note "start" : out)
      | c == 'q' = done n out
      | otherwise = idle n cs out
      where note w = w ++ show n
    idle n [] out = done n out
    running n ticks input' out = case input' of
      [] -> done (n + ticks) (("end" ++ show ticks) : out)
      c : cs
        | ticks >= limit -> idle (n + ticks) input' ("overflow" : out)
        | c == 't' -> running n (ticks + 1) cs out
        | c == 'x' -> let n' = n + ticks in idle n' cs (("stop" ++ show n') : out)
        | otherwise -> running n ticks cs out
    done n out = (n, reverse out)

main :: IO ()
main = do
  print (collatzLengths 300)
  print (tokens "foo + (bar*\"quo\\\"ted str\" - 12)/x \"open")
  print (map shadows [0, 7])
  print (map (\f -> f 10 3.3) makers)
  print (machine 4 "zztsttxxtsttttttxsq ts")
  print (machine 3 "stt")
  let pingPong = ping 10
      ping :: Int -> String
      ping 0 = "!"
      ping n = 'i' : pong (n - 1)
      pong 0 = "?"
      pong n = 'o' : ping (n - 1)
  putStrLn pingPong >> putStrLn (ping 7)
  print $ let y = 1; z = y + w; w = y * 2 in (y, z, w)
  print $ case (1, "x") of
    (n, s) | n > 1 -> "big"
           | s == "y" -> "why"
    (1, _) | False -> "never"
    _ -> "fell through"
  let loop acc n | n == 0 = acc
                 | odd n, let m = n * n, m > 20 = loop (m : acc) (n - 1)
                 | otherwise = loop acc (n - 1)
  print (loop [] 9)
