-- packages: containers
-- Data.Map: building, updating, combining, folding, splitting, ranges, showing; beside an association list.
import Data.List (foldl', sortOn)
import qualified Data.Map as M
import qualified Data.Map.Strict as S

inventory :: M.Map String Int
inventory = M.fromList [("pear", 3), ("apple", 10), ("fig", 0), ("quince", -2)]

frequencies :: String -> M.Map Char Int
frequencies = foldl' (\m c -> S.insertWith (+) c 1 m) M.empty

main :: IO ()
main = do
  print inventory
  print (M.lookup "fig" inventory, M.findWithDefault 99 "kiwi" inventory, M.member "pear" inventory, M.size inventory, inventory M.! "apple", inventory M.!? "none")
  print (M.insert "kiwi" 7 (M.delete "fig" inventory), M.adjust (* 2) "pear" inventory, M.alter (fmap (+ 1)) "apple" inventory, M.alter (const (Just 1)) "new" inventory, M.update (\n -> if n > 0 then Just (n - 1) else Nothing) "fig" inventory)
  print (M.toDescList (frequencies "mississippi river"))
  print (M.unionWith (+) inventory (M.fromList [("pear", 1), ("zucchini", 4)]), M.intersectionWith (,) inventory (M.fromList [("fig", 'f')]), M.difference inventory (M.fromList [("fig", ()), ("apple", ())]), M.unions [inventory, M.singleton "pear" 0])
  print (M.map negate inventory, M.mapWithKey (\k n -> length k + n) inventory, M.filter (> 0) inventory, M.partition even inventory, M.mapMaybe (\n -> if n > 0 then Just (show n) else Nothing) inventory, M.mapKeysWith (+) length inventory)
  print (M.foldr (:) [] inventory, M.foldrWithKey (\k n acc -> (k, n) : acc) [] inventory, sum inventory, maximum inventory, M.keys inventory, M.elems inventory, M.foldl (-) 0 inventory)
  print (M.findMin inventory, M.findMax inventory, M.deleteMin inventory, M.minViewWithKey inventory, M.lookupLT "fig" inventory, M.lookupGE "g" inventory, M.elemAt 1 inventory, M.findIndex "pear" inventory)
  let big = M.fromList [(k * 7919 `mod` 1009, k) | k <- [0 .. 1008 :: Int]]
      (low, mid, high) = M.splitLookup 500 big
  print (M.size low, mid, M.size high, M.valid big, fst <$> M.lookupMin high, sum (M.elems (M.filterWithKey (\k _ -> k < 20) big)))
  print (M.fromListWith (++) [(length w, [w]) | w <- words "the cat sat on a mat in one big hat"], M.fromAscList [(1, 'a'), (2, 'b')], M.fromDistinctAscList [(k, ()) | k <- "abc"])
  print (fmap (+ 1) inventory == M.map succ inventory, compare inventory (M.insert "a" 0 inventory), inventory <> M.fromList [("x", 1)], mempty :: M.Map Int Int, traverse (\n -> if n > -5 then Just n else Nothing) inventory)
  print (M.insertLookupWithKey (\_ new old -> new + old) "pear" 5 inventory, M.isSubmapOf (M.fromList [("fig", 0)]) inventory, M.mapAccum (\a b -> (a + b, a)) 0 inventory, M.mapEither (\n -> if even n then Left n else Right n) inventory)
  print (read (show inventory) == inventory, M.foldMapWithKey (\k n -> [(n, k)]) inventory, sortOn snd (M.toList inventory))
  let fibs = M.fromList [(n, if n < 2 then toInteger n else fibs M.! (n - 1) + fibs M.! (n - 2)) | n <- [0 .. 90 :: Int]]
  print (fibs M.! 90)
