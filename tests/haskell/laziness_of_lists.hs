-- modules: modules/Partial.hs
-- How much of its arguments each function of Data.List looks at, and how much it answers before it does.
import Data.Char
import Data.List
import qualified Data.List.NonEmpty as N
import Data.Maybe
import Data.Ord
import Partial

lists :: [(String, [Int])]
lists =
  [ ("_", u), ("[]", []), ("1:_", 1 : u), ("_:[]", [u]), ("1:2:_", 1 : 2 : u), ("3:1:2:[]", [3, 1, 2]), ("_:1:[]", [u, 1]), ("1:_:[]", [1, u])
  , ("_:_", u : u), ("1:1:2:_", 1 : 1 : 2 : u), ("2:1:_:3:[]", [2, 1, u, 3]) ]

one :: Show b => String -> ([Int] -> b) -> IO ()
one name f = sequence_ [at 60 (name ++ " " ++ l) (f xs) | (l, xs) <- lists]

two :: Show b => String -> ([Int] -> [Int] -> b) -> IO ()
two name f = sequence_ [at 60 (name ++ " " ++ l ++ " " ++ m) (f xs ys) | (l, xs) <- take 6 lists, (m, ys) <- take 6 lists]

counts :: [(String, Int)]
counts = [("_", u), ("-1", -1), ("0", 0), ("1", 1), ("2", 2), ("9", 9)]

counted :: Show b => String -> (Int -> [Int] -> b) -> IO ()
counted name f = sequence_ [at 60 (name ++ " " ++ c ++ " " ++ l) (f n xs) | (c, n) <- counts, (l, xs) <- lists]

strings :: [(String, String)]
strings = [("_", u), ("empty", ""), ("a_", 'a' : u), ("a b_", "a b" ++ u), ("a\\nb_", "a\nb" ++ u), (" \\n_", " \n" ++ u), ("a_b", ['a', u, 'b']), ("ab\\n", "ab\n")]

text :: Show b => String -> (String -> b) -> IO ()
text name f = sequence_ [at 60 (name ++ " " ++ l) (f s) | (l, s) <- strings]

