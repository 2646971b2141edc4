{-# LANGUAGE NoImplicitPrelude #-}
module Data.Bitraversable
    ( Bitraversable (..), bisequenceA, bisequence, bimapM, bifor, biforM, bimapAccumL, bimapAccumR, bimapDefault, bifoldMapDefault
    , Bifunctor, Bifoldable
    ) where

import Control.Applicative
import Data.Bifoldable
import Data.Bifunctor
import Data.Functor.Identity
import Prelude

class (Bifunctor t, Bifoldable t) => Bitraversable t where
    bitraverse :: Applicative f => (a -> f c) -> (b -> f d) -> t a b -> f (t c d)

instance Bitraversable (,) where
    bitraverse f g ~(a, b) = liftA2 (,) (f a) (g b)

instance Bitraversable ((,,) x) where
    bitraverse f g ~(x, a, b) = liftA2 ((,,) x) (f a) (g b)

instance Bitraversable Either where
    bitraverse f _ (Left a) = fmap Left (f a)
    bitraverse _ g (Right b) = fmap Right (g b)

instance Bitraversable Const where
    bitraverse f _ (Const a) = fmap Const (f a)

bisequenceA, bisequence :: (Bitraversable t, Applicative f) => t (f a) (f b) -> f (t a b)
bisequenceA = bitraverse id id
bisequence = bisequenceA

bimapM :: (Bitraversable t, Applicative f) => (a -> f c) -> (b -> f d) -> t a b -> f (t c d)
bimapM = bitraverse

bifor, biforM :: (Bitraversable t, Applicative f) => t a b -> (a -> f c) -> (b -> f d) -> f (t c d)
bifor t f g = bitraverse f g t
biforM = bifor

-- | A state that goes from left to right, or from right to left.
newtype Forwards s a = Forwards (s -> (s, a))
newtype Backwards s a = Backwards (s -> (s, a))

instance Functor (Forwards s) where
    fmap f (Forwards k) = Forwards (\s -> let (t, a) = k s in (t, f a))

instance Applicative (Forwards s) where
    pure a = Forwards (\s -> (s, a))
    Forwards kf <*> Forwards kv = Forwards (\s -> let (t, f) = kf s; (u, v) = kv t in (u, f v))

instance Functor (Backwards s) where
    fmap f (Backwards k) = Backwards (\s -> let (t, a) = k s in (t, f a))

instance Applicative (Backwards s) where
    pure a = Backwards (\s -> (s, a))
    Backwards kf <*> Backwards kv = Backwards (\s -> let (t, v) = kv s; (u, f) = kf t in (u, f v))

bimapAccumL, bimapAccumR :: Bitraversable t => (a -> b -> (a, c)) -> (a -> d -> (a, e)) -> a -> t b d -> (a, t c e)
bimapAccumL f g s t = case bitraverse (Forwards . flip f) (Forwards . flip g) t of
    Forwards k -> k s
bimapAccumR f g s t = case bitraverse (Backwards . flip f) (Backwards . flip g) t of
    Backwards k -> k s

bimapDefault :: Bitraversable t => (a -> b) -> (c -> d) -> t a c -> t b d
bimapDefault f g = runIdentity . bitraverse (Identity . f) (Identity . g)

bifoldMapDefault :: (Bitraversable t, Monoid m) => (a -> m) -> (b -> m) -> t a b -> m
bifoldMapDefault f g = getConst . bitraverse (Const . f) (Const . g)
