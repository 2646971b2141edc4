data Node a = End | Node (Node a) a (Node a)

fromList :: Node a -> [a] -> Node a
fromList _ [] = End
fromList previous (x : rest) = let this = Node previous x (fromList this rest) in this

forwards, backwards :: Node a -> [a]
forwards End = []
forwards (Node before x following) = x : case following of
  End -> backwards before
  next -> forwards next
backwards End = []
backwards (Node before x _) = x : backwards before

ring :: Node Int
ring = let { a = Node c 1 b; b = Node a 2 c; c = Node b 3 a } in a

valueBefore :: Node Int -> Int
valueBefore (Node (Node _ x _) _ _) = x
valueBefore _ = 0

main :: IO ()
main = print (forwards (fromList End [1 .. 5 :: Int])) >> print (valueBefore ring)
