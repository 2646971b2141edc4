import Control.Exception

main :: IO ()
main = do
  print [(-7) `div` 2, (-7) `quot` 2, 7 `quot` (-2), 7 `div` (-2), (-7) `div` (-2) :: Int]
  print [(-7) `mod` 2, (-7) `rem` 2, (-10) `mod` 3, 8 `mod` (-3), 7 `rem` (-2) :: Int]
  catch
    (print (minBound `quot` (-1 :: Int)))
    (\e -> putStrLn ("caught " ++ show (e :: SomeException)))
  print (minBound `rem` (-1 :: Int))
  print (1 `div` (0 :: Int))
