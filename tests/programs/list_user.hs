data List a = Nil | One a (List a)

sumList :: List Int -> Int
sumList Nil = 0
sumList (One x rest) = x + sumList rest

mapList :: (a -> b) -> List a -> List b
mapList _ Nil = Nil
mapList f (One x rest) = One (f x) (mapList f rest)

foo :: Int -> Int
foo x = x + 0xDeadBeef

main :: IO ()
main = print (sumList (mapList foo (One 1 (One 2 (One 3 Nil)))))
