{-# LANGUAGE AllowAmbiguousTypes, DataKinds, DeriveGeneric, DeriveTraversable, DerivingStrategies, FlexibleContexts, FlexibleInstances, GeneralizedNewtypeDeriving, KindSignatures, MagicHash, NoImplicitPrelude, PolyKinds, ScopedTypeVariables, StandaloneDeriving, TypeApplications, TypeFamilies, TypeOperators, UndecidableInstances, EmptyDataDeriving, DeriveAnyClass #-}
-- | Data types as sums of products, and what their declarations say, as types.
module GHC.Generics
    ( V1, U1 (..), Par1 (..), Rec1 (..), K1 (..), M1 (..), (:+:) (..), (:*:) (..), (:.:) (..)
    , URec (..), UAddr, UChar, UDouble, UFloat, UInt, UWord
    , Rec0, R, D1, C1, S1, D, C, S
    , Datatype (..), Constructor (..), Selector (..)
    , Fixity (..), FixityI (..), Associativity (..), prec
    , SourceUnpackedness (..), SourceStrictness (..), DecidedStrictness (..), Meta (..)
    , Generic (..), Generic1 (..)
    ) where

import Control.Applicative
import Control.Monad (MonadPlus)
import Data.Functor.Const
import Data.Functor.Identity
import Data.Ix
import Data.List.NonEmpty (NonEmpty (..))
import Data.Monoid
import Data.Ord (Down (..))
import Data.Proxy
import GHC.Base (Addr#, Char#, Double#, Float#, Int#, Symbol, Type, Word#)
import GHC.Ptr (Ptr)
import GHC.TypeLits
import Prelude

infixr 5 :+:
infixr 6 :*:
infixr 7 :.:

-- Of nothing, of no fields, of one

data V1 (p :: k)
    deriving (Eq, Ord, Read, Show, Functor)

data U1 (p :: k) = U1

newtype Par1 p = Par1 { unPar1 :: p }
    deriving stock (Eq, Ord, Read, Show, Functor, Foldable, Traversable)
    deriving newtype (Semigroup, Monoid)

newtype Rec1 (f :: k -> Type) (p :: k) = Rec1 { unRec1 :: f p }

newtype K1 i c (p :: k) = K1 { unK1 :: c }
    deriving stock (Eq, Ord, Read, Show, Functor, Foldable, Traversable)
    deriving newtype (Semigroup, Monoid)

newtype M1 i (c :: Meta) (f :: k -> Type) (p :: k) = M1 { unM1 :: f p }

-- Of several

data (:+:) (f :: k -> Type) (g :: k -> Type) (p :: k) = L1 (f p) | R1 (g p)

data (:*:) (f :: k -> Type) (g :: k -> Type) (p :: k) = f p :*: g p

newtype (:.:) (f :: k2 -> Type) (g :: k1 -> k2) (p :: k1) = Comp1 { unComp1 :: f (g p) }

-- Of what is not lifted

data family URec a (p :: k)

data instance URec (Ptr ()) (p :: k) = UAddr { uAddr# :: Addr# }
    deriving (Eq, Ord)
data instance URec Char (p :: k) = UChar { uChar# :: Char# }
    deriving (Eq, Ord, Show)
data instance URec Double (p :: k) = UDouble { uDouble# :: Double# }
    deriving (Eq, Ord, Show)
data instance URec Float (p :: k) = UFloat { uFloat# :: Float# }
    deriving (Eq, Ord, Show)
data instance URec Int (p :: k) = UInt { uInt# :: Int# }
    deriving (Eq, Ord, Show)
data instance URec Word (p :: k) = UWord { uWord# :: Word# }
    deriving (Eq, Ord, Show)

type UAddr = URec (Ptr ())
type UChar = URec Char
type UDouble = URec Double
type UFloat = URec Float
type UInt = URec Int
type UWord = URec Word

-- What M1 and K1 stand for

data R
data D
data C
data S

type Rec0 = K1 R
type D1 = M1 D
type C1 = M1 C
type S1 = M1 S

-- What a declaration says

data Meta = MetaData Symbol Symbol Symbol Bool | MetaCons Symbol FixityI Bool | MetaSel (Maybe Symbol) SourceUnpackedness SourceStrictness DecidedStrictness

data Fixity = Prefix | Infix Associativity Int
    deriving (Eq, Show, Ord, Read)

data FixityI = PrefixI | InfixI Associativity Nat

data Associativity = LeftAssociative | RightAssociative | NotAssociative
    deriving (Eq, Show, Ord, Read, Enum, Bounded, Ix)

data SourceUnpackedness = NoSourceUnpackedness | SourceNoUnpack | SourceUnpack
    deriving (Eq, Show, Ord, Read, Enum, Bounded, Ix)

data SourceStrictness = NoSourceStrictness | SourceLazy | SourceStrict
    deriving (Eq, Show, Ord, Read, Enum, Bounded, Ix)

data DecidedStrictness = DecidedLazy | DecidedStrict | DecidedUnpack
    deriving (Eq, Show, Ord, Read, Enum, Bounded, Ix)

prec :: Fixity -> Int
prec Prefix = 10
prec (Infix _ n) = n

class Datatype (d :: k) where
    datatypeName, moduleName, packageName :: t d (f :: k' -> Type) (a :: k') -> [Char]
    isNewtype :: t d (f :: k' -> Type) (a :: k') -> Bool
    isNewtype _ = False

instance (KnownSymbol n, KnownSymbol m, KnownSymbol p, Said new) => Datatype ('MetaData n m p new) where
    datatypeName _ = symbolVal (Proxy :: Proxy n)
    moduleName _ = symbolVal (Proxy :: Proxy m)
    packageName _ = symbolVal (Proxy :: Proxy p)
    isNewtype _ = said @_ @new

class Constructor (c :: k) where
    conName :: t c (f :: k' -> Type) (a :: k') -> [Char]
    conFixity :: t c (f :: k' -> Type) (a :: k') -> Fixity
    conFixity _ = Prefix
    conIsRecord :: t c (f :: k' -> Type) (a :: k') -> Bool
    conIsRecord _ = False

instance (KnownSymbol n, Said fixity, Said record) => Constructor ('MetaCons n fixity record) where
    conName _ = symbolVal (Proxy :: Proxy n)
    conFixity _ = said @_ @fixity
    conIsRecord _ = said @_ @record

class Selector (s :: k) where
    selName :: t s (f :: k' -> Type) (a :: k') -> [Char]
    selSourceUnpackedness :: t s (f :: k' -> Type) (a :: k') -> SourceUnpackedness
    selSourceStrictness :: t s (f :: k' -> Type) (a :: k') -> SourceStrictness
    selDecidedStrictness :: t s (f :: k' -> Type) (a :: k') -> DecidedStrictness

instance (Said name, Said unpackedness, Said strictness, Said decided) => Selector ('MetaSel name unpackedness strictness decided) where
    selName _ = maybe "" id (said @_ @name)
    selSourceUnpackedness _ = said @_ @unpackedness
    selSourceStrictness _ = said @_ @strictness
    selDecidedStrictness _ = said @_ @decided

-- | What a type of a kind like Bool says, as a value.
type family Value k
type instance Value Bool = Bool
type instance Value FixityI = Fixity
type instance Value Associativity = Associativity
type instance Value (Maybe Symbol) = Maybe String
type instance Value SourceUnpackedness = SourceUnpackedness
type instance Value SourceStrictness = SourceStrictness
type instance Value DecidedStrictness = DecidedStrictness

class Said (a :: k) where
    said :: Value k

instance Said 'True where said = True
instance Said 'False where said = False
instance Said ('Nothing :: Maybe Symbol) where said = Nothing
instance KnownSymbol s => Said ('Just s) where said = Just (symbolVal (Proxy :: Proxy s))
instance Said 'PrefixI where said = Prefix
instance (Said a, KnownNat n) => Said ('InfixI a n) where said = Infix (said @_ @a) (fromInteger (natVal (Proxy :: Proxy n)))
instance Said 'LeftAssociative where said = LeftAssociative
instance Said 'RightAssociative where said = RightAssociative
instance Said 'NotAssociative where said = NotAssociative
instance Said 'NoSourceUnpackedness where said = NoSourceUnpackedness
instance Said 'SourceNoUnpack where said = SourceNoUnpack
instance Said 'SourceUnpack where said = SourceUnpack
instance Said 'NoSourceStrictness where said = NoSourceStrictness
instance Said 'SourceLazy where said = SourceLazy
instance Said 'SourceStrict where said = SourceStrict
instance Said 'DecidedLazy where said = DecidedLazy
instance Said 'DecidedStrict where said = DecidedStrict
instance Said 'DecidedUnpack where said = DecidedUnpack

-- There and back

class Generic a where
    type Rep a :: Type -> Type
    from :: a -> Rep a x
    to :: Rep a x -> a

class Generic1 (f :: k -> Type) where
    type Rep1 f :: k -> Type
    from1 :: f a -> Rep1 f a
    to1 :: Rep1 f a -> f a

-- Instances of the representations

deriving instance Eq (f p) => Eq (Rec1 f p)
deriving instance Ord (f p) => Ord (Rec1 f p)
deriving instance Read (f p) => Read (Rec1 f p)
deriving instance Show (f p) => Show (Rec1 f p)
deriving instance Functor f => Functor (Rec1 f)
deriving instance Foldable f => Foldable (Rec1 f)
deriving instance Traversable f => Traversable (Rec1 f)
deriving newtype instance Semigroup (f p) => Semigroup (Rec1 f p)
deriving newtype instance Monoid (f p) => Monoid (Rec1 f p)
deriving newtype instance Applicative f => Applicative (Rec1 f)
deriving newtype instance Alternative f => Alternative (Rec1 f)
deriving newtype instance Monad f => Monad (Rec1 f)

deriving instance Eq (f p) => Eq (M1 i c f p)
deriving instance Ord (f p) => Ord (M1 i c f p)
deriving instance Read (f p) => Read (M1 i c f p)
deriving instance Show (f p) => Show (M1 i c f p)
deriving instance Functor f => Functor (M1 i c f)
deriving instance Foldable f => Foldable (M1 i c f)
deriving instance Traversable f => Traversable (M1 i c f)
deriving newtype instance Semigroup (f p) => Semigroup (M1 i c f p)
deriving newtype instance Monoid (f p) => Monoid (M1 i c f p)
deriving newtype instance Applicative f => Applicative (M1 i c f)
deriving newtype instance Alternative f => Alternative (M1 i c f)
deriving newtype instance Monad f => Monad (M1 i c f)

deriving instance (Eq (f p), Eq (g p)) => Eq ((f :+: g) p)
deriving instance (Ord (f p), Ord (g p)) => Ord ((f :+: g) p)
deriving instance (Read (f p), Read (g p)) => Read ((f :+: g) p)
deriving instance (Show (f p), Show (g p)) => Show ((f :+: g) p)
deriving instance (Functor f, Functor g) => Functor (f :+: g)
deriving instance (Foldable f, Foldable g) => Foldable (f :+: g)
deriving instance (Traversable f, Traversable g) => Traversable (f :+: g)

deriving instance (Eq (f p), Eq (g p)) => Eq ((f :*: g) p)
deriving instance (Ord (f p), Ord (g p)) => Ord ((f :*: g) p)
deriving instance (Read (f p), Read (g p)) => Read ((f :*: g) p)
deriving instance (Show (f p), Show (g p)) => Show ((f :*: g) p)
deriving instance (Functor f, Functor g) => Functor (f :*: g)
deriving instance (Foldable f, Foldable g) => Foldable (f :*: g)
deriving instance (Traversable f, Traversable g) => Traversable (f :*: g)

instance (Semigroup (f p), Semigroup (g p)) => Semigroup ((f :*: g) p) where
    (a :*: b) <> (c :*: d) = (a <> c) :*: (b <> d)

instance (Monoid (f p), Monoid (g p)) => Monoid ((f :*: g) p) where
    mempty = mempty :*: mempty

instance (Applicative f, Applicative g) => Applicative (f :*: g) where
    pure a = pure a :*: pure a
    (f :*: g) <*> (x :*: y) = (f <*> x) :*: (g <*> y)

instance (Alternative f, Alternative g) => Alternative (f :*: g) where
    empty = empty :*: empty
    (a :*: b) <|> (c :*: d) = (a <|> c) :*: (b <|> d)

instance (Monad f, Monad g) => Monad (f :*: g) where
    (m :*: n) >>= f = (m >>= one . f) :*: (n >>= other . f)
      where
        one (a :*: _) = a
        other (_ :*: b) = b

instance (MonadPlus f, MonadPlus g) => MonadPlus (f :*: g)

deriving instance Eq (f (g p)) => Eq ((f :.: g) p)
deriving instance Ord (f (g p)) => Ord ((f :.: g) p)
deriving instance Read (f (g p)) => Read ((f :.: g) p)
deriving instance Show (f (g p)) => Show ((f :.: g) p)
deriving instance (Functor f, Functor g) => Functor (f :.: g)
deriving instance (Foldable f, Foldable g) => Foldable (f :.: g)
deriving instance (Traversable f, Traversable g) => Traversable (f :.: g)
deriving newtype instance Semigroup (f (g p)) => Semigroup ((f :.: g) p)
deriving newtype instance Monoid (f (g p)) => Monoid ((f :.: g) p)

instance (Applicative f, Applicative g) => Applicative (f :.: g) where
    pure x = Comp1 (pure (pure x))
    Comp1 f <*> Comp1 x = Comp1 (liftA2 (<*>) f x)

instance Eq (U1 p) where
    _ == _ = True

instance Ord (U1 p) where
    compare _ _ = EQ

deriving instance Read (U1 p)

instance Show (U1 p) where
    showsPrec _ _ = showString "U1"

instance Functor U1 where
    fmap _ _ = U1

instance Foldable U1 where
    foldMap _ _ = mempty

instance Traversable U1 where
    traverse _ _ = pure U1

instance Applicative U1 where
    pure _ = U1
    _ <*> _ = U1

instance Alternative U1 where
    empty = U1
    _ <|> _ = U1

instance Monad U1 where
    _ >>= _ = U1

instance Semigroup (U1 p) where
    _ <> _ = U1

instance Monoid (U1 p) where
    mempty = U1

instance Applicative Par1 where
    pure = Par1
    Par1 f <*> Par1 x = Par1 (f x)

instance Monad Par1 where
    Par1 x >>= f = f x

instance Monoid c => Applicative (K1 i c) where
    pure _ = K1 mempty
    K1 a <*> K1 b = K1 (a <> b)

-- Of the types that everyone has

deriving instance Generic [a]
deriving instance Generic (NonEmpty a)
deriving instance Generic (Maybe a)
deriving instance Generic (Either a b)
deriving instance Generic Bool
deriving instance Generic Ordering
deriving instance Generic (Proxy t)
deriving instance Generic ()
deriving instance Generic (a, b)
deriving instance Generic (a, b, c)
deriving instance Generic (a, b, c, d)
deriving instance Generic (a, b, c, d, e)
deriving instance Generic (a, b, c, d, e, f)
deriving instance Generic (a, b, c, d, e, f, g)
deriving instance Generic (Down a)
deriving instance Generic (Identity a)
deriving instance Generic (Const a b)
deriving instance Generic (ZipList a)
deriving instance Generic (Sum a)
deriving instance Generic (Product a)
deriving instance Generic (Dual a)
deriving instance Generic (Endo a)
deriving instance Generic All
deriving instance Generic Any
deriving instance Generic (First a)
deriving instance Generic (Last a)

deriving instance Generic1 []
deriving instance Generic1 NonEmpty
deriving instance Generic1 Maybe
deriving instance Generic1 (Either a)
deriving instance Generic1 Proxy
deriving instance Generic1 ((,) a)
deriving instance Generic1 ((,,) a b)
deriving instance Generic1 ((,,,) a b c)
deriving instance Generic1 Down
deriving instance Generic1 Identity
deriving instance Generic1 ZipList
