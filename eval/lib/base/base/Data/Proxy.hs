{-# LANGUAGE NoImplicitPrelude, KindSignatures, PolyKinds #-}
module Data.Proxy (Proxy (..), asProxyTypeOf, KProxy (..)) where

import GHC.Base
import GHC.Enum
import GHC.Num
import GHC.Show

data Proxy t = Proxy
    deriving (Bounded)

data KProxy (t :: Type) = KProxy

instance Eq (Proxy s) where
    _ == _ = True

instance Ord (Proxy s) where
    compare _ _ = EQ

instance Show (Proxy s) where
    showsPrec _ _ = showString "Proxy"

instance Semigroup (Proxy s) where
    _ <> _ = Proxy

instance Monoid (Proxy s) where
    mempty = Proxy

instance Functor Proxy where
    fmap _ _ = Proxy

instance Applicative Proxy where
    pure _ = Proxy
    _ <*> _ = Proxy

instance Monad Proxy where
    _ >>= _ = Proxy

asProxyTypeOf :: a -> proxy a -> a
asProxyTypeOf = const

instance Alternative Proxy where
    empty = Proxy
    _ <|> _ = Proxy

instance MonadPlus Proxy

instance Enum (Proxy s) where
    succ _ = errorWithoutStackTrace "Proxy.succ"
    pred _ = errorWithoutStackTrace "Proxy.pred"
    fromEnum _ = 0
    toEnum 0 = Proxy
    toEnum _ = errorWithoutStackTrace "Proxy.toEnum: 0 expected"
