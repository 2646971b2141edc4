{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude #-}
-- | What there is for lists alone, besides GHC.List.
module Data.OldList
    ( lines, unlines, words, unwords, dropWhileEnd, stripPrefix, elemIndex, elemIndices, findIndex, findIndices
    , isPrefixOf, isSuffixOf, isInfixOf, isSubsequenceOf, nub, nubBy, delete, deleteBy, deleteFirstsBy, (\\), union, unionBy, intersect, intersectBy
    , intersperse, intercalate, transpose, partition, group, groupBy, inits, tails, subsequences, permutations
    , sort, sortBy, sortOn, insert, insertBy, genericLength, genericTake, genericDrop, genericSplitAt, genericIndex, genericReplicate
    , zip4, zip5, zip6, zip7, zipWith4, zipWith5, zipWith6, zipWith7, unzip4, unzip5, unzip6, unzip7, singleton, unfoldr
    ) where

import Data.Bits (popCount)
import Data.Tuple (fst, snd)
import GHC.Base
import GHC.List
import GHC.Num
import GHC.Real
import GHC.Unicode (isSpace)

infix 5 \\

lines :: String -> [String]
lines "" = []
lines s = case break (== '\n') s of
    (l, rest) -> l : case rest of
        [] -> []
        _ : s' -> lines s'

unlines :: [String] -> String
unlines [] = []
unlines (l : ls) = l ++ '\n' : unlines ls

words :: String -> [String]
words s = case dropWhile isSpace s of
    "" -> []
    s' -> case break isSpace s' of (w, rest) -> w : words rest

unwords :: [String] -> String
unwords [] = ""
unwords [w] = w
unwords (w : ws) = w ++ ' ' : unwords ws

-- Ends

dropWhileEnd :: (a -> Bool) -> [a] -> [a]
dropWhileEnd p = foldr (\x xs -> if p x && null xs then [] else x : xs) []

stripPrefix :: Eq a => [a] -> [a] -> Maybe [a]
stripPrefix [] ys = Just ys
stripPrefix (x : xs) (y : ys) | x == y = stripPrefix xs ys
stripPrefix _ _ = Nothing

isPrefixOf, isSuffixOf, isInfixOf, isSubsequenceOf :: Eq a => [a] -> [a] -> Bool
isPrefixOf [] _ = True
isPrefixOf _ [] = False
isPrefixOf (x : xs) (y : ys) = x == y && isPrefixOf xs ys
ns `isSuffixOf` hs = case dropSame ns hs of
    Nothing -> False
    Just extra -> ns == dropAs extra hs
  where
    -- what is left of the second when as many are dropped as the first has
    dropSame [] ys = Just ys
    dropSame (_ : xs) (_ : ys) = dropSame xs ys
    dropSame _ [] = Nothing
    dropAs [] ys = ys
    dropAs (_ : xs) (_ : ys) = dropAs xs ys
    dropAs _ [] = []
isInfixOf needle haystack = any (isPrefixOf needle) (tails haystack)
isSubsequenceOf [] _ = True
isSubsequenceOf _ [] = False
isSubsequenceOf a@(x : a') (y : b)
    | x == y = isSubsequenceOf a' b
    | otherwise = isSubsequenceOf a b

inits, tails, subsequences, permutations :: [a] -> [[a]]
inits xs = map queued (scanl' snoc (Queue 0 [] []) xs)
{-# NOINLINE inits #-}
tails xs0 = build (\c n ->
    let go xs = xs `c` case xs of
            [] -> n
            _ : rest -> go rest
    in go xs0)
{-# INLINABLE tails #-}
subsequences xs = [] : go xs
  where
    go [] = []
    go (y : ys) = [y] : foldr (\zs r -> zs : (y : zs) : r) [] (go ys)
permutations xs0 = xs0 : perms xs0 []
  where
    perms [] _ = []
    perms (t : ts) is = foldr interleave (perms ts (t : is)) (permutations is)
      where
        interleave xs r = case interleave' id xs r of (_, zs) -> zs
        interleave' _ [] r = (ts, r)
        interleave' f (y : ys) r = case interleave' (f . (y :)) ys r of
            (us, zs) -> (y : us, f (t : y : us) : zs)

-- | How many elements; the first ones, and the last ones backward. They are put in order when they are twice as many.
data Queue a = Queue !Int [a] [a]

snoc :: Queue a -> a -> Queue a
snoc (Queue n front back) x
    | m < 256 || popCount m /= 1 = Queue m front (x : back)
    | otherwise = Queue m (front ++ reverse (x : back)) []
  where
    m = n + 1

queued :: Queue a -> [a]
queued (Queue _ front back) = front ++ reverse back

singleton :: a -> [a]
singleton x = [x]

-- Searching

elemIndex :: Eq a => a -> [a] -> Maybe Int
elemIndex x = findIndex (x ==)

elemIndices :: Eq a => a -> [a] -> [Int]
elemIndices x = findIndices (x ==)

findIndex :: (a -> Bool) -> [a] -> Maybe Int
findIndex p = go 0
  where
    go _ [] = Nothing
    go !i (x : xs)
        | p x = Just i
        | otherwise = go (i + 1) xs

findIndices :: (a -> Bool) -> [a] -> [Int]
findIndices p xs = build (\c n ->
    let go x r = \k -> if p x then I# k `c` r (k +# 1#) else r (k +# 1#)
    in foldr go (\_ -> n) xs 0#)
{-# INLINE findIndices #-}

-- Sets

nub :: Eq a => [a] -> [a]
nub = nubBy (==)

nubBy :: (a -> a -> Bool) -> [a] -> [a]
nubBy eq l = go l []
  where
    go [] _ = []
    go (y : ys) seen
        | member y seen = go ys seen
        | otherwise = y : go ys (y : seen)
    member _ [] = False
    member y (x : xs) = eq x y || member y xs

delete :: Eq a => a -> [a] -> [a]
delete = deleteBy (==)

deleteFirstsBy :: (a -> a -> Bool) -> [a] -> [a] -> [a]
deleteFirstsBy eq = foldl (flip (deleteBy eq))

deleteBy :: (a -> a -> Bool) -> a -> [a] -> [a]
deleteBy _ _ [] = []
deleteBy eq x (y : ys) = if x `eq` y then ys else y : deleteBy eq x ys

(\\), union, intersect :: Eq a => [a] -> [a] -> [a]
(\\) = foldl (flip delete)
union = unionBy (==)
intersect = intersectBy (==)

unionBy, intersectBy :: (a -> a -> Bool) -> [a] -> [a] -> [a]
unionBy eq xs ys = xs ++ foldl (flip (deleteBy eq)) (nubBy eq ys) xs
intersectBy _ [] _ = []
intersectBy _ _ [] = []
intersectBy eq xs ys = [x | x <- xs, any (eq x) ys]

-- Between and across

intersperse :: a -> [a] -> [a]
intersperse _ [] = []
intersperse sep (x : xs) = x : go xs
  where
    go [] = []
    go (y : ys) = sep : y : go ys

intercalate :: [a] -> [[a]] -> [a]
intercalate xs xss = concat (intersperse xs xss)

transpose :: [[a]] -> [[a]]
transpose [] = []
transpose ([] : xss) = transpose xss
transpose ((x : xs) : xss) = (x : [h | (h : _) <- xss]) : transpose (xs : [t | (_ : t) <- xss])

partition :: (a -> Bool) -> [a] -> ([a], [a])
partition p = foldr select ([], [])
  where
    select x ~(ts, fs)
        | p x = (x : ts, fs)
        | otherwise = (ts, x : fs)
{-# INLINE partition #-}

group :: Eq a => [a] -> [[a]]
group = groupBy (==)

groupBy :: (a -> a -> Bool) -> [a] -> [[a]]
groupBy _ [] = []
groupBy eq (x : xs) = (x : ys) : groupBy eq zs
  where
    (ys, zs) = span (eq x) xs

unfoldr :: (b -> Maybe (a, b)) -> b -> [a]
unfoldr f b0 = build (\c n -> let go b = case f b of { Just (a, b') -> a `c` go b'; Nothing -> n } in go b0)
{-# INLINE unfoldr #-}

-- Sorting: runs that are there are merged in pairs

sort :: Ord a => [a] -> [a]
sort = sortBy compare

sortOn :: Ord b => (a -> b) -> [a] -> [a]
sortOn f = map snd . sortBy (\x y -> compare (fst x) (fst y)) . map (\x -> let y = f x in y `seq` (y, x))

sortBy :: (a -> a -> Ordering) -> [a] -> [a]
sortBy cmp = mergeAll . runs
  where
    runs (a : b : xs)
        | a `after` b = descending b [a] xs
        | otherwise = ascending b (a :) xs
    runs xs = [xs]
    descending a as (b : bs) | a `after` b = descending b (a : as) bs
    descending a as bs = (a : as) : runs bs
    ascending a as (b : bs) | not (a `after` b) = ascending b (\ys -> as (a : ys)) bs
    ascending a as bs = let !x = as [a] in x : runs bs
    mergeAll [x] = x
    mergeAll xs = mergeAll (mergePairs xs)
    mergePairs (a : b : xs) = let !x = merge a b in x : mergePairs xs
    mergePairs xs = xs
    merge as@(a : as') bs@(b : bs')
        | a `after` b = b : merge as bs'
        | otherwise = a : merge as' bs
    merge [] bs = bs
    merge as [] = as
    a `after` b = case cmp a b of { GT -> True; _ -> False }

insert :: Ord a => a -> [a] -> [a]
insert = insertBy compare

insertBy :: (a -> a -> Ordering) -> a -> [a] -> [a]
insertBy _ x [] = [x]
insertBy cmp x ys@(y : ys') = case cmp x y of
    GT -> y : insertBy cmp x ys'
    _ -> x : ys

-- Counted by any number

genericLength :: Num i => [a] -> i
genericLength [] = 0
genericLength (_ : l) = 1 + genericLength l
{-# NOINLINE [1] genericLength #-}

strictLength :: Num i => [a] -> i
strictLength = foldl' (\n _ -> n + 1) 0

{-# RULES
"genericLength/Int" genericLength = strictLength :: [a] -> Int
"genericLength/Integer" genericLength = strictLength :: [a] -> Integer
  #-}

genericTake, genericDrop :: Integral i => i -> [a] -> [a]
genericTake n _ | n <= 0 = []
genericTake _ [] = []
genericTake n (x : xs) = x : genericTake (n - 1) xs
genericDrop n xs | n <= 0 = xs
genericDrop _ [] = []
genericDrop n (_ : xs) = genericDrop (n - 1) xs

genericSplitAt :: Integral i => i -> [a] -> ([a], [a])
genericSplitAt n xs | n <= 0 = ([], xs)
genericSplitAt _ [] = ([], [])
genericSplitAt n (x : xs) = (x : xs', xs'')
  where
    (xs', xs'') = genericSplitAt (n - 1) xs

genericIndex :: Integral i => [a] -> i -> a
genericIndex (x : _) 0 = x
genericIndex (_ : xs) n
    | n > 0 = genericIndex xs (n - 1)
    | otherwise = errorWithoutStackTrace "List.genericIndex: negative argument."
genericIndex _ _ = errorWithoutStackTrace "List.genericIndex: index too large."

genericReplicate :: Integral i => i -> a -> [a]
genericReplicate n x = genericTake n (repeat x)

-- Several at once

zip4 :: [a] -> [b] -> [c] -> [d] -> [(a, b, c, d)]
zip4 = zipWith4 (,,,)

zip5 :: [a] -> [b] -> [c] -> [d] -> [e] -> [(a, b, c, d, e)]
zip5 = zipWith5 (,,,,)

zip6 :: [a] -> [b] -> [c] -> [d] -> [e] -> [f] -> [(a, b, c, d, e, f)]
zip6 = zipWith6 (,,,,,)

zip7 :: [a] -> [b] -> [c] -> [d] -> [e] -> [f] -> [g] -> [(a, b, c, d, e, f, g)]
zip7 = zipWith7 (,,,,,,)

zipWith4 :: (a -> b -> c -> d -> e) -> [a] -> [b] -> [c] -> [d] -> [e]
zipWith4 z (a : as) (b : bs) (c : cs) (d : ds) = z a b c d : zipWith4 z as bs cs ds
zipWith4 _ _ _ _ _ = []

zipWith5 :: (a -> b -> c -> d -> e -> f) -> [a] -> [b] -> [c] -> [d] -> [e] -> [f]
zipWith5 z (a : as) (b : bs) (c : cs) (d : ds) (e : es) = z a b c d e : zipWith5 z as bs cs ds es
zipWith5 _ _ _ _ _ _ = []

zipWith6 :: (a -> b -> c -> d -> e -> f -> g) -> [a] -> [b] -> [c] -> [d] -> [e] -> [f] -> [g]
zipWith6 z (a : as) (b : bs) (c : cs) (d : ds) (e : es) (f : fs) = z a b c d e f : zipWith6 z as bs cs ds es fs
zipWith6 _ _ _ _ _ _ _ = []

zipWith7 :: (a -> b -> c -> d -> e -> f -> g -> h) -> [a] -> [b] -> [c] -> [d] -> [e] -> [f] -> [g] -> [h]
zipWith7 z (a : as) (b : bs) (c : cs) (d : ds) (e : es) (f : fs) (g : gs) = z a b c d e f g : zipWith7 z as bs cs ds es fs gs
zipWith7 _ _ _ _ _ _ _ _ = []

unzip4 :: [(a, b, c, d)] -> ([a], [b], [c], [d])
unzip4 = foldr (\(a, b, c, d) ~(as, bs, cs, ds) -> (a : as, b : bs, c : cs, d : ds)) ([], [], [], [])

unzip5 :: [(a, b, c, d, e)] -> ([a], [b], [c], [d], [e])
unzip5 = foldr (\(a, b, c, d, e) ~(as, bs, cs, ds, es) -> (a : as, b : bs, c : cs, d : ds, e : es)) ([], [], [], [], [])

unzip6 :: [(a, b, c, d, e, f)] -> ([a], [b], [c], [d], [e], [f])
unzip6 = foldr (\(a, b, c, d, e, f) ~(as, bs, cs, ds, es, fs) -> (a : as, b : bs, c : cs, d : ds, e : es, f : fs)) ([], [], [], [], [], [])

unzip7 :: [(a, b, c, d, e, f, g)] -> ([a], [b], [c], [d], [e], [f], [g])
unzip7 = foldr (\(a, b, c, d, e, f, g) ~(as, bs, cs, ds, es, fs, gs) -> (a : as, b : bs, c : cs, d : ds, e : es, f : fs, g : gs)) ([], [], [], [], [], [], [])
