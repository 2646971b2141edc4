-- Comprehensions over any monad: Maybe, Either's like, IO, functions; parallel ones by mzip; grouping ones by TransformListComp.
{-# LANGUAGE MonadComprehensions, ParallelListComp, TransformListComp #-}
import Data.List (sortBy)
import Data.Ord (comparing)
import GHC.Exts (groupWith, sortWith, the)

safeRoot :: Double -> Maybe Double
safeRoot x = [sqrt x | x >= 0]

sales :: [(String, Int, String)]
sales = [("ann", 3, "tea"), ("bob", 10, "tea"), ("ann", 7, "cake"), ("cyd", 1, "tea"), ("bob", 2, "cake")]

main :: IO ()
main = do
  print ([x + y | x <- Just 1, y <- Just 2], [x | x <- Just 5, x > 10], [() | False] :: [()])
  line <- [reverse l | l <- return "OI ni noisneherpmoc"]
  putStrLn line
  print (map safeRoot [16, -1, 0.25], [a + b | a <- safeRoot 9, b <- safeRoot 16, let c = a * b, c > 11] :: Maybe Double)
  print ([f + g | f <- (* 2), g <- (+ 10)] 5)
  print ([(x, y) | x <- Just 'a' | y <- Just True], [(x, y) | x <- [1, 2, 3] | y <- "ab"])
  print [(the name, sum n, length item) | (name, n, item) <- sales, then group by name using groupWith]
  print [x | (x, n, _) <- sales, then sortWith by n, then take 3]
  print [(a, b) | a <- [3, 1, 2], b <- "xy", then reverse]
  print (sortBy (comparing negate) [n * n | (_, n, "tea") <- sales])
