-- Types as values, with their kinds: of data and functions, in part applied, of literals and promoted lists; what they are made of.
{-# LANGUAGE DataKinds, PolyKinds, RankNTypes, ScopedTypeVariables, TypeApplications #-}
import Data.Typeable
import Data.Kind
data N = Z | S N
data V (n :: N) a = V a
data P (f :: k -> Type) (a :: k) = P (f a)
main :: IO ()
main = do
  print (splitTyConApp (typeOf not))
  print (typeRepTyCon (typeRep (Proxy :: Proxy Type)))
  print (typeRep (Proxy :: Proxy (,)), typeRep (Proxy :: Proxy ((,) Int)), typeRep (Proxy :: Proxy []))
  print (typeOf (V 'x' :: V ('S 'Z) Char))
  print (typeOf (P (Just 'x')))
  print (typeRep (Proxy :: Proxy (Proxy :: Type -> Type)) == typeRep (Proxy :: Proxy (Proxy :: (Type -> Type) -> Type)))
  print (typeRep (Proxy :: Proxy (->)), typeRep (Proxy :: Proxy ((->) Int)))
  print (typeRep (Proxy @3), typeRep (Proxy @"abc"), typeRep (Proxy @'[1,2]), typeRep (Proxy @'(1,"x")))
  print (typeOf (Just [(1::Int,'x',"s")]), typeOf (undefined :: (Int -> Int) -> Maybe (Int -> Char)))
  print (typeRep (Proxy @Constraint), typeRep (Proxy @(Maybe (Type -> Type))))
  print (funResultTy (typeOf not) (typeOf True), typeRepArgs (typeOf (Just 'x')))
  print (showsTypeRep (typeOf 'x') "", tyConModule (typeRepTyCon (typeOf (Just 'x'))), tyConPackage (typeRepTyCon (typeOf 'c')))
  print (fmap ($ True) (cast not :: Maybe (Bool -> Bool)), applied (Proxy :: Proxy ((->) Int)))

-- A function type that nobody has seen whole is another one to GHC 9.0.
applied :: forall (f :: Type -> Type). Typeable f => Proxy f -> Bool
applied _ = typeRep (Proxy :: Proxy (f Bool)) == typeOf (> (3 :: Int))
