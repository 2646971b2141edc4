{-# LANGUAGE MagicHash #-}
import GHC.Exts

type Twelve r =
  Int -> Int# -> Int -> Word# -> Int -> Double# -> Int -> Char# -> Int -> Int# -> Int -> Int -> r

total :: Twelve Int
total a b c d e f g h i j k l =
  a + I# b + c + I# (word2Int# d) + e + I# (double2Int# f) + g + I# (ord# h) + i + I# j + k + l

totalThenAdd :: Twelve (Int -> Int)
totalThenAdd a b c d e f g h i j k l = let add = (+) (total a b c d e f g h i j k l) in add

callAtOnce, callInPieces :: Twelve Int -> Int
callAtOnce f = f 1 2# 3 4## 5 6.0## 7 '\8'# 9 10# 11 12
callInPieces f = let { g = f 1 2# 3 4##; h = g 5 6.0## 7; i = h '\8'# } in i 9 10# 11 12

callWithMore :: Twelve (Int -> Int) -> Int
callWithMore f = f 1 2# 3 4## 5 6.0## 7 '\8'# 9 10# 11 12 1

main :: IO ()
main = print (callAtOnce total) >> print (callInPieces total) >> print (callWithMore totalThenAdd)
