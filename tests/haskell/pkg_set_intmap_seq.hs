-- packages: containers
-- Data.Set, Data.IntMap, Data.IntSet, Data.Sequence, Data.Tree and Data.Graph.
import Data.Foldable (toList)
import qualified Data.Graph as G
import qualified Data.IntMap as IM
import qualified Data.IntSet as IS
import qualified Data.Sequence as Q
import Data.Sequence (Seq, ViewL (..), ViewR (..), (<|), (><), (|>))
import qualified Data.Set as S
import qualified Data.Tree as T

josephus :: Int -> Int -> [Int]
josephus n k = go (Q.fromList [1 .. n])
  where go s | Q.null s = []
             | otherwise = let (a, b) = Q.splitAt ((k - 1) `mod` Q.length s) s in case Q.viewl b of
                 x :< rest -> x : go (rest >< a)
                 EmptyL -> []

main :: IO ()
main = do
  let a = S.fromList [5, 1, 9, 3, 7 :: Int]
      b = S.fromList [2 .. 6]
  print (a, S.union a b, S.intersection a b, a S.\\ b, S.member 9 a, S.toDescList b, S.map (`div` 2) a)
  print (S.partition odd b, S.findMin a, S.deleteMax a, S.isSubsetOf (S.fromList [1, 9]) a, S.size a, S.elemAt 2 a, sum a, S.powerSet (S.fromList "abc"), S.cartesianProduct (S.fromList "xy") (S.fromList [1, 2 :: Int]))
  print (S.foldr (:) [] a, S.split 5 a, S.lookupGT 5 a, S.unions [a, b], S.filter even b, S.insert 4 a, S.delete 1 a, S.null S.empty)
  let m = IM.fromListWith (++) [(n `mod` 7 - 3, [n]) | n <- [1 .. 20]]
  print m
  print (IM.lookup (-3) m, IM.findWithDefault [] 99 m, IM.keys m, IM.toList (IM.map length m), IM.unionWith (++) m (IM.fromList [(0, [100]), (-100, [])]), IM.split 0 m, IM.lookupMin m)
  print (IS.toList (IS.fromList [300, -5, 3, 64, 63, 3]), IS.member 64 (IS.fromList [63]), IS.size (IS.fromList [1, 1, 2]), IS.unions [IS.fromList [1, 2], IS.fromList [2, 3]])
  let s = Q.fromList "sequence" :: Seq Char
  print (s, ('x' <| s) |> 'y', Q.length s, Q.index s 3, Q.update 0 'S' s, Q.reverse s, toList (Q.sort s), Q.lookup 99 s)
  print (Q.splitAt 3 s, Q.viewr s, s >< s, Q.adjust succ 1 s, Q.take 2 s, fmap fromEnum (Q.drop 6 s), Q.foldlWithIndex (\acc i c -> (i, c) : acc) [] (Q.take 3 s), Q.zip (Q.fromList [1 :: Int ..  3]) s, Q.empty :: Seq Int)
  print (josephus 41 3)
  let tree = T.unfoldTree (\n -> (n, [k | k <- [2 * n, 2 * n + 1], k < 12])) (1 :: Int)
  putStr (T.drawTree (fmap show tree))
  print (T.flatten tree, T.levels tree, sum tree, T.foldTree (\_ xs -> 1 + maximum (0 : xs)) tree)
  let (graph, node, _) = G.graphFromEdges [("shirt", 's', "tb"), ("tie", 't', "j"), ("jacket", 'j', ""), ("belt", 'b', "j"), ("trousers", 'r', "ob"), ("socks", 'k', "o"), ("shoes", 'o', "")]
  print [name | v <- G.topSort graph, let (name, _, _) = node v]
  print (map G.flattenSCC (G.stronglyConnComp [(n, n, [(n * n + 1) `mod` 10]) | n <- [0 .. 9 :: Int]]))
  print (map toList (G.components (G.buildG (0, 7) [(0, 1), (2, 3), (3, 4), (6, 6)])), G.reachable graph 0 /= [], G.edges (G.transposeG (G.buildG (0, 2) [(0, 1), (1, 2)])))
