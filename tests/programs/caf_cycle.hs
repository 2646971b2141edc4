import Control.Exception

a, b :: Int
a = b + 1
b = a + 1

main :: IO ()
main = do
  catch (print a) (\e -> putStrLn ("caught: " ++ show (e :: SomeException)))
  print b
