data Tree = L Int | N Tree Tree
  deriving (Show)

replaceMin :: Int -> Tree -> (Tree, Int)
replaceMin least (L x) = (L least, x)
replaceMin least (N left right) = (N newLeft newRight, min minLeft minRight)
  where
    (newLeft, minLeft) = replaceMin least left
    (newRight, minRight) = replaceMin least right

repmin :: Tree -> Tree
repmin tree = let (t, least) = replaceMin least tree in t

main :: IO ()
main = print (repmin (N (N (L 3) (L 1)) (N (L 4) (L 5))))
