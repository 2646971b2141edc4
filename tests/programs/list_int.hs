data ListInt = NilInt | OneInt {-# UNPACK #-} !Int ListInt

sumList :: ListInt -> Int
sumList NilInt = 0
sumList (OneInt x rest) = x + sumList rest

mapList :: (Int -> Int) -> ListInt -> ListInt
mapList _ NilInt = NilInt
mapList f (OneInt x rest) = OneInt (f x) (mapList f rest)

foo :: Int -> Int
foo x = x + 0xDeadBeef

upTo :: Int -> Int -> ListInt
upTo i n = if i > n then NilInt else OneInt i (upTo (i + 1) n)

main :: IO ()
main = print (sumList (mapList foo (upTo 1 3))) >> print (sumList (upTo 1 100))
