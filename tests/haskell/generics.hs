{-# LANGUAGE DefaultSignatures, DeriveAnyClass, DeriveGeneric, FlexibleContexts, FlexibleInstances, ScopedTypeVariables, TypeOperators, TypeSynonymInstances, UndecidableInstances #-}
-- deriving Generic: what a declaration says, functions by structure, defaults of classes, and back again.
module Main (main) where

import Data.Proxy
import GHC.Generics

data Shape = Dot | Disc { radius :: Double } | Box { width, height :: !Int }
    deriving (Show, Eq, Generic)

data Tree a = Leaf | Tree a :/\: (Tree a, a)
    deriving (Show, Generic)

infixl 6 :/\:

newtype Wrapped = Wrapped { unwrapped :: Maybe [Bool] }
    deriving (Show, Generic)

-- Bits, by structure
class Encode a where
    encode :: a -> String
    default encode :: (Generic a, GEncode (Rep a)) => a -> String
    encode = gencode . from

class GEncode f where
    gencode :: f p -> String

instance GEncode V1 where gencode _ = ""
instance GEncode U1 where gencode _ = "."
instance (GEncode a, GEncode b) => GEncode (a :*: b) where gencode (a :*: b) = gencode a ++ gencode b
instance (GEncode a, GEncode b) => GEncode (a :+: b) where
    gencode (L1 a) = 'l' : gencode a
    gencode (R1 b) = 'r' : gencode b
instance GEncode a => GEncode (M1 i c a) where gencode (M1 a) = gencode a
instance Encode a => GEncode (K1 i a) where gencode (K1 a) = encode a

instance Encode Int where encode n = show n ++ ";"
instance Encode Double where encode d = show d ++ ";"
instance Encode Bool
instance Encode a => Encode [a]
instance Encode a => Encode (Maybe a)
instance (Encode a, Encode b) => Encode (a, b)
instance (Encode a, Encode b) => Encode (Either a b)
instance Encode Shape
instance Encode Wrapped
instance Encode a => Encode (Tree a)

-- Constructors and fields, by what the declaration says
class Describe f where
    describe :: Proxy (f p) -> [String]

instance (Datatype d, Describe f) => Describe (D1 d f) where
    describe _ = (datatypeName x ++ " of " ++ moduleName x ++ (if isNewtype x then ", new" else "")) : describe (Proxy :: Proxy (f p))
      where
        x = undefined :: D1 d f p
instance (Describe f, Describe g) => Describe (f :+: g) where
    describe _ = describe (Proxy :: Proxy (f p)) ++ describe (Proxy :: Proxy (g p))
instance (Constructor c, Fields f) => Describe (C1 c f) where
    describe _ = [conName x ++ " " ++ show (conFixity x) ++ " " ++ show (conIsRecord x) ++ concatMap (' ' :) (fields (Proxy :: Proxy (f p)))]
      where
        x = undefined :: C1 c f p

class Fields f where
    fields :: Proxy (f p) -> [String]

instance Fields U1 where fields _ = []
instance (Fields f, Fields g) => Fields (f :*: g) where fields _ = fields (Proxy :: Proxy (f p)) ++ fields (Proxy :: Proxy (g p))
instance Selector s => Fields (S1 s f) where
    fields _ = [show (selName x) ++ "/" ++ show (selSourceStrictness x)]
      where
        x = undefined :: S1 s f p

described :: forall a p. (Generic a, Describe (Rep a)) => a -> [String]
described _ = describe (Proxy :: Proxy (Rep a p))

-- Of one argument
class GSize f where
    gsize :: f a -> Int

instance GSize U1 where gsize _ = 0
instance GSize Par1 where gsize _ = 1
instance GSize (K1 i c) where gsize _ = 0
instance (Generic1 f, GSize (Rep1 f)) => GSize (Rec1 f) where gsize (Rec1 a) = gsize (from1 a)
instance GSize f => GSize (M1 i c f) where gsize (M1 a) = gsize a
instance (GSize f, GSize g) => GSize (f :+: g) where
    gsize (L1 a) = gsize a
    gsize (R1 b) = gsize b
instance (GSize f, GSize g) => GSize (f :*: g) where gsize (a :*: b) = gsize a + gsize b

data Trio a = Trio a Int a [a]
    deriving (Show, Generic1)

main :: IO ()
main = do
    mapM_ (putStrLn . encode) [Dot, Disc 1.5, Box 3 4]
    putStrLn (encode [(True, Just (1 :: Int)), (False, Nothing)])
    putStrLn (encode (Wrapped (Just [True, False])))
    putStrLn (encode ((Leaf :/\: (Leaf, 1)) :/\: (Leaf, 2 :: Int)))
    mapM_ putStrLn (described Dot ++ described (Wrapped Nothing) ++ described (Leaf :: Tree ()) ++ described (Just 'c') ++ described [()])
    print (to (from (Box 5 6)) == Box 5 6, (to (from (Left 3 :: Either Int Bool)) :: Either Int Bool))
    print (from (Disc 2))
    print (from (1 :: Int, 'x', "y"))
    print (gsize (from1 (Trio 'a' 0 'b' "cde")), gsize (from1 (Just ())), gsize (from1 [1, 2, 3 :: Int]))
    print (fmap length (unPar1 (Par1 "four") : ["x"]), unComp1 (fmap (+ 1) (Comp1 [Just 1, Nothing, Just (3 :: Int)])))
    print (foldr (:) [] (Just 1 :*: [2, 3 :: Int]), (U1 <> U1) == (mempty :: U1 ()), prec Prefix, prec (Infix LeftAssociative 4))
