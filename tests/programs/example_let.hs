example :: (a -> Bool) -> a -> Int
example f a = let b = f a in if b then 1 else 0

main :: IO ()
main = print (example even (4 :: Int)) >> print (example odd (4 :: Int))
