-- Casts between types that are known to differ: what the optimiser makes of the branch that is never taken need not fit the types of its values.
{-# LANGUAGE GADTs, TypeOperators #-}
import Data.Dynamic
import Data.Type.Equality
import Data.Typeable

data Ty a where
  TInt :: Ty Int
  TChar :: Ty Char
  TBool :: Ty Bool
  TList :: Ty a -> Ty [a]
  TPair :: Ty a -> Ty b -> Ty (a, b)

same :: Ty a -> Ty b -> Maybe (a :~: b)
same TInt TInt = Just Refl
same TChar TChar = Just Refl
same TBool TBool = Just Refl
same (TList a) (TList b) = do
  Refl <- same a b
  Just Refl
same (TPair a b) (TPair c d) = do
  Refl <- same a c
  Refl <- same b d
  Just Refl
same _ _ = Nothing
{-# NOINLINE same #-}

castTo :: Ty a -> Ty b -> a -> Maybe b
castTo a b x = case same a b of
  Just Refl -> Just x
  Nothing -> Nothing
{-# INLINE castTo #-}

doubled :: Maybe Int -> Int
doubled (Just n) = 2 * n
doubled Nothing = -1

main :: IO ()
main = do
  print (castTo TInt TInt 3, castTo TChar TInt 'c', castTo TInt TChar 4, castTo TBool TInt True)
  print (doubled (castTo TInt TInt 21), doubled (castTo TChar TInt 'a'), doubled (castTo TBool TInt True), doubled (castTo (TList TInt) TInt [1]))
  print (fmap not (castTo TInt TBool 5), fmap length (castTo TInt (TList TChar) 5), fmap fst (castTo TBool (TPair TInt TChar) False), fmap snd (castTo (TPair TInt TInt) (TPair TInt TInt) (1, 2)))
  print (cast 'a' :: Maybe Int, cast (3 :: Int) :: Maybe Int, fmap (+ 1) (cast True :: Maybe Int), fmap not (cast 'x'), fmap length (cast [1 :: Int] :: Maybe String))
  print (gcast (Just 'x') :: Maybe (Maybe Int), fmap (fmap (+ 1)) (gcast (Just (1 :: Int)) :: Maybe (Maybe Int)), (eqT :: Maybe (Int :~: Char)))
  print (fromDynamic (toDyn 'q') :: Maybe Int, fromDyn (toDyn (2 :: Int)) (7 :: Int) + 1, fromDyn (toDyn "s") (5 :: Int))
