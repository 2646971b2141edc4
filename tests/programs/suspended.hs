{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Control.Concurrent (myThreadId)
import Control.Exception
import GHC.Conc (ThreadId (..))
import GHC.Exts
import System.Mem

pauses :: ThreadId -> Int -> Int
pauses (ThreadId t) n = case killThread# t (toException UserInterrupt) realWorld# of _ -> n

deep :: Int -> ThreadId -> Int -> Int
deep 0 t n = pauses t n
deep d t n = deep (d - 1) t n + 1

attempt :: Int -> IO ()
attempt x = do
  print x `catch` \e -> case e of
    UserInterrupt -> putStrLn "interrupted"
    _ -> throwIO e
  performMinorGC
  performGC

main :: IO ()
main = do
  t <- myThreadId
  let x = deep 3 t 21
  attempt x
  attempt x
  let many = deep 2000 t 1000
      y = x + many
  attempt y
  attempt y
  attempt many
  let first = pauses t 11
      second = pauses t 12
      both = first + second
  attempt both
  attempt both
  attempt both
