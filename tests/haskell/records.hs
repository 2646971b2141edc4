-- Records: construction in any order, update of several fields and of types, selectors, constructors that share fields, positional patterns.
data Person = Person { name :: String, age :: Int, address :: Address, tags :: [String] } deriving (Show, Eq, Ord)
data Address = Address { street :: String, number :: Int, city :: Maybe String } deriving (Show, Eq, Ord)
data Shape = Circle { centre :: (Int, Int), radius :: Int } | Rect { centre :: (Int, Int), width, height :: Int } | Dot { centre :: (Int, Int) } deriving (Show, Eq, Ord)
data Tagged t a = Tagged { tag :: t, payload :: a } deriving (Show, Eq)
data Config = Config { verbose :: !Bool, level :: {-# UNPACK #-} !Int, path :: String, hooks :: [Int -> Int] }

defaults :: Config
defaults = Config { verbose = False, hooks = [], path = "/", level = 1 }

move :: (Int, Int) -> Shape -> Shape
move (dx, dy) s = let (x, y) = centre s in s { centre = (x + dx, y + dy) }

grow :: Int -> Shape -> Shape
grow k s@Circle { radius = r } = s { radius = r * k }
grow k s@(Rect { width = w, height = h }) = s { width = w * k, height = h * k }
grow _ dot@Dot {} = dot

birthday :: Person -> Person
birthday p@Person { age = n } = p { age = n + 1, tags = ("turned " ++ show (n + 1)) : tags p }

relocate :: String -> Person -> Person
relocate c p = p { address = (address p) { city = Just c, number = 1 } }

isBig :: Shape -> Bool
isBig Circle { radius = r } | r > 10 = True
isBig Rect { width = w, height = h } | w * h > 100 = True
isBig _ = False

runConfig :: Config -> Int -> Int
runConfig Config { verbose = True, level = n } x = n * x
runConfig (Config _ n _ hs) x = foldr ($) (n + x) hs

main :: IO ()
main = do
  let ada = Person { tags = ["maths"], name = "Ada", address = Address "Main St" 12 Nothing, age = 36 }
  print ada
  print (birthday (birthday ada))
  print (relocate "Paris" ada)
  print (ada == ada { age = 36 }, ada < ada { name = "Bob" }, compare (address ada) (address (relocate "X" ada)))
  print (map (grow 2 . move (1, -1)) [Circle (0, 0) 5, Rect { height = 3, width = 4, centre = (2, 2) }, Dot (-1, -1)])
  print (map isBig [Circle (0, 0) 11, Rect (0, 0) 10 10, Rect (0, 0) 11 10, Dot (9, 9)], map centre [Circle (1, 2) 3, Dot (4, 5)])
  print (Tagged { tag = 'x', payload = 1 }, (Tagged 'x' 1) { tag = "now a string" }, (Tagged 'x' 1) { payload = Just [2.5], tag = () })
  print (map (runConfig defaults { hooks = [(* 2), subtract 1] }) [1, 2, 3], runConfig defaults { verbose = True, level = 7 } 6, path defaults)
  print [f ada | f <- [length . name, age, number . address, length . tags]]
  print (maximum [Circle (0, 0) 1, Rect (0, 0) 1 1, Dot (9, 9)], minimum [Dot (1, 2), Dot (1, 1)])
