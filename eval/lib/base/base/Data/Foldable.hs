{-# LANGUAGE NoImplicitPrelude, MagicHash #-}
-- | Structures that can be folded.
module Data.Foldable
    ( Foldable (..), foldrM, foldlM, traverse_, for_, sequenceA_, asum, mapM_, forM_, sequence_, msum
    , concat, concatMap, and, or, any, all, maximumBy, minimumBy, notElem, find
    ) where

import Data.Either
import Data.Monoid
import Data.Ord
import Data.Proxy
import GHC.Arr (Array, elems, numElements, foldrElems, foldlElems, foldlElems', foldrElems')
import GHC.Base hiding (Any, foldr)
import qualified GHC.List as List
import GHC.Num
import GHC.Tuple (Solo (..))

infix 4 `elem`, `notElem`

class Foldable t where
    fold :: Monoid m => t m -> m
    fold = foldMap id
    foldMap, foldMap' :: Monoid m => (a -> m) -> t a -> m
    foldMap f = foldr (mappend . f) mempty
    {-# INLINE foldMap #-}
    foldMap' f = foldl' (\acc a -> acc <> f a) mempty
    foldr, foldr' :: (a -> b -> b) -> b -> t a -> b
    foldr f z t = appEndo (foldMap (\x -> Endo (f x)) t) z
    foldr' f z0 xs = foldl (\k x z -> k $! f x z) id xs z0
    foldl, foldl' :: (b -> a -> b) -> b -> t a -> b
    foldl f z t = appEndo (getDual (foldMap (Dual . Endo . flip f) t)) z
    foldl' f z0 xs = foldr (\x k z -> k $! f z x) id xs z0
    foldr1, foldl1 :: (a -> a -> a) -> t a -> a
    foldr1 f xs = case foldr (\x m -> Just (case m of { Nothing -> x; Just y -> f x y })) Nothing xs of
        Nothing -> errorWithoutStackTrace "foldr1: empty structure"
        Just r -> r
    foldl1 f xs = case foldl (\m y -> Just (case m of { Nothing -> y; Just x -> f x y })) Nothing xs of
        Nothing -> errorWithoutStackTrace "foldl1: empty structure"
        Just r -> r
    toList :: t a -> [a]
    toList t = build (\c n -> foldr c n t)
    {-# INLINE toList #-}
    null :: t a -> Bool
    null = foldr (\_ _ -> False) True
    length :: t a -> Int
    length = foldl' (\c _ -> c + 1) 0
    elem :: Eq a => a -> t a -> Bool
    elem x = any (== x)
    {-# INLINE elem #-}
    maximum, minimum :: Ord a => t a -> a
    maximum xs = case toList xs of
        [] -> errorWithoutStackTrace "maximum: empty structure"
        l -> List.maximum l
    minimum xs = case toList xs of
        [] -> errorWithoutStackTrace "minimum: empty structure"
        l -> List.minimum l
    sum, product :: Num a => t a -> a
    sum xs = getSum (foldMap' Sum xs)
    product xs = getProduct (foldMap' Product xs)
    {-# MINIMAL foldMap | foldr #-}

instance Foldable [] where
    elem = List.elem
    foldl = List.foldl
    foldl' = List.foldl'
    foldl1 = List.foldl1
    foldr = List.foldr
    foldr' = List.foldr'
    foldr1 = List.foldr1
    length = List.length
    maximum = List.maximum
    minimum = List.minimum
    null = List.null
    product = List.product
    sum = List.sum
    toList = id

instance Foldable Maybe where
    foldMap f m = case m of
        Nothing -> mempty
        Just x -> f x
    foldr _ z Nothing = z
    foldr f z (Just x) = f x z
    foldl _ z Nothing = z
    foldl f z (Just x) = f z x

instance Foldable NonEmpty where
    foldr f z ~(a :| as) = f a (List.foldr f z as)
    foldr1 f (a :| as) = List.foldr1 f (a : as)
    foldMap f ~(a :| as) = f a <> foldMap f as
    length (_ :| as) = 1 + List.length as
    toList ~(a :| as) = a : as
    null _ = False

instance Foldable (Either a) where
    foldMap _ (Left _) = mempty
    foldMap f (Right y) = f y
    foldr _ z (Left _) = z
    foldr f z (Right y) = f y z
    length (Left _) = 0
    length (Right _) = 1
    null = isLeft

instance Foldable ((,) a) where
    foldMap f (_, y) = f y
    foldr f z (_, y) = f y z
    length _ = 1
    null _ = False

instance Foldable (Array i) where
    foldr = foldrElems
    foldl = foldlElems
    foldl' = foldlElems'
    foldr' = foldrElems'
    toList = elems
    length = numElements
    null a = numElements a == 0

instance Foldable Proxy where
    foldMap _ _ = mempty

instance Foldable Dual where
    foldMap f (Dual a) = f a

instance Foldable Sum where
    foldMap f (Sum a) = f a

instance Foldable Product where
    foldMap f (Product a) = f a

instance Foldable First where
    foldMap f (First a) = foldMap f a

instance Foldable Last where
    foldMap f (Last a) = foldMap f a

instance Foldable Down where
    foldMap f (Down a) = f a

instance Foldable Solo where
    foldMap f (Solo a) = f a

foldrM :: (Foldable t, Monad m) => (a -> b -> m b) -> b -> t a -> m b
foldrM f z0 xs = foldl (\k x z -> f x z >>= k) return xs z0

foldlM :: (Foldable t, Monad m) => (b -> a -> m b) -> b -> t a -> m b
foldlM f z0 xs = foldr (\x k z -> f z x >>= k) return xs z0

traverse_ :: (Foldable t, Applicative f) => (a -> f b) -> t a -> f ()
traverse_ f = foldr (\x k -> f x *> k) (pure ())

for_ :: (Foldable t, Applicative f) => t a -> (a -> f b) -> f ()
for_ = flip traverse_
{-# INLINE for_ #-}

mapM_ :: (Foldable t, Monad m) => (a -> m b) -> t a -> m ()
mapM_ f = foldr (\x k -> f x >> k) (return ())

forM_ :: (Foldable t, Monad m) => t a -> (a -> m b) -> m ()
forM_ = flip mapM_
{-# INLINE forM_ #-}

sequenceA_ :: (Foldable t, Applicative f) => t (f a) -> f ()
sequenceA_ = foldr (\m k -> m *> k) (pure ())

sequence_ :: (Foldable t, Monad m) => t (m a) -> m ()
sequence_ = foldr (\m k -> m >> k) (return ())

asum :: (Foldable t, Alternative f) => t (f a) -> f a
asum = foldr (<|>) empty

msum :: (Foldable t, MonadPlus m) => t (m a) -> m a
msum = asum

concat :: Foldable t => t [a] -> [a]
concat xs = build (\c n -> foldr (\x y -> foldr c y x) n xs)
{-# INLINE concat #-}

concatMap :: Foldable t => (a -> [b]) -> t a -> [b]
concatMap f xs = build (\c n -> foldr (\x b -> foldr c b (f x)) n xs)
{-# INLINE concatMap #-}

and, or :: Foldable t => t Bool -> Bool
and = foldr (&&) True
or = foldr (||) False
{-# INLINE and #-}
{-# INLINE or #-}

any, all :: Foldable t => (a -> Bool) -> t a -> Bool
any p = foldr (\x r -> p x || r) False
all p = foldr (\x r -> p x && r) True
{-# INLINE any #-}
{-# INLINE all #-}

maximumBy, minimumBy :: Foldable t => (a -> a -> Ordering) -> t a -> a
maximumBy cmp xs = case toList xs of
    [] -> errorWithoutStackTrace "maximumBy: empty structure"
    l -> List.foldl1' (\x y -> case cmp x y of { GT -> x; _ -> y }) l
minimumBy cmp xs = case toList xs of
    [] -> errorWithoutStackTrace "minimumBy: empty structure"
    l -> List.foldl1' (\x y -> case cmp x y of { GT -> y; _ -> x }) l

notElem :: (Foldable t, Eq a) => a -> t a -> Bool
notElem x = not . elem x

find :: Foldable t => (a -> Bool) -> t a -> Maybe a
find p = foldr (\x r -> if p x then Just x else r) Nothing
