{-# LANGUAGE MagicHash #-}
import GHC.Exts

digits :: Int -> Int -> Int -> Int -> Int -> Int -> Int
digits a b c d e f = foldl appendDigit 0 [a, b, c, d, e, f]

appendDigit :: Int -> Int -> Int
appendDigit n d = n * 10 + d

type Six = Int -> Int -> Int -> Int -> Int -> Int -> Int

allAtOnce, inTwos, oneByOne :: Six -> Int
allAtOnce f = f 1 2 3 4 5 6
inTwos f = let { g = f 1 2; h = g 3 4 } in h 5 6
oneByOne f = let { g1 = f 1; g2 = g1 2; g3 = g2 3; g4 = g3 4; g5 = g4 5 } in g5 6

staged :: Six
staged a b = case a + b of I# _ -> \c d e f -> digits a b c d e f

mixed :: Int# -> Int -> Double# -> Int
mixed i (I# n) d = I# ((i +# n) *# double2Int# d)

callMixed :: (Int# -> Int -> Double# -> Int) -> Int
callMixed f = f 15# 4 4.0##

sumSeven :: Int# -> Int -> Int# -> Int -> Int -> Int -> Int -> Int
sumSeven a b c d e _ _ =
  case b + d of
    I# x -> case a +# c +# x of
      0# -> e
      total -> I# total

partial :: Int# -> Int -> Int -> Int -> Int -> Int
partial = sumSeven 3# 2

callPartial :: (Int# -> Int -> Int -> Int -> Int -> Int) -> Int
callPartial f = f 4# 6 0 0 0

identityTwice :: (((Int -> Int) -> Int -> Int) -> (Int -> Int) -> Int -> Int) -> Int
identityTwice f = f id id 1

main :: IO ()
main = do
  print (allAtOnce digits)
  print (inTwos digits)
  print (oneByOne digits)
  print (allAtOnce staged)
  print (callMixed mixed)
  print (callPartial partial)
  print (41 + identityTwice id)
