{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude, RankNTypes #-}
-- | The Prelude's functions on lists.
module GHC.List
    ( map, (++), filter, concat
    , head, last, tail, init, uncons, null, length, (!!), lenAcc
    , foldl, foldl', foldl1, foldl1', scanl, scanl1, scanl', foldr, foldr', foldr1, scanr, scanr1
    , iterate, iterate', repeat, replicate, cycle
    , take, drop, sum, product, maximum, minimum, splitAt, takeWhile, dropWhile, span, break, reverse
    , and, or, any, all, elem, notElem, lookup, concatMap
    , zip, zip3, zipWith, zipWith3, unzip, unzip3
    , errorEmptyList, badHead
    ) where

import GHC.Base
import GHC.Num

infixl 9 !!
infix 4 `elem`, `notElem`

errorEmptyList :: String -> a
errorEmptyList function = errorWithoutStackTrace ("Prelude." ++ function ++ ": empty list")

head :: [a] -> a
head (x : _) = x
head [] = badHead
{-# NOINLINE [1] head #-}

badHead :: a
badHead = errorEmptyList "head"

{-# RULES
"head/build" forall (g :: forall b. (a -> b -> b) -> b -> b). head (build g) = g (\x _ -> x) badHead
  #-}

uncons :: [a] -> Maybe (a, [a])
uncons [] = Nothing
uncons (x : xs) = Just (x, xs)

tail :: [a] -> [a]
tail (_ : xs) = xs
tail [] = errorEmptyList "tail"

last :: [a] -> a
last [x] = x
last (_ : xs) = last xs
last [] = errorEmptyList "last"

init :: [a] -> [a]
init [] = errorEmptyList "init"
init (x : xs) = go x xs
  where
    go _ [] = []
    go y (z : zs) = y : go z zs

null :: [a] -> Bool
null [] = True
null (_ : _) = False

length :: [a] -> Int
length xs = lenAcc xs 0
{-# NOINLINE [1] length #-}

lenAcc :: [a] -> Int -> Int
lenAcc [] !n = n
lenAcc (_ : ys) n = lenAcc ys (n + 1)

lengthFB :: a -> (Int -> Int) -> Int -> Int
lengthFB _ k = \n -> k $! n + 1
{-# INLINE [0] lengthFB #-}

lengthEnd :: Int -> Int
lengthEnd n = n
{-# INLINE [0] lengthEnd #-}

{-# RULES
"length" [~1] forall xs. length xs = foldr lengthFB lengthEnd xs 0
"lengthList" [1] forall xs n. foldr lengthFB lengthEnd xs n = lenAcc xs n
  #-}

filter :: (a -> Bool) -> [a] -> [a]
filter _ [] = []
filter p (x : xs)
    | p x = x : filter p xs
    | otherwise = filter p xs
{-# NOINLINE [1] filter #-}

filterFB :: (a -> b -> b) -> (a -> Bool) -> a -> b -> b
filterFB c p x r
    | p x = x `c` r
    | otherwise = r
{-# INLINE [0] filterFB #-}

{-# RULES
"filter" [~1] forall p xs. filter p xs = build (\c n -> foldr (filterFB c p) n xs)
"filterList" [1] forall p. foldr (filterFB (:) p) [] = filter p
"filterFB" forall c p q. filterFB (filterFB c p) q = filterFB c (\x -> q x && p x)
  #-}

-- Folds: from the left, as a fold from the right that makes a function of what is so far

foldl :: (b -> a -> b) -> b -> [a] -> b
foldl k z0 xs = foldr (\v fn -> oneShot (\z -> fn (k z v))) id xs z0
{-# INLINE foldl #-}

foldl' :: (b -> a -> b) -> b -> [a] -> b
foldl' k z0 xs = foldr (\v fn -> oneShot (\z -> z `seq` fn (k z v))) id xs z0
{-# INLINE foldl' #-}

foldl1, foldl1' :: (a -> a -> a) -> [a] -> a
foldl1 f (x : xs) = foldl f x xs
foldl1 _ [] = errorEmptyList "foldl1"
foldl1' f (x : xs) = foldl' f x xs
foldl1' _ [] = errorEmptyList "foldl1'"

foldr' :: (a -> b -> b) -> b -> [a] -> b
foldr' k z0 xs = foldl' (\k' x z -> k' $! k x z) id xs z0
{-# INLINE foldr' #-}

foldr1 :: (a -> a -> a) -> [a] -> a
foldr1 f = go
  where
    go [x] = x
    go (x : xs) = f x (go xs)
    go [] = errorEmptyList "foldr1"

sum, product :: Num a => [a] -> a
sum = foldl (+) 0
product = foldl (*) 1
{-# INLINE sum #-}
{-# INLINE product #-}

maximum, minimum :: Ord a => [a] -> a
maximum [] = errorEmptyList "maximum"
maximum xs = foldl1' max xs
minimum [] = errorEmptyList "minimum"
minimum xs = foldl1' min xs
{-# INLINABLE maximum #-}
{-# INLINABLE minimum #-}
{-# SPECIALISE maximum :: [Int] -> Int #-}
{-# SPECIALISE minimum :: [Int] -> Int #-}

scanl, scanl' :: (b -> a -> b) -> b -> [a] -> [b]
scanl = go
  where
    go f q ls = q : case ls of
        [] -> []
        x : xs -> go f (f q x) xs
scanl' = go
  where
    go f !q ls = q : case ls of
        [] -> []
        x : xs -> go f (f q x) xs
{-# NOINLINE [1] scanl #-}
{-# NOINLINE [1] scanl' #-}

scanlFB, scanlFB' :: (b -> a -> b) -> (b -> c -> c) -> a -> (b -> c) -> b -> c
scanlFB f c = \b r -> oneShot (\x -> let b' = f x b in b' `c` r b')
scanlFB' f c = \b r -> oneShot (\x -> let !b' = f x b in b' `c` r b')
{-# INLINE [0] scanlFB #-}
{-# INLINE [0] scanlFB' #-}

scanlEnd, scanlEnd' :: a -> b -> a
scanlEnd n _ = n
scanlEnd' n !_ = n
{-# INLINE [0] scanlEnd #-}
{-# INLINE [0] scanlEnd' #-}

{-# RULES
"scanl" [~1] forall f a bs. scanl f a bs = build (\c n -> a `c` foldr (scanlFB f c) (scanlEnd n) bs a)
"scanlList" [1] forall f a bs. foldr (scanlFB f (:)) (scanlEnd []) bs a = tail (scanl f a bs)
"scanl'" [~1] forall f a bs. scanl' f a bs = build (\c n -> a `seq` (a `c` foldr (scanlFB' f c) (scanlEnd' n) bs a))
"scanlList'" [1] forall f a bs. foldr (scanlFB' f (:)) (scanlEnd' []) bs a = tail (scanl' f a bs)
  #-}

scanl1, scanr1 :: (a -> a -> a) -> [a] -> [a]
scanl1 f (x : xs) = scanl f x xs
scanl1 _ [] = []
scanr1 _ [] = []
scanr1 _ [x] = [x]
scanr1 f (x : xs) = case scanr1 f xs of
    qs -> f x (head qs) : qs

scanr :: (a -> b -> b) -> b -> [a] -> [b]
scanr _ q0 [] = [q0]
scanr f q0 (x : xs) = f x (head qs) : qs
  where
    qs = scanr f q0 xs

-- Endless lists

iterate, iterate' :: (a -> a) -> a -> [a]
iterate f x = x : iterate f (f x)
{-# NOINLINE [1] iterate #-}
iterate' f x = let x' = f x in x' `seq` (x : iterate' f x')
{-# NOINLINE [1] iterate' #-}

iterateFB :: (a -> b -> b) -> (a -> a) -> a -> b
iterateFB c f x0 = go x0
  where
    go x = x `c` go (f x)
{-# INLINE [0] iterateFB #-}

iterateFB' :: (a -> b -> b) -> (a -> a) -> a -> b
iterateFB' c f x0 = go x0
  where
    go x = let x' = f x in x' `seq` (x `c` go x')
{-# INLINE [0] iterateFB' #-}

repeat :: a -> [a]
repeat x = let xs = x : xs in xs
{-# INLINE [0] repeat #-}

repeatFB :: (a -> b -> b) -> a -> b
repeatFB c x = xs
  where
    xs = x `c` xs
{-# INLINE [0] repeatFB #-}

{-# RULES
"iterate" [~1] forall f x. iterate f x = build (\c _ -> iterateFB c f x)
"iterateFB" [1] iterateFB (:) = iterate
"iterate'" [~1] forall f x. iterate' f x = build (\c _ -> iterateFB' c f x)
"iterateFB'" [1] iterateFB' (:) = iterate'
"repeat" [~1] forall x. repeat x = build (\c _ -> repeatFB c x)
"repeatFB" [1] repeatFB (:) = repeat
  #-}

replicate :: Int -> a -> [a]
replicate n x = take n (repeat x)
{-# INLINE replicate #-}

cycle :: [a] -> [a]
cycle [] = errorEmptyList "cycle"
cycle xs = xs'
  where
    xs' = xs ++ xs'

-- Parts

take, drop :: Int -> [a] -> [a]
take n xs
    | 0 < n = takeSome n xs
    | otherwise = []
{-# INLINE [1] take #-}
drop n ls
    | n <= 0 = ls
    | otherwise = go n ls
  where
    go _ [] = []
    go 1 (_ : xs) = xs
    go m (_ : xs) = go (m - 1) xs

-- | At least one.
takeSome :: Int -> [a] -> [a]
takeSome !_ [] = []
takeSome 1 (x : _) = [x]
takeSome m (x : xs) = x : takeSome (m - 1) xs
{-# NOINLINE [1] takeSome #-}

takeFB :: (a -> b -> b) -> b -> a -> (Int -> b) -> Int -> b
takeFB c n x xs = \i -> case i of
    1 -> x `c` n
    _ -> x `c` xs (i - 1)
{-# INLINE [0] takeFB #-}

takeEnd :: b -> Int -> b
takeEnd n !_ = n
{-# INLINE [0] takeEnd #-}

{-# RULES
"take" [~1] forall n xs. take n xs = build (\c nil -> if 0 < n then foldr (takeFB c nil) (takeEnd nil) xs n else nil)
"takeList" [1] forall n xs. foldr (takeFB (:) []) (takeEnd []) xs n = takeSome n xs
  #-}

splitAt :: Int -> [a] -> ([a], [a])
splitAt n ls
    | n <= 0 = ([], ls)
    | otherwise = go n ls
  where
    go _ [] = ([], [])
    go 1 (x : xs) = ([x], xs)
    go m (x : xs) = (x : xs', xs'')
      where
        (xs', xs'') = go (m - 1) xs

takeWhile, dropWhile :: (a -> Bool) -> [a] -> [a]
takeWhile _ [] = []
takeWhile p (x : xs)
    | p x = x : takeWhile p xs
    | otherwise = []
{-# NOINLINE [1] takeWhile #-}
dropWhile _ [] = []
dropWhile p xs@(x : xs')
    | p x = dropWhile p xs'
    | otherwise = xs

takeWhileFB :: (a -> Bool) -> (a -> r -> r) -> r -> a -> r -> r
takeWhileFB p c n = \x r -> if p x then x `c` r else n
{-# INLINE [0] takeWhileFB #-}

{-# RULES
"takeWhile" [~1] forall p xs. takeWhile p xs = build (\c n -> foldr (takeWhileFB p c n) n xs)
"takeWhileList" [1] forall p. foldr (takeWhileFB p (:) []) [] = takeWhile p
  #-}

span, break :: (a -> Bool) -> [a] -> ([a], [a])
span _ [] = ([], [])
span p xs@(x : xs')
    | p x = let (ys, zs) = span p xs' in (x : ys, zs)
    | otherwise = ([], xs)
break _ [] = ([], [])
break p xs@(x : xs')
    | p x = ([], xs)
    | otherwise = let (ys, zs) = break p xs' in (x : ys, zs)

reverse :: [a] -> [a]
reverse l = go l []
  where
    go [] a = a
    go (x : xs) a = go xs (x : a)

-- Questions

and, or :: [Bool] -> Bool
and = foldr (&&) True
or = foldr (||) False
{-# INLINE and #-}
{-# INLINE or #-}

any, all :: (a -> Bool) -> [a] -> Bool
any p = foldr (\x r -> p x || r) False
all p = foldr (\x r -> p x && r) True
{-# INLINE any #-}
{-# INLINE all #-}

elem, notElem :: Eq a => a -> [a] -> Bool
elem _ [] = False
elem x (y : ys) = x == y || elem x ys
{-# NOINLINE [1] elem #-}
notElem _ [] = True
notElem x (y : ys) = x /= y && notElem x ys
{-# NOINLINE [1] notElem #-}

{-# RULES
"elem/build" forall x (g :: forall b. (a -> b -> b) -> b -> b). elem x (build g) = g (\y r -> x == y || r) False
"notElem/build" forall x (g :: forall b. (a -> b -> b) -> b -> b). notElem x (build g) = g (\y r -> x /= y && r) True
  #-}

lookup :: Eq a => a -> [(a, b)] -> Maybe b
lookup _ [] = Nothing
lookup key ((x, y) : rest)
    | key == x = Just y
    | otherwise = lookup key rest
{-# INLINABLE lookup #-}

concat :: [[a]] -> [a]
concat = foldr (++) []
{-# NOINLINE [1] concat #-}

concatMap :: (a -> [b]) -> [a] -> [b]
concatMap f = foldr ((++) . f) []
{-# NOINLINE [1] concatMap #-}

{-# RULES
"concat" forall xs. concat xs = build (\c n -> foldr (\x y -> foldr c y x) n xs)
"concatMap" forall f xs. concatMap f xs = build (\c n -> foldr (\x b -> foldr c b (f x)) n xs)
  #-}

(!!) :: [a] -> Int -> a
xs !! n
    | n < 0 = errorWithoutStackTrace "Prelude.!!: negative index"
    | otherwise = go xs n
  where
    go [] _ = errorWithoutStackTrace "Prelude.!!: index too large"
    go (y : _) 0 = y
    go (_ : ys) m = go ys (m - 1)

-- Pairs

zip :: [a] -> [b] -> [(a, b)]
zip (a : as) (b : bs) = (a, b) : zip as bs
zip _ _ = []
{-# NOINLINE [1] zip #-}

zip3 :: [a] -> [b] -> [c] -> [(a, b, c)]
zip3 (a : as) (b : bs) (c : cs) = (a, b, c) : zip3 as bs cs
zip3 _ _ _ = []
{-# NOINLINE [1] zip3 #-}

zipWith :: (a -> b -> c) -> [a] -> [b] -> [c]
zipWith f = go
  where
    go (x : xs) (y : ys) = f x y : go xs ys
    go _ _ = []
{-# NOINLINE [1] zipWith #-}

zipWith3 :: (a -> b -> c -> d) -> [a] -> [b] -> [c] -> [d]
zipWith3 z = go
  where
    go (a : as) (b : bs) (c : cs) = z a b c : go as bs cs
    go _ _ _ = []
{-# NOINLINE [1] zipWith3 #-}

-- | A fold of two lists, of which the first is consumed by foldr.
foldr2 :: (a -> b -> c -> c) -> c -> [a] -> [b] -> c
foldr2 k z = go
  where
    go (x : xs) (y : ys) = k x y (go xs ys)
    go _ _ = z
{-# INLINE [0] foldr2 #-}

foldr2Left :: (a -> b -> c -> d) -> d -> a -> ([b] -> c) -> [b] -> d
foldr2Left _ z _ _ [] = z
foldr2Left k _ x r (y : ys) = k x y (r ys)

-- | The same of three.
foldr3 :: (a -> b -> c -> d -> d) -> d -> [a] -> [b] -> [c] -> d
foldr3 k z = go
  where
    go (a : as) (b : bs) (c : cs) = k a b c (go as bs cs)
    go _ _ _ = z
{-# INLINE [0] foldr3 #-}

foldr3Left :: (a -> b -> c -> d -> e) -> e -> a -> ([b] -> [c] -> d) -> [b] -> [c] -> e
foldr3Left k _ a r (b : bs) (c : cs) = k a b c (r bs cs)
foldr3Left _ z _ _ _ _ = z

zip3FB :: ((a, b, c) -> d -> e) -> a -> b -> c -> d -> e
zip3FB cons = \a b c r -> (a, b, c) `cons` r
{-# INLINE [0] zip3FB #-}

zipWith3FB :: (d -> e -> f) -> (a -> b -> c -> d) -> a -> b -> c -> e -> f
zipWith3FB cons f = \a b c r -> f a b c `cons` r
{-# INLINE [0] zipWith3FB #-}

zipFB :: ((a, b) -> c -> d) -> a -> b -> c -> d
zipFB c = \x y r -> (x, y) `c` r
{-# INLINE [0] zipFB #-}

zipWithFB :: (a -> b -> c) -> (d -> e -> a) -> d -> e -> b -> c
zipWithFB c f = \x y r -> (x `f` y) `c` r
{-# INLINE [0] zipWithFB #-}

{-# RULES
"foldr2/left" forall k z ys (g :: forall b. (a -> b -> b) -> b -> b). foldr2 k z (build g) ys = g (foldr2Left k z) (\_ -> z) ys
"zip" [~1] forall xs ys. zip xs ys = build (\c n -> foldr2 (zipFB c) n xs ys)
"zipList" [1] foldr2 (zipFB (:)) [] = zip
"zipWith" [~1] forall f xs ys. zipWith f xs ys = build (\c n -> foldr2 (zipWithFB c f) n xs ys)
"zipWithList" [1] forall f. foldr2 (zipWithFB (:) f) [] = zipWith f
"foldr3/left" forall k z ys zs (g :: forall b. (a -> b -> b) -> b -> b).
    foldr3 k z (build g) ys zs = g (foldr3Left k z) (\_ _ -> z) ys zs
"zip3" [~1] forall as bs cs. zip3 as bs cs = build (\c n -> foldr3 (zip3FB c) n as bs cs)
"zip3List" [1] foldr3 (zip3FB (:)) [] = zip3
"zipWith3" [~1] forall f as bs cs. zipWith3 f as bs cs = build (\c n -> foldr3 (zipWith3FB c f) n as bs cs)
"zipWith3List" [1] forall f. foldr3 (zipWith3FB (:) f) [] = zipWith3 f
  #-}

unzip :: [(a, b)] -> ([a], [b])
unzip = foldr (\(a, b) ~(as, bs) -> (a : as, b : bs)) ([], [])
{-# INLINE unzip #-}

unzip3 :: [(a, b, c)] -> ([a], [b], [c])
unzip3 = foldr (\(a, b, c) ~(as, bs, cs) -> (a : as, b : bs, c : cs)) ([], [], [])
{-# INLINE unzip3 #-}
