import Control.Exception

force :: a -> a
force x = x `seq` x

main :: IO ()
main = do
  print ((1 + 1 :: Int) `seq` (1 :: Int))
  print ((1 + undefined :: Int, undefined :: Int) `seq` (2 :: Int))
  print ((\_ -> undefined) `seq` (3 :: Int))
  print (force ((+) undefined :: Int -> Int) `seq` (4 :: Int))
  catch (print (undefined `seq` (4 :: Int))) (handler "caught")
  putStrLn ("length " ++ show (length [undefined, undefined]))
  where
    handler :: String -> SomeException -> IO ()
    handler l _ = putStrLn l
