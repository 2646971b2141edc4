-- Data.List, function by function.
import Data.Char
import Data.List

xs :: [Int]
xs = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]

main :: IO ()
main = do
  print (sort xs, sortBy (flip compare) xs, sortOn negate xs, nub xs, reverse xs)
  print (insert 4 [1, 3, 5, 7], delete 5 xs, xs \\ [1, 5, 9, 9], union [1, 2, 2] [2, 3, 3], intersect xs [5, 1])
  print (group (sort xs), groupBy (\a b -> even a == even b) xs)
  print (partition odd xs, span (< 4) xs, break (> 4) xs, splitAt 3 xs, splitAt (-1) "ab", splitAt 9 "ab")
  print (isPrefixOf "ab" "abc", isSuffixOf "bc" "abc", isInfixOf "xx" "axxb", isSubsequenceOf "ace" "abcde", stripPrefix "foo" "foobar", stripPrefix "x" "y")
  print (intercalate ", " ["a", "b", "c"], intersperse '-' "abc", transpose ["abc", "d", "", "efgh"], concat [[1], [], [2, 3 :: Int]])
  print (subsequences "abc", permutations [1, 2, 3 :: Int])
  print (foldl' (flip (:)) [] "abc", foldl1 (-) [10, 3, 2 :: Int], foldr1 (-) [10, 3, 2 :: Int], foldr (\x k -> x : take 2 k) [] xs)
  print (scanl (+) 0 [1, 2, 3 :: Int], scanl1 max xs, scanr (+) 0 [1, 2, 3 :: Int], scanr1 min xs, scanl' (*) 1 [1, 2, 3 :: Int])
  print (mapAccumL (\acc x -> (acc + x, acc * x)) 0 xs, mapAccumR (\acc x -> (acc + x, acc * x)) 0 xs)
  print (iterate (* 3) 1 !! 20 :: Int, takeWhile odd xs, dropWhile odd xs, dropWhileEnd isSpace "  trailing  ", take 2 (unfoldr (\n -> Just (n, succ n)) 'a'))
  print (unfoldr (\n -> if n > 60 then Nothing else Just (n, n * 2)) 1 :: [Int])
  print (find (> 4) xs, filter even xs, elemIndex 5 xs, elemIndices 5 xs, findIndex (> 100) xs, findIndices odd xs, lookup 'b' [('a', 1), ('b', 2 :: Int)])
  print (zip3 "ab" [1 :: Int ..] [True, False], zipWith3 (\a b c -> a + b * c) [1, 2] [3, 4] [5, 6 :: Int], unzip3 [(1 :: Int, 'a', "x"), (2, 'b', "y")], zip4 "a" "b" "c" "d")
  print (inits "abc", tails "abc", tails (inits "ab"), uncons "abc", uncons "", null [], length xs)
  print (genericLength xs :: Integer, genericTake (2 :: Integer) xs, genericReplicate (3 :: Integer) 'x', genericDrop (9 :: Integer) xs, genericIndex xs (4 :: Integer), genericSplitAt (1 :: Integer) "ab")
  print (insertBy (\a b -> compare (snd a) (snd b)) (9, 'b') [(1 :: Int, 'a'), (2, 'c')], deleteBy (\a b -> a == b + 1) 5 xs, unionBy (\a b -> a `mod` 3 == b `mod` 3) [1, 2] [4, 6, 7 :: Int], intersectBy (\a b -> a == b * 2) [2, 4, 5, 6] [1, 2 :: Int])
  print (maximumBy (\a b -> compare (snd a) (snd b)) (zip [0 :: Int ..] xs), minimumBy (\a b -> compare (snd a) (snd b)) (zip [0 :: Int ..] xs), nubBy (\a b -> abs (a - b) < 2) xs)
  print (lines "one\ntwo\n\nthree", unlines ["a", "b"], words "  many   words here ", unwords ["x", "y"], and [], or [], all even [2, 4 :: Int], any odd [2, 4 :: Int])
  print (sortOn snd (zip [1 :: Int ..] "banana"), sortBy (\a b -> compare (length a) (length b) <> compare a b) (words "the quick brown fox jumped over a lazy dog"))
  print (zipWith ($) [(+ 1), (* 2), subtract 3] [10, 20, 30 :: Int], lookup 3 (zip [1 ..] (words "a b c")), last xs, init "abc", xs !! 5, concatMap show xs, replicate 3 'z', elem 9 xs, notElem 9 xs)
  print (foldl (\acc c -> acc * 10 + digitToInt c) 0 "90210", cycle "abc" !! 100, singleton 'q', zipWith (,) "ab" [LT ..])
