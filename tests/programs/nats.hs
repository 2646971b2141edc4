nats :: [Int]
nats = 1 : map (+ 1) nats

main :: IO ()
main = print (nats !! 15) >> print (take 5 nats)
