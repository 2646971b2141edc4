{-# LANGUAGE MagicHash #-}
import GHC.Exts
import System.Environment (getArgs)

ack :: Int -> Int -> Int
ack 0 n = n + 1
ack m 0 = ack (m - 1) 1
ack m n = ack (m - 1) (ack m (n - 1))

ackUnboxed :: Int# -> Int# -> Int#
ackUnboxed 0# n = n +# 1#
ackUnboxed m 0# = ackUnboxed (m -# 1#) 1#
ackUnboxed m n = ackUnboxed (m -# 1#) (ackUnboxed m (n -# 1#))

sizeArgument :: Int -> IO Int
sizeArgument n = do
  args <- getArgs
  return (case args of { [] -> n; a : _ -> read a })

main :: IO ()
main = do
  n <- sizeArgument 7
  print (ack 3 n)
  print (case n - 3 of I# j -> I# (ackUnboxed 3# j))
