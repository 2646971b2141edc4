import Prelude hiding (Maybe (..), foldl)

data Maybe a = Just a | Perhaps a a | Nothing

zero, two, three :: Int
zero = 7
two = 2
three = 3

nonTermination :: Maybe Int
nonTermination = Perhaps zero three

foldl :: Int -> Int
foldl x = x * x

topHandler :: Maybe Int -> Int
topHandler (Just x) = x
topHandler (Perhaps x y) = x + y
topHandler Nothing = zero

main :: IO ()
main = do
  print zero
  print (sum [1, two, three])
  print (1 :: Int, two)
  print (lookup (1 :: Int) [(1, two)])
  print (foldl (topHandler nonTermination))
  print (let x = x + 1 in x :: Int)
