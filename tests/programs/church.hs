{-# LANGUAGE RankNTypes #-}

zeroC :: (a -> a) -> a -> a
zeroC _ x = x

succC :: ((a -> a) -> a -> a) -> (a -> a) -> a -> a
succC n f x = f (n f x)

addC :: ((a -> a) -> a -> a) -> ((a -> a) -> a -> a) -> (a -> a) -> a -> a
addC m n f x = m f (n f x)

mulC :: ((a -> a) -> a -> a) -> ((a -> a) -> a -> a) -> (a -> a) -> a -> a
mulC m n f = m (n f)

powC :: a -> (a -> b) -> b
powC m n = n m

toInt :: ((Int -> Int) -> Int -> Int) -> Int
toInt n = n (+ 1) 0

c1, c2, c3, c4 :: (a -> a) -> a -> a
c1 = succC zeroC
c2 = succC c1
c3 = succC c2
c4 = addC c2 c2

main :: IO ()
main = do
  print (toInt (mulC c2 c3))
  print (toInt (powC c2 c3))
  print (toInt (powC c3 c4))
  let n = c2 c2 c2 c2 :: (Int -> Int) -> Int -> Int
  print (toInt (n `seq` powC c4 c4))
