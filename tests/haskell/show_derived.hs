-- Derived Show: negative numbers, records, infix constructors and their precedences, nesting, parentheses.
{-# LANGUAGE StandaloneDeriving, UndecidableInstances #-}
import Data.Ratio

infixr 5 :+:
infixl 6 :*:
infix 4 `Versus`

data E = Int :+: E | E :*: E | N Int | Neg { unNeg :: E } | E `Versus` E deriving (Show, Eq, Ord)
data R = R { x :: Int, y' :: Maybe Double, (<+>) :: [R], _z :: (Int, Char) } | Int :% Int | Empty {} deriving Show
newtype W a = W { unW :: a } deriving Show
newtype V a = V a deriving Show
data P a b = P a b | a :=> b deriving Show
infix 1 :=>
data Unit = Unit deriving Show
data Op = (:-) | (:/) Int Int deriving Show
data Strict = Strict !Int !(Maybe Int) deriving Show
data T f = T (f Int)
deriving instance Show (f Int) => Show (T f)

main :: IO ()
main = do
  print (1 :+: 2 :+: N 3)
  print ((N (-1) :*: N 2) :*: N (-3))
  print (N 1 :*: (N 2 :*: N 3))
  print ((1 :+: N 2) :*: N 3)
  print (-1 :+: N (-2) :*: Neg (N 4))
  print (N 1 `Versus` (N 2 `Versus` N 3))
  print (Neg { unNeg = Neg (N (-5)) })
  print (R { x = -1, y' = Just (-2.5), (<+>) = [R 0 Nothing [] (0, '\'')], _z = (-7, '"') })
  print [3 :% (-4), Empty]
  print (Just (3 :% 4), Just (Just (-3)), [Just (-1)], (-1, -2))
  print (W (-1), V (-1), W (V (W 'w')), V (Just (W [1])))
  print (P 1 (P (-1) "s"), P (1 :=> 2) 3 :=> (4 :=> 5))
  print (Just (1 :=> (-2)))
  print [Unit, Unit]
  print [(:-), (:/) 1 (-2)]
  print (Strict (-1) (Just (-1)))
  print (T (Just 1), T [1, -2], T (Left "no" :: Either String Int))
  print (Left (-1) :: Either Int Int, Right (Left 'c') :: Either () (Either Char Int))
  print (3 % 4, Just ((-3) % 4), [1 % 2 :: Rational])
  print (showsPrec 5 (1 :+: N 2) "|", showsPrec 6 (1 :+: N 2) "|", showsPrec 11 (-5 :: Int) "|", showsPrec 6 (-5 :: Int) "|", showsPrec 7 (-5 :: Int) "|")
  print (showParen True (showString "a" . shows (-3)) "b")
  print ((), ((), ()), (1, 'a', "b", 2.5, True, LT, [()]))
  print (shows [Just True] " rest", showList "list" "", showList [-1, 2 :: Int] "")
  print (minimum [N 3, 1 :+: N 2, Neg (N 0)], compare (N 1) (N 2), (N 1 :*: N 2) < (N 1 :*: N 3))
