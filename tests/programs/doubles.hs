newton :: Double -> Double -> Double
newton x guess =
  let better = (guess + x / guess) / 2
   in if abs (better - guess) < 1.0e-9 then better else newton x better

inMillionths :: Double -> Int
inMillionths x = truncate (x * 1000000)

mean :: [Double] -> Double
mean xs = foldl (+) 0 xs / fromIntegral (length xs)

classify :: Double -> Int
classify 0.5 = 1
classify (-1.0e10) = 1
classify _ = 0

main :: IO ()
main = do
  print (inMillionths (newton 2 1))
  let average = mean (map fromIntegral [1 .. 10 :: Int]) * 1000
  print (truncate average :: Int)
  print (map classify [average, 0.5, 0, -1.0e10])
  let nan = 0 / 0 :: Double
      infinity = 0.5 / 0
  print [nan == nan, 0.5 < infinity, nan < infinity]
  print (truncate (-3.99 :: Double) :: Int)
  print (inMillionths (sqrt 5))
