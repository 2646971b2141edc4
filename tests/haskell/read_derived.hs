-- Derived Read: records, infix constructors, negative numbers, white space and parentheses; what cannot be read.
import Text.Read (readMaybe)

infixr 5 :+:
infixl 6 :*:

data E = Int :+: E | E :*: E | N Int | Neg { unNeg :: E } deriving (Show, Read, Eq)
data R = R { x :: Int, y' :: Maybe Double, name :: String } | Q deriving (Show, Read, Eq)
data Colour = Red | Green | Blue deriving (Show, Read, Eq, Ord, Enum, Bounded)
newtype W a = W { unW :: a } deriving (Show, Read, Eq)
data P a b = P a b deriving (Show, Read, Eq)

back :: (Show a, Read a, Eq a) => a -> IO ()
back a = putStrLn (show a ++ " " ++ show (read (show a) == a))

main :: IO ()
main = do
  back (1 :+: 2 :+: N (-3))
  back ((N (-1) :*: N 2) :*: Neg (N 4))
  back R { x = -1, y' = Just (-2.5e-3), name = "quo\"te\n" }
  back [Q, R 0 Nothing ""]
  back [minBound .. maxBound :: Colour]
  back (W (P 'a' (W "b")), P (-1 :: Int) (Just [()]))
  back (Left 3 :: Either Int String, Just (Right "x" :: Either Int String))
  print (read " R { x = 3 , y' = Nothing,name=\"n\" } " :: R)
  print (read "(((N (3))))" :: E)
  print (read "( 1:+: ( N 2 ) )" :: E)
  print (readMaybe "R {x = 3}" :: Maybe R)
  print (readMaybe "N -3" :: Maybe E)
  print (map readMaybe ["Red", "Purple", " Blue ", "Red Green", "(Green)", ""] :: [Maybe Colour])
  print (reads "Red and more" :: [(Colour, String)])
  print (reads "12 34" :: [(Int, String)])
  print (reads "-12x" :: [(Int, String)])
  print (reads "nothing" :: [(Int, String)])
  print (readMaybe "P 1 (P 2.5 'c')" :: Maybe (P Int (P Double Char)))
  print (readMaybe "W {unW = W {unW = -1}}" :: Maybe (W (W Int)))
  print ((read "[ ( 1 , \"a\" ) , ( -2,\"b\")]") :: [(Int, String)])
