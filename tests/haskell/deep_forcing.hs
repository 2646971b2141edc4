-- A user's own deepseq: what seq leaves alone, it reaches.
import Control.Exception

class Deep a where
  deep :: a -> ()
  deep a = a `seq` ()

instance Deep Int
instance Deep Char
instance Deep Bool
instance Deep a => Deep [a] where
  deep [] = ()
  deep (x : xs) = deep x `seq` deep xs
instance (Deep a, Deep b) => Deep (a, b) where
  deep (a, b) = deep a `seq` deep b
instance Deep a => Deep (Maybe a) where
  deep = maybe () deep

data Rose a = Rose a [Rose a]
instance Deep a => Deep (Rose a) where
  deep (Rose a children) = deep a `seq` deep children

force :: Deep a => a -> a
force a = deep a `seq` a

outcome :: String -> a -> IO ()
outcome label a = do
  r <- try (evaluate a)
  putStrLn (label ++ ": " ++ case r of
    Left (ErrorCall m) -> m
    Right _ -> "value")

rose :: Rose Int
rose = Rose 1 [Rose 2 [], Rose 3 [Rose (error "deep in the rose") []]]

main :: IO ()
main = do
  outcome "whnf list" [error "head" :: Int]
  outcome "deep list" (force [1, error "second", error "third" :: Int])
  outcome "whnf tail" (1 : error "tail" :: [Int])
  outcome "deep tail" (force (1 : error "tail" :: [Int]))
  outcome "pair order" (force (error "left" :: Int, error "right" :: Int))
  outcome "maybe" (force (Just (Just (error "inner" :: Char))))
  outcome "nothing" (force (Nothing :: Maybe Int))
  outcome "rose" rose
  outcome "rose deep" (force rose)
  outcome "string" (force ("abc" ++ error "end of string"))
  outcome "nested" (force [[1], [2, 3 :: Int], []])
  outcome "bool" (force (False && error "never"))
  outcome "length of bad" (length [error "x" :: Int, error "y"])
  outcome "sum of bad" (sum [1, error "added" :: Int])
