multipleOf :: Int -> Int -> Bool
multipleOf step = isEven
  where
    isEven 0 = True
    isEven i = isOdd (i - step)
    isOdd 0 = False
    isOdd i = isEven (i - step)

main :: IO ()
main = do
  print (multipleOf 3 12)
  print (multipleOf 3 15)
  let evens = 0 : map (+ 1) odds
      odds = map (+ 1) evens :: [Int]
  print (take 5 evens)
  print (take 5 odds)
