numbers :: [Int]
numbers = [ 1 , error "boom" , 3 ]

main :: IO ()
main = print (length numbers) >> print (sum numbers)
