{-# LANGUAGE RankNTypes #-}
import Control.Exception
import GHC.IO (unsafeUnmask)
import System.Environment (getArgs)

say, boom, sayAndBoom, caught, caughtDeep, deep, deeper, twice, finallySay :: IO ()
say = getMaskingState >>= print
boom = ioError (userError "boom")
sayAndBoom = say >> boom
caught = boom `catch` quietly
caughtDeep = deep `catch` quietly
deep = uninterruptibleMask_ deeper
deeper = mask_ sayAndBoom >> say
twice = (boom `catch` again) `catch` quietly
finallySay = quietFinally `catch` quietly
  where quietFinally = sayAndBoom `finallyPlain` say

-- As System's, but without masking.
finallyPlain :: IO a -> IO b -> IO a
finallyPlain first next = do
  x <- first `catch` (\e -> next >> throwIO (e :: SomeException))
  _ <- next
  return x

quietly, again :: SomeException -> IO ()
quietly _ = say
again e = say >> throwIO e

restored :: (forall a. IO a -> IO a) -> IO ()
restored restore = say >> restore say >> restore caught >> say

nest :: Int -> IO ()
nest 0 = say
nest n = mask (\restore -> restore (nest (n - 1)))

spin :: Int -> IO ()
spin 0 = say
spin n = mask_ (unsafeUnmask (spin (n - 1)))

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 3000; a : _ -> read a }
  say
  caught
  say
  mask_ caught
  say
  uninterruptibleMask_ caught
  say
  caughtDeep
  say
  twice
  say
  mask restored
  uninterruptibleMask_ (mask restored)
  mask_ (mask restored)
  finallySay
  say
  _ <- try sayAndBoom :: IO (Either SomeException ())
  say
  nest 50
  spin n
  say
