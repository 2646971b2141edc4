valueOf :: Maybe Int -> Int
valueOf (Just x)    = x

main :: IO ()
main = print (valueOf (Just 7)) >> print (valueOf Nothing)
