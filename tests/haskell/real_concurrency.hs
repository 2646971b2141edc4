-- needs: real
-- refused: needs the primitive `fork#`: threads and STM are not there yet
-- Threads that take turns by MVars and channels, so that the outcome does not depend on the schedule; exceptions thrown to threads; deadlock found.
import Control.Concurrent
import Control.Exception
import Control.Monad
import Data.IORef

main :: IO ()
main = do
  box <- newEmptyMVar
  _ <- forkIO (forM_ [1 .. 5 :: Int] (putMVar box))
  replicateM 5 (takeMVar box) >>= print
  ping <- newEmptyMVar
  pong <- newEmptyMVar
  done <- newEmptyMVar
  _ <- forkIO (forM_ [1 .. 3 :: Int] (\n -> takeMVar ping >>= \s -> putStrLn ("pong " ++ s ++ show n) >> putMVar pong ()) >> putMVar done ())
  forM_ "abc" (\c -> putStrLn ("ping " ++ [c]) >> putMVar ping [c] >> takeMVar pong)
  takeMVar done
  counter <- newMVar (0 :: Int)
  finished <- forM [1 .. 10 :: Int] $ \k -> do
    end <- newEmptyMVar
    _ <- forkIO (replicateM_ 20 (modifyMVar_ counter (return . (+ k)) >> yield) `finally` putMVar end ())
    return end
  mapM_ takeMVar finished
  readMVar counter >>= print
  channel <- newChan
  _ <- forkIO (mapM_ (writeChan channel) ([Just n | n <- [1 .. 20 :: Int]] ++ [Nothing]))
  let drain acc = readChan channel >>= maybe (return (reverse acc)) (\n -> drain (n : acc))
  drain [] >>= print . sum
  r <- try (newEmptyMVar >>= \m -> takeMVar (m :: MVar ()))
  putStrLn (either (\e -> show (e :: BlockedIndefinitelyOnMVar)) show r)
  ready <- newEmptyMVar
  caught <- newEmptyMVar
  t <- forkIO ((putMVar ready () >> threadDelay 10000000) `catch` \e -> putMVar caught (show (e :: AsyncException)))
  takeMVar ready
  killThread t
  takeMVar caught >>= putStrLn
  order <- newIORef ""
  gate <- newEmptyMVar
  u <- mask_ (forkIO ((takeMVar gate >> modifyIORef order ('x' :)) `catch` \e -> case e of ErrorCall m -> modifyIORef order (reverse m ++) >> putMVar caught "told"))
  throwTo u (ErrorCall "stop")
  takeMVar caught >>= putStrLn
  readIORef order >>= putStrLn
  results <- forM [3, 0, 7] $ \n -> do
    out <- newEmptyMVar
    _ <- forkIO (try (evaluate (84 `div` n)) >>= putMVar out)
    return out
  mapM takeMVar results >>= \xs -> print (xs :: [Either ArithException Int])
  sem <- newQSem 2
  highest <- newMVar (0 :: Int, 0 :: Int)
  ends <- forM [1 .. 6 :: Int] $ \_ -> do
    end <- newEmptyMVar
    _ <- forkIO (bracket_ (waitQSem sem) (signalQSem sem) (modifyMVar_ highest (\(now, top) -> return (now + 1, max top (now + 1))) >> yield >> modifyMVar_ highest (\(now, top) -> return (now - 1, top))) >> putMVar end ())
    return end
  mapM_ takeMVar ends
  (now, top) <- readMVar highest
  print (now, top <= 2)
  mine <- myThreadId
  print (mine == mine, t == u)
  v <- tryTakeMVar box
  w <- tryPutMVar box 9
  x <- tryPutMVar box 10
  y <- tryReadMVar box
  print (v, w, x, y)