main :: IO ()
main = do
  one "head" head; one "last" last; one "tail" tail; one "init" init; one "uncons" uncons; one "null" null
  one "length" length; one "map" (map (+ 1)); one "map const" (map (const 7)); one "reverse" reverse
  one "intersperse" (intersperse 0); one "transpose" (\xs -> transpose [xs, [7, 8]])
  one "transpose 2" (\xs -> transpose [[7, 8], xs]); one "subsequences" subsequences
  one "permutations" (map (take 3) . permutations); one "foldr" (foldr (\x r -> x : take 1 r) [])
  one "foldl" (foldl (\_ x -> x) 0); one "foldl'" (foldl' (\_ x -> x) 0); one "foldl' const" (foldl' (\_ _ -> 1) u)
  one "foldr1" (foldr1 (\a _ -> a)); one "foldl1" (foldl1 (\_ b -> b)); one "foldl1'" (foldl1' (\_ b -> b))
  one "concatMap" (concatMap (\x -> [x, x])); one "and" (and . map (> 1)); one "or" (or . map (> 1)); one "any" (any (> 1))
  one "all" (all (> 1)); one "sum" sum; one "product" product; one "maximum" maximum; one "minimum" minimum
  one "maximumBy" (maximumBy (\_ _ -> LT)); one "minimumBy" (minimumBy (\_ _ -> EQ)); one "scanl" (scanl (+) 0)
  one "scanl'" (scanl' (+) 0); one "scanl1" (scanl1 (+)); one "scanr" (scanr (+) 0); one "scanr1" (scanr1 (+))
  one "scanr const" (scanr const 0); one "mapAccumL" (mapAccumL (\a x -> (a + x, a)) 0)
  one "mapAccumR" (mapAccumR (\a x -> (a + x, a)) 0); one "unfoldr" (unfoldr uncons)
  one "iterate" (\xs -> take 3 (iterate (drop 1) xs)); one "iterate'" (\xs -> map null (take 3 (iterate' (drop 1) xs)))
  one "cycle" (take 5 . cycle); one "repeat" (map (take 1) . take 2 . repeat)
  counted "replicate" (\n xs -> map (take 1) (replicate n xs)); counted "take" take; counted "drop" drop
  counted "splitAt" splitAt; counted "!!" (flip (!!)); counted "genericTake" genericTake; counted "genericDrop" genericDrop
  counted "genericSplitAt" genericSplitAt; counted "genericIndex" (flip genericIndex)
  counted "genericReplicate" (\n xs -> genericReplicate n (take 1 xs))
  one "genericLength" (genericLength :: [Int] -> Integer); one "takeWhile" (takeWhile (< 2))
  one "dropWhile" (dropWhile (< 2)); one "dropWhileEnd" (dropWhileEnd (> 1)); one "span" (span (< 2))
  one "break" (break (> 1)); two "stripPrefix" stripPrefix; one "group" group; one "groupBy" (groupBy (\_ _ -> True))
  one "inits" inits; one "tails" tails; two "isPrefixOf" isPrefixOf; two "isSuffixOf" isSuffixOf; two "isInfixOf" isInfixOf
  two "isSubsequenceOf" isSubsequenceOf; one "elem" (elem 1); one "notElem" (notElem 1); one "elem _" (elem u)
  one "lookup" (lookup 1 . map (\x -> (x, x))); one "find" (find (> 1)); one "filter" (filter (> 1))
  one "partition" (partition (> 1)); one "elemIndex" (elemIndex 2); one "elemIndices" (elemIndices 1)
  one "findIndex" (findIndex (> 1)); one "findIndices" (findIndices (> 0)); two "zip" zip
  two "zipWith" (zipWith (\_ b -> b)); two "zip3" (\a b -> zip3 a b [1 :: Int, 2])
  two "zip3 last" (\a b -> zip3 [1 :: Int, 2] a b); two "zip4" (\a b -> zip4 a b a b)
  one "unzip" (unzip . map (\x -> (x, x))); one "unzip3" (unzip3 . map (\x -> (x, 1 :: Int, x))); one "nub" nub
  one "nubBy" (nubBy (\_ _ -> False)); one "delete" (delete 1); one "deleteBy" (deleteBy (\a b -> a < b) 1)
  two "\\\\" (\\); two "union" union; two "intersect" intersect; two "intersectBy" (intersectBy (\_ _ -> True)); two "unionBy" (unionBy (\_ _ -> True))
  one "sort" sort; one "sortOn" (sortOn negate); one "sortOn const" (sortOn (const ())); one "sortBy" (sortBy (\_ _ -> GT))
  one "insert" (insert 2); one "insert _" (insert u); one "insertBy" (insertBy (comparing negate) 2); two "++" (++)
  two "zipWith3" (zipWith3 (\a _ _ -> a) [1, 2]); two "intercalate" (\a b -> intercalate a [b, b])
  two "deleteFirstsBy" (deleteFirstsBy (==)); one "zipWith4" (\a -> zipWith4 (\_ _ _ d -> d) a a a a)
  one "listToMaybe" listToMaybe; one "mapMaybe" (mapMaybe (\x -> if x > 1 then Just x else Nothing))
  one "catMaybes" (catMaybes . map Just); one "lookup pair" (\xs -> lookup 2 (zip xs "ab")); text "lines" lines
  text "words" words; text "unlines" (\s -> unlines [s, s]); text "unwords" (\s -> unwords [s, s])
  text "reads" (take 1 . (lex :: ReadS String)); text "show" show; text "map toUpper" (map toUpper)
  one "N.group" (map N.toList . N.group); one "N.groupBy" (map N.toList . N.groupBy (\_ _ -> True))
  one "N.nonEmpty" N.nonEmpty; one "N.head" (N.head . N.fromList); one "N.scanl" (take 3 . N.toList . N.scanl (+) 0)
  one "N.insert" (take 3 . N.toList . N.insert 2); one "N.inits" (take 4 . N.toList . N.inits)
  one "N.tails" (take 4 . N.toList . N.tails); one "N.span" (N.span (< 2) . N.fromList); one "N.sort" (N.sort . N.fromList)
  one "N.reverse" (N.reverse . N.fromList); one "N.zip" (\xs -> N.zip (N.fromList xs) (N.fromList xs))
  one "N.map" (N.map (+ 1) . N.fromList); one "N.nub" (N.nub . N.fromList); one "N.cycle" (N.take 3 . N.cycle . N.fromList)
  one "N.transpose" (\xs -> N.transpose (N.fromList [N.fromList xs])); one "N.some1" (N.length . N.fromList)
  one "N.last" (N.last . N.fromList); one "N.init" (N.init . N.fromList); one "N.xor" (N.xor . fmap (> 1) . N.fromList)
  one "N.unfoldr" (\xs -> N.take 3 (N.unfoldr (\s -> (length (take 1 s), Just (drop 1 s))) xs))
  one "N.sortWith" (N.sortWith negate . N.fromList); one "N.groupWith" (map N.length . N.groupWith (> 1))
  one "N.groupAllWith" (map N.length . N.groupAllWith (> 1))
  one "N.isPrefixOf" (\xs -> N.isPrefixOf [1, 2] (N.fromList xs)); one "N.!!" (\xs -> N.fromList xs N.!! 1)
  one "N.intersperse" (N.intersperse 0 . N.fromList); one "N.partition" (N.partition (> 1) . N.fromList)
  one "N.fmap" (take 3 . N.toList . fmap (+ 1) . N.fromList); one "N.<$" (take 3 . N.toList . (7 <$) . N.fromList)
  one "N.foldr" (take 3 . foldr (:) [] . N.fromList); one "N.toList" (take 3 . foldMap (\x -> [x]) . N.fromList)
  one "N.traverse" (fmap N.head . traverse Just . N.fromList)
  one "N.>>=" (\xs -> N.take 4 (N.fromList xs >>= \x -> x N.:| [x]))
  two "N.<>" (\a b -> N.take 3 (N.fromList a <> N.fromList b)); one "N.uncons" (N.uncons . N.fromList)
  one "N.<|" (N.take 2 . (5 N.<|) . N.fromList); one "N.scanl1" (N.take 2 . N.scanl1 (+) . N.fromList)
  one "N.scanr1" (N.take 2 . N.scanr1 (+) . N.fromList)
  one "N.zipWith" (\xs -> N.take 2 (N.zipWith (\_ _ -> 1) (N.fromList xs) (N.fromList xs)))
  one "N.repeat" (\xs -> N.take 2 (N.repeat (take 1 xs))); one "N.foldl" (foldl (\_ x -> x) 0 . N.fromList)
  one "N.foldr1" (foldr1 const . N.fromList); one "N.maximum" (maximum . N.fromList); one "N.elem" (elem 1 . N.fromList)
  one "N.null" (null . N.fromList); one "N.sum" (sum . N.fromList)
