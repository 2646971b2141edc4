{-# LANGUAGE NoImplicitPrelude #-}
-- | Structures that can be walked with effects.
module Data.Traversable
    ( Traversable (..), for, forM, mapAccumL, mapAccumR, fmapDefault, foldMapDefault
    ) where

import Data.Either
import Data.Foldable
import Data.Monoid
import Data.Ord
import Data.Proxy
import GHC.Arr (Array, bounds, listArray, elems)
import GHC.Base hiding (Any, foldr, sequence, mapM)
import GHC.Ix
import qualified GHC.List as List
import GHC.Tuple (Solo (..))

class (Functor t, Foldable t) => Traversable t where
    traverse :: Applicative f => (a -> f b) -> t a -> f (t b)
    traverse f = sequenceA . fmap f
    {-# INLINE traverse #-}
    sequenceA :: Applicative f => t (f a) -> f (t a)
    sequenceA = traverse id
    {-# INLINE sequenceA #-}
    mapM :: Monad m => (a -> m b) -> t a -> m (t b)
    mapM = traverse
    {-# INLINE mapM #-}
    sequence :: Monad m => t (m a) -> m (t a)
    sequence = sequenceA
    {-# INLINE sequence #-}
    {-# MINIMAL traverse | sequenceA #-}

instance Traversable Maybe where
    traverse _ Nothing = pure Nothing
    traverse f (Just x) = fmap Just (f x)

instance Traversable [] where
    traverse f = List.foldr (\x ys -> liftA2 (:) (f x) ys) (pure [])
    {-# INLINE traverse #-}

instance Traversable NonEmpty where
    traverse f ~(a :| as) = liftA2 (:|) (f a) (traverse f as)

instance Traversable (Either a) where
    traverse _ (Left x) = pure (Left x)
    traverse f (Right y) = fmap Right (f y)

instance Traversable ((,) a) where
    traverse f (x, y) = fmap ((,) x) (f y)

instance Ix i => Traversable (Array i) where
    traverse f arr = fmap (listArray (bounds arr)) (traverse f (elems arr))

instance Traversable Proxy where
    traverse _ _ = pure Proxy

instance Traversable Dual where
    traverse f (Dual a) = fmap Dual (f a)

instance Traversable Sum where
    traverse f (Sum a) = fmap Sum (f a)

instance Traversable Product where
    traverse f (Product a) = fmap Product (f a)

instance Traversable First where
    traverse f (First a) = fmap First (traverse f a)

instance Traversable Last where
    traverse f (Last a) = fmap Last (traverse f a)

instance Traversable Down where
    traverse f (Down a) = fmap Down (f a)

instance Traversable Solo where
    traverse f (Solo a) = fmap Solo (f a)

instance Functor Solo where
    fmap f (Solo a) = Solo (f a)

for :: (Traversable t, Applicative f) => t a -> (a -> f b) -> f (t b)
for = flip traverse
{-# INLINE for #-}

forM :: (Traversable t, Monad m) => t a -> (a -> m b) -> m (t b)
forM = flip mapM
{-# INLINE forM #-}

-- | A state that goes through, from the left or from the right.
newtype StateL s a = StateL (s -> (s, a))

instance Functor (StateL s) where
    fmap f (StateL k) = StateL (\s -> let (s', v) = k s in (s', f v))

instance Applicative (StateL s) where
    pure x = StateL (\s -> (s, x))
    StateL kf <*> StateL kv = StateL (\s -> let { (s', f) = kf s; (s'', v) = kv s' } in (s'', f v))
    liftA2 f (StateL kx) (StateL ky) = StateL (\s -> let { (s', x) = kx s; (s'', y) = ky s' } in (s'', f x y))

newtype StateR s a = StateR (s -> (s, a))

instance Functor (StateR s) where
    fmap f (StateR k) = StateR (\s -> let (s', v) = k s in (s', f v))

instance Applicative (StateR s) where
    pure x = StateR (\s -> (s, x))
    StateR kf <*> StateR kv = StateR (\s -> let { (s', v) = kv s; (s'', f) = kf s' } in (s'', f v))
    liftA2 f (StateR kx) (StateR ky) = StateR (\s -> let { (s', y) = ky s; (s'', x) = kx s' } in (s'', f x y))

mapAccumL, mapAccumR :: Traversable t => (s -> a -> (s, b)) -> s -> t a -> (s, t b)
mapAccumL f s t = case traverse (\a -> StateL (\s' -> f s' a)) t of StateL k -> k s
mapAccumR f s t = case traverse (\a -> StateR (\s' -> f s' a)) t of StateR k -> k s

newtype Id a = Id a

instance Functor Id where
    fmap f (Id a) = Id (f a)

instance Applicative Id where
    pure = Id
    Id f <*> Id a = Id (f a)

newtype Collect m a = Collect m

instance Functor (Collect m) where
    fmap _ (Collect m) = Collect m

instance Monoid m => Applicative (Collect m) where
    pure _ = Collect mempty
    Collect a <*> Collect b = Collect (a <> b)

fmapDefault :: Traversable t => (a -> b) -> t a -> t b
fmapDefault f t = case traverse (Id . f) t of Id r -> r

foldMapDefault :: (Traversable t, Monoid m) => (a -> m) -> t a -> m
foldMapDefault f t = case traverse (Collect . f) t of Collect m -> m
