-- bracket, finally, onException, bracket_, bracketOnError: in which order acquiring, using and releasing happen, also when nested.
import Control.Exception
import Control.Monad
import Data.IORef

data Stop = Stop String deriving Show
instance Exception Stop

resource :: String -> IO a -> IO a
resource name use = bracket (putStrLn ("open " ++ name) >> return name) (\n -> putStrLn ("close " ++ n)) (const use)

guarded :: IO () -> IO ()
guarded action = action `catch` \(Stop why) -> putStrLn ("stopped: " ++ why)

main :: IO ()
main = do
  guarded (resource "a" (resource "b" (putStrLn "use")))
  guarded (resource "a" (resource "b" (throwIO (Stop "in b"))))
  guarded (resource "a" (resource "b" (return ()) >> throwIO (Stop "after b")))
  guarded ((putStrLn "body" >> throwIO (Stop "body")) `finally` putStrLn "finally")
  guarded (putStrLn "quiet" `finally` putStrLn "finally anyway")
  guarded (throwIO (Stop "first") `finally` throwIO (Stop "second"))
  guarded (throwIO (Stop "x") `onException` putStrLn "on exception")
  guarded (putStrLn "y" `onException` putStrLn "never said")
  guarded (bracket_ (putStrLn "before") (putStrLn "after") (putStrLn "between"))
  guarded (bracketOnError (return 1) (\n -> print (n :: Int)) (\_ -> throwIO (Stop "on error")))
  guarded (void (bracketOnError (return 2) (\n -> print (n :: Int)) return))
  guarded (bracket (throwIO (Stop "acquiring")) (\() -> putStrLn "never released") (\_ -> putStrLn "never used"))
  guarded (bracket (return ()) (\_ -> throwIO (Stop "releasing")) (\_ -> putStrLn "used before"))
  counter <- newIORef (0 :: Int)
  forM_ [1 .. 10] $ \n ->
    guarded (when (n `mod` 3 == 0) (throwIO (Stop (show n))) `finally` modifyIORef counter (+ n))
  readIORef counter >>= print
  state <- mask $ \restore -> do
    inside <- getMaskingState
    restored <- restore getMaskingState
    return (inside, restored)
  print state
  getMaskingState >>= print
  uninterruptibleMask_ getMaskingState >>= print
  handled <- (throwIO (Stop "masked") `catch` \(Stop _) -> getMaskingState)
  print handled
  getMaskingState >>= print
