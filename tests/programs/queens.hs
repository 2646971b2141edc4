import System.Environment (getArgs)

safe :: Int -> Int -> [Int] -> Bool
safe _ _ [] = True
safe x d (q : rest) = x /= q && x /= q + d && x /= q - d && safe x (d + 1) rest

place :: Int -> Int -> [[Int]]
place _ 0 = [[]]
place n k = concatMap extend (place n (k - 1))
  where
    columns = [1 .. n]
    extend board = map (: board) (filter (\x -> safe x 1 board) columns)

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = sizeArgument 8 >>= \n -> print (length (place n n))
