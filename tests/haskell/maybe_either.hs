-- Data.Maybe, Either by hand, and their Functor, Applicative, Monad, Foldable and Traversable behaviour.
import Control.Monad
import Data.Foldable
import Data.Maybe
import Data.Traversable

safeDiv :: Int -> Int -> Either String Int
safeDiv _ 0 = Left "division by zero"
safeDiv a b = Right (a `div` b)

validate :: (String, Int) -> Either String (String, Int)
validate (name, age) = do
  when (null name) (Left "no name")
  unless (age >= 0) (Left (name ++ " is not born yet"))
  n <- if age > 150 then Left (name ++ " is too old") else Right (age + 1)
  return (name, n)

leftsOf :: [Either a b] -> [a]
leftsOf es = [a | Left a <- es]

main :: IO ()
main = do
  let ms = [Just 3, Nothing, Just 5]
  print (catMaybes ms, mapMaybe (\x -> if x > 3 then Just (show x) else Nothing) [1 .. 6 :: Int], fromMaybe 0 Nothing, fromJust (Just 'x'))
  print (maybe "none" show (Just 1), listToMaybe [1, 2], listToMaybe "", maybeToList (Just 'a'), isJust (Just ()), isNothing (Just ()))
  print (either length negate (Left "four" :: Either String Int), either length negate (Right 4 :: Either String Int))
  print (sequence ms, sequence (filter isJust ms), traverse (\x -> if x > 0 then Just x else Nothing) [1, 2, 3], mapM (const Nothing :: Int -> Maybe Int) [])
  print ((+) <$> Just 1 <*> Just 2, (+) <$> Just 1 <*> Nothing, Just 1 <* Just 'x', Just 1 *> Just 'x', pure 1 :: Maybe Int, 3 <$ Just 'q')
  print (Just 5 >>= \x -> guard (x > 3) >> return (x * 2), Just 2 >>= \x -> guard (x > 3) >> return (x * 2), join (Just (Just 1)), mplus Nothing (Just 2), msum [Nothing, Just 1, Just 2])
  print (map (safeDiv 10) [2, 0, 3], mapM (safeDiv 100) [5, 2, 0, 1], traverse (safeDiv 100) [5, 2, 1], sequenceA [Right 1, Left "first", Left "second" :: Either String Int])
  mapM_ (print . validate) [("Ann", 30), ("", 3), ("Bob", -1), ("Cyd", 200)]
  print (leftsOf (map validate [("", 1), ("Ok", 2), ("Old", 999)]), foldM safeDiv 1000 [2, 5, 3], foldM safeDiv 1000 [2, 0, 3])
  print (sum (Just 4), toList (Nothing :: Maybe Int), length (Right 'x' :: Either Int Char), concat (Just [1, 2]), foldr (:) [] (Left 1 :: Either Int Int), null Nothing, elem 2 (Just 2), maximum (Just 3))
  print (fmap length (Right "abc" :: Either Int String), fmap length (Left 3 :: Either Int String), (,) <$> Right 1 <*> (Left "e" :: Either String Int))
  print (compare (Just 1) Nothing, Just 1 < Just 2, maximum [Nothing, Just 3, Just (-1)], compare (Left 9) (Right 1 :: Either Int Int), [LT ..])
  print (mapAccumL (\a x -> (a + x, a)) 0 (Just 5), for [1, 2] Just, for_ [1, 2] Just, traverse_ (\x -> if x > 1 then Nothing else Just x) [1, 2], asum [Nothing, Just 1])
  print (Just [1] <> Nothing <> Just [2], mconcat [Just "a", Nothing, Just "b"], zipWithM safeDiv [10, 20] [2, 5], filterM (\x -> Just (x > 1)) [1, 2, 3], replicateM 2 (Just 'r'), void (Just 1), forever (Left "stop" :: Either String ()) :: Either String ())
