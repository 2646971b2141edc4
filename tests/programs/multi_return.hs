{-# LANGUAGE MagicHash, UnboxedTuples #-}
import GHC.Exts

statistics :: String -> (# Int#, Word#, Double#, Char#, String #)
statistics str =
  case length ws of
    I# n -> case sum (map length ws) of
      I# count -> case head str of
        C# first -> (# n, int2Word# count, int2Double# count /## int2Double# n, first, last ws #)
  where
    ws = words str

digitsOf :: Int# -> (# Int#, Int# #)
digitsOf n = case quotRemInt# n 10# of
  (# 0#, r #) -> (# r, 1# #)
  (# q, r #) -> case digitsOf q of
    (# value, scale #) -> (# r *# (scale *# 10#) +# value, scale *# 10# #)

apply :: (Int -> (# Int, Int# #)) -> Int -> Int
apply f x = case f x of (# a, b #) -> a + x + I# b

main :: IO ()
main = do
  case statistics "twenty two three" of
    (# n, letters, mean, first, final #) ->
      putStrLn (show (I# n) ++ " words, " ++ show (W# letters) ++ " characters, mean length "
                ++ show (truncate (D# mean * 1000) :: Int) ++ ", first " ++ show (C# first) ++ ", last " ++ show final)
  print (case digitsOf 987654321# of (# value, _ #) -> I# value)
  print (apply (\x -> case x + 1 of y@(I# i) -> (# y, i -# 3# #)) 2)
