-- parity
-- args: 2000 2400
-- stress-args: 60 20
-- Map and sum over a list type of the program's own, so that no library can help.
import System.Environment

data List a = Nil | Cons a (List a)

fromTo :: Int -> Int -> List Int
fromTo a b | a > b = Nil
           | otherwise = Cons a (fromTo (a + 1) b)

mapL :: (a -> b) -> List a -> List b
mapL _ Nil = Nil
mapL f (Cons a as) = Cons (f a) (mapL f as)

sumL :: List Int -> Int
sumL = go 0
  where go acc Nil = acc
        go acc (Cons a as) = acc `seq` go (acc + a) as

repeated :: Int -> List Int -> Int -> Int
repeated 0 _ acc = acc
repeated k list acc = acc `seq` repeated (k - 1) list (acc + sumL (mapL (+ k) list))

main :: IO ()
main = do
  [size, times] <- fmap (map read) getArgs
  print (repeated times (fromTo 1 size) 0)
