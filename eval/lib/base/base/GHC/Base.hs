{-# LANGUAGE BangPatterns, EmptyDataDeriving, KindSignatures, DataKinds, PolyKinds, MagicHash, ExistentialQuantification, NoImplicitPrelude, RankNTypes, StandaloneDeriving, UnboxedTuples #-}
-- | Functions, lists, and the classes from Semigroup to Monad.
module GHC.Base
    ( module GHC.Base
    , module GHC.Classes
    , module GHC.CString
    , module GHC.Magic
    , module GHC.Types
    , module GHC.Prim
    , module GHC.Err
    , module GHC.Maybe
    ) where

import GHC.Classes
import GHC.CString
import GHC.Err
import GHC.Magic
import GHC.Maybe
import GHC.Num.Integer ()
import GHC.Prim
import GHC.Prim.Exception ()
import GHC.Tuple
import GHC.Types
import {-# SOURCE #-} GHC.IO (failIO, mplusIO)
import {-# SOURCE #-} GHC.Real (Integral, stimesDefault)

infixr 9 .
infixr 6 <>
infixr 5 ++
infixl 4 <$, <$!>, <*>, <*, *>, <**>
infixl 3 <|>
infixl 1 >>, >>=
infixr 1 =<<
infixr 0 $, $!
infixr 5 :|

type String = [Char]

-- Functions

id :: a -> a
id x = x

const :: a -> b -> a
const x _ = x

(.) :: (b -> c) -> (a -> b) -> a -> c
(.) f g = \x -> f (g x)
{-# INLINE (.) #-}

flip :: (a -> b -> c) -> b -> a -> c
flip f x y = f y x

($) :: forall r a (b :: TYPE r). (a -> b) -> a -> b
f $ x = f x
{-# INLINE ($) #-}

($!) :: forall r a (b :: TYPE r). (a -> b) -> a -> b
f $! x = let !v = x in f v
{-# INLINE ($!) #-}

asTypeOf :: a -> a -> a
asTypeOf = const

until :: (a -> Bool) -> (a -> a) -> a -> a
until done f = go
  where
    go x
        | done x = x
        | otherwise = go (f x)

otherwise :: Bool
otherwise = True

assert :: Bool -> a -> a
assert _ x = x

breakpoint :: a -> a
breakpoint x = x

breakpointCond :: Bool -> a -> a
breakpointCond _ x = x

data Opaque = forall a. O a

-- Numbers and characters, as far as lists need them

ord :: Char -> Int
ord (C# c) = I# (ord# c)

unsafeChr :: Int -> Char
unsafeChr (I# i) = C# (chr# i)

minInt, maxInt :: Int
minInt = I# (-0x8000000000000000#)
maxInt = I# 0x7FFFFFFFFFFFFFFF#

getTag :: a -> Int#
getTag x = dataToTag# x
{-# INLINE getTag #-}

quotInt, remInt, divInt, modInt :: Int -> Int -> Int
I# x `quotInt` I# y = I# (x `quotInt#` y)
I# x `remInt` I# y = I# (x `remInt#` y)
I# x `divInt` I# y = I# (x `divInt#` y)
I# x `modInt` I# y = I# (x `modInt#` y)

quotRemInt, divModInt :: Int -> Int -> (Int, Int)
I# x `quotRemInt` I# y = case x `quotRemInt#` y of (# q, r #) -> (I# q, I# r)
I# x `divModInt` I# y = case x `divInt#` y of q -> case x `modInt#` y of r -> (I# q, I# r)

-- | Shifts that answer what shifting bit by bit would, however far.
shiftL#, shiftRL# :: Word# -> Int# -> Word#
a `shiftL#` b
    | isTrue# (b >=# 64#) = 0##
    | otherwise = a `uncheckedShiftL#` b
a `shiftRL#` b
    | isTrue# (b >=# 64#) = 0##
    | otherwise = a `uncheckedShiftRL#` b

iShiftL#, iShiftRA#, iShiftRL# :: Int# -> Int# -> Int#
a `iShiftL#` b
    | isTrue# (b >=# 64#) = 0#
    | otherwise = a `uncheckedIShiftL#` b
a `iShiftRA#` b
    | isTrue# (b >=# 64#) = negateInt# (a <# 0#)
    | otherwise = a `uncheckedIShiftRA#` b
a `iShiftRL#` b
    | isTrue# (b >=# 64#) = 0#
    | otherwise = a `uncheckedIShiftRL#` b

-- Lists, and how they are fused: who makes a list writes build, who consumes one writes foldr; the two cancel out. What has not
-- met its partner by phase 1 goes back to an ordinary function.

foldr :: (a -> b -> b) -> b -> [a] -> b
foldr f z = go
  where
    go [] = z
    go (x : xs) = x `f` go xs
{-# INLINE [0] foldr #-}

build :: forall a. (forall b. (a -> b -> b) -> b -> b) -> [a]
build g = g (:) []
{-# INLINE [1] build #-}

augment :: forall a. (forall b. (a -> b -> b) -> b -> b) -> [a] -> [a]
augment g xs = g (:) xs
{-# INLINE [1] augment #-}

{-# RULES
"fold/build" forall f z (g :: forall b. (a -> b -> b) -> b -> b). foldr f z (build g) = g f z
"foldr/augment" forall f z xs (g :: forall b. (a -> b -> b) -> b -> b). foldr f z (augment g xs) = g f (foldr f z xs)
"foldr/id" foldr (:) [] = \x -> x
"foldr/app" [1] forall ys. foldr (:) ys = \xs -> xs ++ ys
"foldr/single" forall f z x. foldr f z [x] = f x z
"foldr/nil" forall f z. foldr f z [] = z
"foldr/cons/build" forall f z x (g :: forall b. (a -> b -> b) -> b -> b). foldr f z (x : build g) = f x (g f z)
"augment/build" forall (g :: forall b. (a -> b -> b) -> b -> b) (h :: forall b. (a -> b -> b) -> b -> b).
    augment g (build h) = build (\c n -> g c (h c n))
"augment/nil" forall (g :: forall b. (a -> b -> b) -> b -> b). augment g [] = build g
"map" [~1] forall f xs. map f xs = build (\c n -> foldr (mapFB c f) n xs)
"mapList" [1] forall f. foldr (mapFB (:) f) [] = map f
"mapFB" forall c f g. mapFB (mapFB c f) g = mapFB c (\x -> f (g x))
"mapFB/id" forall c. mapFB c (\x -> x) = c
"++" [~1] forall xs ys. xs ++ ys = augment (\c n -> foldr c n xs) ys
  #-}

map :: (a -> b) -> [a] -> [b]
map _ [] = []
map f (x : xs) = f x : map f xs
{-# NOINLINE [0] map #-}

mapFB :: (b -> c -> c) -> (a -> b) -> a -> c -> c
mapFB c f = \x rest -> c (f x) rest
{-# INLINE [0] mapFB #-}

(++) :: [a] -> [a] -> [a]
[] ++ ys = ys
(x : xs) ++ ys = x : (xs ++ ys)
{-# NOINLINE [1] (++) #-}

eqString :: String -> String -> Bool
eqString [] [] = True
eqString (a : as) (b : bs) = a == b && eqString as bs
eqString _ _ = False
{-# NOINLINE eqString #-}

-- Semigroup, Monoid

data NonEmpty a = a :| [a]
    deriving (Eq, Ord)

class Semigroup a where
    (<>) :: a -> a -> a
    sconcat :: NonEmpty a -> a
    sconcat (a :| as) = go a as
      where
        go b (c : cs) = b <> go c cs
        go b [] = b
    stimes :: Integral b => b -> a -> a
    stimes = stimesDefault
    {-# MINIMAL (<>) #-}

class Semigroup a => Monoid a where
    mempty :: a
    mappend :: a -> a -> a
    mappend = (<>)
    {-# INLINE mappend #-}
    mconcat :: [a] -> a
    mconcat = foldr mappend mempty
    {-# INLINE mconcat #-}
    {-# MINIMAL mempty #-}

instance Semigroup [a] where
    (<>) = (++)
    {-# INLINE (<>) #-}

instance Monoid [a] where
    mempty = []
    {-# INLINE mempty #-}
    mconcat xss = [x | xs <- xss, x <- xs]
    {-# INLINE mconcat #-}

instance Semigroup (NonEmpty a) where
    (a :| as) <> ~(b :| bs) = a :| (as ++ b : bs)

instance Semigroup b => Semigroup (a -> b) where
    f <> g = \x -> f x <> g x

instance Monoid b => Monoid (a -> b) where
    mempty _ = mempty

instance Semigroup () where
    _ <> _ = ()

instance Monoid () where
    mempty = ()

instance (Semigroup a, Semigroup b) => Semigroup (a, b) where
    (a, b) <> (a', b') = (a <> a', b <> b')

instance (Monoid a, Monoid b) => Monoid (a, b) where
    mempty = (mempty, mempty)

instance (Semigroup a, Semigroup b, Semigroup c) => Semigroup (a, b, c) where
    (a, b, c) <> (a', b', c') = (a <> a', b <> b', c <> c')

instance (Monoid a, Monoid b, Monoid c) => Monoid (a, b, c) where
    mempty = (mempty, mempty, mempty)

instance (Semigroup a, Semigroup b, Semigroup c, Semigroup d) => Semigroup (a, b, c, d) where
    (a, b, c, d) <> (a', b', c', d') = (a <> a', b <> b', c <> c', d <> d')

instance (Monoid a, Monoid b, Monoid c, Monoid d) => Monoid (a, b, c, d) where
    mempty = (mempty, mempty, mempty, mempty)

instance (Semigroup a, Semigroup b, Semigroup c, Semigroup d, Semigroup e) => Semigroup (a, b, c, d, e) where
    (a, b, c, d, e) <> (a', b', c', d', e') = (a <> a', b <> b', c <> c', d <> d', e <> e')

instance (Monoid a, Monoid b, Monoid c, Monoid d, Monoid e) => Monoid (a, b, c, d, e) where
    mempty = (mempty, mempty, mempty, mempty, mempty)

instance Semigroup Ordering where
    LT <> _ = LT
    EQ <> y = y
    GT <> _ = GT

instance Monoid Ordering where
    mempty = EQ

instance Semigroup a => Semigroup (Maybe a) where
    Nothing <> b = b
    a <> Nothing = a
    Just a <> Just b = Just (a <> b)

instance Semigroup a => Monoid (Maybe a) where
    mempty = Nothing

instance Semigroup a => Semigroup (IO a) where
    (<>) = liftA2 (<>)

instance Monoid a => Monoid (IO a) where
    mempty = pure mempty

-- Functor, Applicative, Monad

class Functor f where
    fmap :: (a -> b) -> f a -> f b
    (<$) :: a -> f b -> f a
    (<$) = fmap . const
    {-# MINIMAL fmap #-}

class Functor f => Applicative f where
    pure :: a -> f a
    (<*>) :: f (a -> b) -> f a -> f b
    (<*>) = liftA2 id
    liftA2 :: (a -> b -> c) -> f a -> f b -> f c
    liftA2 f x = (<*>) (fmap f x)
    (*>) :: f a -> f b -> f b
    a *> b = (id <$ a) <*> b
    (<*) :: f a -> f b -> f a
    (<*) = liftA2 const
    {-# MINIMAL pure, ((<*>) | liftA2) #-}

class Applicative m => Monad m where
    (>>=) :: forall a b. m a -> (a -> m b) -> m b
    (>>) :: forall a b. m a -> m b -> m b
    m >> k = m >>= \_ -> k
    {-# INLINE (>>) #-}
    return :: a -> m a
    return = pure
    {-# INLINE return #-}
    {-# MINIMAL (>>=) #-}

class Applicative f => Alternative f where
    empty :: f a
    (<|>) :: f a -> f a -> f a
    some, many :: f a -> f [a]
    some v = some_v
      where
        many_v = some_v <|> pure []
        some_v = liftA2 (:) v many_v
    many v = many_v
      where
        many_v = some_v <|> pure []
        some_v = liftA2 (:) v many_v
    {-# MINIMAL empty, (<|>) #-}

class (Alternative m, Monad m) => MonadPlus m where
    mzero :: m a
    mzero = empty
    mplus :: m a -> m a -> m a
    mplus = (<|>)

(<**>) :: Applicative f => f a -> f (a -> b) -> f b
(<**>) = liftA2 (\a f -> f a)

liftA :: Applicative f => (a -> b) -> f a -> f b
liftA f a = pure f <*> a
{-# INLINABLE liftA #-}
{-# SPECIALISE liftA :: (a -> b) -> IO a -> IO b #-}
{-# SPECIALISE liftA :: (a -> b) -> Maybe a -> Maybe b #-}

liftA3 :: Applicative f => (a -> b -> c -> d) -> f a -> f b -> f c -> f d
liftA3 f a b c = liftA2 f a b <*> c
{-# INLINABLE liftA3 #-}
{-# SPECIALISE liftA3 :: (a -> b -> c -> d) -> IO a -> IO b -> IO c -> IO d #-}
{-# SPECIALISE liftA3 :: (a -> b -> c -> d) -> Maybe a -> Maybe b -> Maybe c -> Maybe d #-}

(=<<) :: Monad m => (a -> m b) -> m a -> m b
f =<< x = x >>= f

when :: Applicative f => Bool -> f () -> f ()
when p s = if p then s else pure ()
{-# INLINABLE when #-}
{-# SPECIALISE when :: Bool -> IO () -> IO () #-}
{-# SPECIALISE when :: Bool -> Maybe () -> Maybe () #-}

sequence :: Monad m => [m a] -> m [a]
sequence = mapM id
{-# INLINE sequence #-}

mapM :: Monad m => (a -> m b) -> [a] -> m [b]
mapM f as = foldr k (return []) as
  where
    k a r = do
        x <- f a
        xs <- r
        return (x : xs)
{-# INLINE mapM #-}

liftM :: Monad m => (a -> r) -> m a -> m r
liftM f m = m >>= \x -> return (f x)
{-# INLINABLE liftM #-}
{-# SPECIALISE liftM :: (a -> r) -> IO a -> IO r #-}
{-# SPECIALISE liftM :: (a -> r) -> Maybe a -> Maybe r #-}

liftM2 :: Monad m => (a -> b -> r) -> m a -> m b -> m r
liftM2 f a b = do { x <- a; y <- b; return (f x y) }
{-# INLINABLE liftM2 #-}
{-# SPECIALISE liftM2 :: (a -> b -> r) -> IO a -> IO b -> IO r #-}
{-# SPECIALISE liftM2 :: (a -> b -> r) -> Maybe a -> Maybe b -> Maybe r #-}

liftM3 :: Monad m => (a -> b -> c -> r) -> m a -> m b -> m c -> m r
liftM3 f a b c = do { x <- a; y <- b; z <- c; return (f x y z) }
{-# INLINABLE liftM3 #-}
{-# SPECIALISE liftM3 :: (a -> b -> c -> r) -> IO a -> IO b -> IO c -> IO r #-}
{-# SPECIALISE liftM3 :: (a -> b -> c -> r) -> Maybe a -> Maybe b -> Maybe c -> Maybe r #-}

liftM4 :: Monad m => (a -> b -> c -> d -> r) -> m a -> m b -> m c -> m d -> m r
liftM4 f a b c d = do { w <- a; x <- b; y <- c; z <- d; return (f w x y z) }

liftM5 :: Monad m => (a -> b -> c -> d -> e -> r) -> m a -> m b -> m c -> m d -> m e -> m r
liftM5 f a b c d e = do { v <- a; w <- b; x <- c; y <- d; z <- e; return (f v w x y z) }

ap :: Monad m => m (a -> b) -> m a -> m b
ap m1 m2 = do { f <- m1; x <- m2; return (f x) }
{-# INLINABLE ap #-}
{-# SPECIALISE ap :: IO (a -> b) -> IO a -> IO b #-}
{-# SPECIALISE ap :: Maybe (a -> b) -> Maybe a -> Maybe b #-}

join :: Monad m => m (m a) -> m a
join x = x >>= id

(<$!>) :: Monad m => (a -> b) -> m a -> m b
f <$!> m = do
    x <- m
    return $! f x

instance Functor ((->) r) where
    fmap = (.)

instance Applicative ((->) r) where
    pure = const
    (<*>) f g x = f x (g x)
    liftA2 q f g x = q (f x) (g x)

instance Monad ((->) r) where
    f >>= k = \r -> k (f r) r

instance Functor ((,) a) where
    fmap f (x, y) = (x, f y)

instance Monoid a => Applicative ((,) a) where
    pure x = (mempty, x)
    (u, f) <*> (v, x) = (u <> v, f x)
    liftA2 f (u, x) (v, y) = (u <> v, f x y)

instance Monoid a => Monad ((,) a) where
    (u, a) >>= k = case k a of (v, b) -> (u <> v, b)

instance Functor ((,,) a b) where
    fmap f (a, b, c) = (a, b, f c)

instance (Monoid a, Monoid b) => Applicative ((,,) a b) where
    pure x = (mempty, mempty, x)
    (a, b, f) <*> (a', b', x) = (a <> a', b <> b', f x)

instance (Monoid a, Monoid b) => Monad ((,,) a b) where
    (u, v, a) >>= k = case k a of (u', v', b) -> (u <> u', v <> v', b)

instance Functor Maybe where
    fmap _ Nothing = Nothing
    fmap f (Just a) = Just (f a)

instance Applicative Maybe where
    pure = Just
    Just f <*> m = fmap f m
    Nothing <*> _ = Nothing
    liftA2 f (Just x) (Just y) = Just (f x y)
    liftA2 _ _ _ = Nothing
    Just _ *> m = m
    Nothing *> _ = Nothing

instance Functor ((,,,) a b c) where
    fmap f (a, b, c, d) = (a, b, c, f d)

instance (Monoid a, Monoid b, Monoid c) => Applicative ((,,,) a b c) where
    pure x = (mempty, mempty, mempty, x)
    (a, b, c, f) <*> (a', b', c', x) = (a <> a', b <> b', c <> c', f x)

instance (Monoid a, Monoid b, Monoid c) => Monad ((,,,) a b c) where
    (u, v, w, a) >>= k = case k a of
        (u', v', w', b) -> (u <> u', v <> v', w <> w', b)

instance Monad Maybe where
    Just x >>= k = k x
    Nothing >>= _ = Nothing
    (>>) = (*>)

instance Alternative Maybe where
    empty = Nothing
    Nothing <|> r = r
    l <|> _ = l

instance MonadPlus Maybe

instance Functor [] where
    fmap = map
    {-# INLINE fmap #-}

instance Applicative [] where
    pure x = [x]
    {-# INLINE pure #-}
    fs <*> xs = [f x | f <- fs, x <- xs]
    {-# INLINE (<*>) #-}
    liftA2 f xs ys = [f x y | x <- xs, y <- ys]
    {-# INLINE liftA2 #-}
    xs *> ys = [y | _ <- xs, y <- ys]
    {-# INLINE (*>) #-}

instance Monad [] where
    xs >>= f = [y | x <- xs, y <- f x]
    {-# INLINE (>>=) #-}
    (>>) = (*>)
    {-# INLINE (>>) #-}

instance Alternative [] where
    empty = []
    (<|>) = (++)

instance MonadPlus []

instance Functor NonEmpty where
    fmap f ~(a :| as) = f a :| fmap f as
    b <$ ~(_ :| as) = b :| (b <$ as)

instance Applicative NonEmpty where
    pure a = a :| []
    (<*>) = ap

instance Monad NonEmpty where
    ~(a :| as) >>= f = b :| (bs ++ [y | x <- as, y <- toList (f x)])
      where
        b :| bs = f a
        toList ~(c :| cs) = c : cs

-- IO

instance Functor IO where
    fmap f x = x >>= (pure . f)

instance Applicative IO where
    pure = returnIO
    {-# INLINE pure #-}
    m <*> n = m >>= \f -> n >>= \x -> returnIO (f x)
    {-# INLINE (<*>) #-}
    liftA2 f m n = m >>= \x -> n >>= \y -> returnIO (f x y)
    {-# INLINE liftA2 #-}
    (*>) = thenIO
    {-# INLINE (*>) #-}

instance Monad IO where
    (>>=) = bindIO
    {-# INLINE (>>=) #-}
    (>>) = (*>)
    {-# INLINE (>>) #-}

instance Alternative IO where
    empty = failIO "mzero"
    (<|>) = mplusIO

instance MonadPlus IO

returnIO :: a -> IO a
returnIO x = IO (\s -> (# s, x #))

bindIO :: IO a -> (a -> IO b) -> IO b
bindIO (IO m) k = IO (\s -> case m s of (# s1, a #) -> unIO (k a) s1)

thenIO :: IO a -> IO b -> IO b
thenIO (IO m) k = IO (\s -> case m s of (# s1, _ #) -> unIO k s1)

unIO :: IO a -> State# RealWorld -> (# State# RealWorld, a #)
unIO (IO a) = a
