-- Phantom types: units that cannot be mixed, doors that know their state, a builder whose parts are required; kinds of newtypes.
{-# LANGUAGE GeneralizedNewtypeDeriving, EmptyDataDecls #-}

data Metre
data Second
data Per a b
newtype Quantity u = Quantity Double deriving (Eq, Ord, Num, Show)

over :: Quantity a -> Quantity b -> Quantity (Per a b)
over (Quantity a) (Quantity b) = Quantity (a / b)

times :: Quantity (Per a b) -> Quantity b -> Quantity a
times (Quantity a) (Quantity b) = Quantity (a * b)

metres :: Double -> Quantity Metre
metres = Quantity
seconds :: Double -> Quantity Second
seconds = Quantity

data Open
data Closed
data Locked
newtype Door s = Door [String]

newDoor :: Door Closed
newDoor = Door ["made"]
open :: Door Closed -> Door Open
open (Door log') = Door ("opened" : log')
close :: Door Open -> Door Closed
close (Door log') = Door ("closed" : log')
lock :: Int -> Door Closed -> Door Locked
lock code (Door log') = Door (("locked with " ++ show code) : log')
unlock :: Int -> Door Locked -> Maybe (Door Closed)
unlock code (Door log'@(l : _)) | l == "locked with " ++ show code = Just (Door ("unlocked" : log'))
unlock _ _ = Nothing
history :: Door s -> [String]
history (Door log') = reverse log'

data Missing
data Present
data Query from limit = Query { table :: String, rows :: Int, conditions :: [String] }
query :: Query Missing Missing
query = Query "" 0 []
from :: String -> Query Missing l -> Query Present l
from t q = q { table = t }
limit :: Int -> Query f Missing -> Query f Present
limit n q = q { rows = n }
suchThat :: String -> Query f l -> Query f l
suchThat c q = q { conditions = c : conditions q }
render :: Query Present Present -> String
render (Query t n cs) = "select from " ++ t ++ concatMap (" where " ++) (reverse cs) ++ " limit " ++ show n

newtype Id a = Id Int deriving (Eq, Ord, Show, Read, Enum, Num)
data User = User (Id User) String
data Post = Post (Id Post) (Id User) String

postsOf :: Id User -> [Post] -> [String]
postsOf u posts = [text | Post _ author text <- posts, author == u]

newtype Age = Age Int deriving (Show, Read, Eq, Ord, Num, Enum, Real, Integral, Bounded)

main :: IO ()
main = do
  let speed = metres 100 `over` seconds 9.5
  print (speed, speed `times` seconds 19, metres 3 + metres 4 * 2, seconds 1 < 2)
  mapM_ putStrLn (history (lock 42 (close (open newDoor))))
  print (fmap history (unlock 42 (lock 42 newDoor)), fmap history (unlock 1 (lock 42 newDoor)))
  putStrLn (render (limit 10 (suchThat "age > 3" (from "users" (suchThat "name <> ''" query)))))
  let posts = [Post 1 7 "first", Post 2 8 "second", Post 3 7 "third"]
  print (postsOf 7 posts, postsOf (succ 7) posts, [Id 1 ..  Id 3] :: [Id ()], read "Id (-3)" :: Id Char)
  mapM_ (\(User i n) -> putStrLn (show i ++ n)) [User 7 "Ann", User (7 + 1) "Ben"]
  print (Age 3 + 4, maxBound :: Age, Age 17 `div` 5, toInteger (Age 9), [Age 1, 3 .. 7], read "Age 3" :: Age, show (Age (-1)))
