-- Derived Read and Show of everything: infix constructors with fixities, records with operators, negative fields, parameters, nested; what is shown is read back.
module Main (main) where
import qualified Data.Ratio as R
import Data.Complex
import Data.Functor.Identity
import Data.List.NonEmpty (NonEmpty (..))
import Data.Monoid
import Data.Ord (Down (..))
import Data.Version
import Data.Word
import Data.Int
import Data.Proxy
import Data.Array
import Text.Read

infixr 5 :::
infixl 6 :-:
infix 4 `Eqq`
data L a = Nil | a ::: (L a) deriving (Show, Read, Eq, Ord)
data E = Int :-: Int | E `Eqq` E | Neg { unNeg :: E } | (:*:) { left' :: E, (|>) :: Int } | V String deriving (Show, Read, Eq, Ord)
newtype W f a = W { unW :: f a } deriving (Show, Read, Eq, Ord)
data P a b = P a b | a :/ b deriving (Show, Read, Eq, Ord)
data U = U deriving (Show, Read, Eq, Ord, Enum, Bounded)
data Mix = Mix { d :: Double, i :: Int, m :: Maybe Integer, t :: (Char, String), l :: [Either () Bool], f' :: Float } deriving (Show, Read, Eq, Ord)
data Op = Op :+ Op | Op :% Op | N Int deriving (Show, Read, Eq)
infixl 6 :+
infixl 7 :%

trip :: (Show a, Read a, Eq a) => a -> IO ()
trip x = do { let { s = show x }; putStrLn s; print (readMaybe s == Just x, readMaybe ("  ( " ++ s ++ ")\n ") == Just x, length (showsPrec 11 x "")) }

main :: IO ()
main = do
  trip (1 ::: 2 ::: Nil :: L Int)
  trip ((-1) ::: Nil :: L Int)
  trip (3 :-: (-4))
  trip ((1 :-: 2) `Eqq` (3 :-: 4))
  trip (Neg (V "x\n"))
  trip (Neg { unNeg = Neg { unNeg = 1 :-: 1 } } :*: 5)
  trip (W (Just 3) :: W Maybe Int)
  trip [P 1 (-2.5), (-1) :/ 0 :: P Int Double]
  trip (Mix { d = -1.5e-3, i = minBound, m = Just (-(10 ^ 25)), t = ('\'', "\"\\"), l = [Left (), Right True], f' = 0.1 })
  trip (Just (Left (3, 'x')) :: Maybe (Either (Int, Char) ()))
  trip (3 R.% (-4) :: Rational)
  trip (1 Data.Complex.:+ (-2) :: Complex Double)
  trip (1 :| [2, 3 :: Int])
  trip (Sum 3, Product (-2), All True, First (Just 1), Dual "x") 
  trip (Identity (Identity 'c'), Down 3)
  trip (Just (Down (-3)))
  trip (listArray (0, 3) [1.5, -2, 0, 1e10] :: Array Int Double)
  trip (listArray ((0, 'a'), (1, 'b')) "wxyz")
  trip (255 :: Word8, -128 :: Int8, maxBound :: Word64)
  trip [LT ..]
  trip ((), U, [minBound .. maxBound :: Bool])
  trip (1, 'b', "c", 4.0, [5], Just 6, U)
  trip (N 1 Main.:+ N 2 :% N 3 Main.:+ N (-4))
  print (readMaybe "N 1 :+ N 2 :+ N 3" :: Maybe Op)
  print (map readMaybe ["Mix{d=1,i=2,m=Nothing,t=('a',\"\"),l=[],f'=3}", "Mix {d = 1.0, i = 2}"] :: [Maybe Mix])
  print (reads "Nil ::: Nil" :: [(L (L Int), String)], (reads "5 rest" :: [(Int, String)]), (readMaybe "[(1,True),(2,False)]" :: Maybe [(Int, Bool)]), (readEither "Just" :: Either String (Maybe Int)), (readEither "U U" :: Either String U))
  print (showVersion (makeVersion [1, 2, 3]), read "Proxy" == (Proxy :: Proxy Int), (read "  [  U , U ]  " :: [U]), readMaybe "1.5" == (Nothing :: Maybe Int), (readMaybe "1e3" :: Maybe Int), (readMaybe "0b1" :: Maybe Int), (readMaybe "0o17" :: Maybe Int), (readMaybe "1_000" :: Maybe Int))
