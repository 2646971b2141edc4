-- List comprehensions: several generators, guards, lets, patterns, nesting; parallel ones by extension.
{-# LANGUAGE ParallelListComp #-}

queens :: Int -> [[Int]]
queens n = go n
  where go 0 = [[]]
        go k = [q : qs | qs <- go (k - 1), q <- [1 .. n], safe q qs]
        safe q qs = and [q /= c && abs (q - c) /= d | (d, c) <- zip [1 ..] qs]

triples :: Int -> [(Int, Int, Int)]
triples n = [(a, b, c) | c <- [1 .. n], b <- [1 .. c], a <- [1 .. b], a * a + b * b == c * c]

primesUpTo :: Int -> [Int]
primesUpTo n = [p | p <- [2 .. n], null [d | d <- [2 .. isqrt p], p `mod` d == 0]]
  where isqrt = floor . sqrt . (fromIntegral :: Int -> Double)

money :: [(Int, Int, Int)]
money = [ (send, more, send + more)
        | s <- [9], e <- d0 [s], n <- d0 [s, e], d <- d0 [s, e, n], m <- [1], o <- [0], notElem e [m, o], notElem n [m, o], notElem d [m, o]
        , r <- d0 [s, e, n, d, m, o], let send = number [s, e, n, d]; more = number [m, o, r, e]
        , let total = send + more, total > 9999, [m', o', n', e', y] <- [digits total], m' == m, o' == o, n' == n, e' == e, notElem y [s, e, n, d, m, o, r] ]
  where d0 used = [x | x <- [0 .. 9], notElem x used]
        number = foldl (\a x -> a * 10 + x) 0
        digits = map (\c -> fromEnum c - 48) . show

main :: IO ()
main = do
  print [(x, y) | x <- [1 .. 3], y <- "ab"]
  print [x * y | x <- [1 .. 4], odd x, y <- [x .. 4], even (x + y)]
  print [z | Just z <- [Just 1, Nothing, Just 3], z > 1]
  print [(a, b) | (a, Right b) <- zip [1 :: Int ..] [Left 'x', Right 'y', Right 'z']]
  print [s | n <- [1 .. 15 :: Int], let { f = n `mod` 3 == 0; b = n `mod` 5 == 0; s | f && b = "fizzbuzz" | f = "fizz" | b = "buzz" | otherwise = show n }]
  print [[(i, j) | j <- [i .. 3]] | i <- [1 .. 3]]
  print (triples 30)
  print (primesUpTo 100)
  print (take 3 (queens 8), length (queens 6), queens 3)
  print money
  print [(x, y, z) | x <- [1 :: Int ..] | y <- "parallel" | z <- cycle [True, False]]
  print ([() | False], [x + y | x <- [1, 2] | y <- [10, 20, 30]], [(a, b, c) | a <- "ab", b <- [1, 2] | c <- [LT ..]])
  print [c | c <- "Hello World", c `elem` ['A' .. 'Z']]
  print (sum [x | x <- [1 .. 999], x `mod` 3 == 0 || x `mod` 5 == 0], [y | x <- [3, 2, 1], let y = x * x, y /= 4], [if even x then x else -x | x <- [1 .. 5]])
