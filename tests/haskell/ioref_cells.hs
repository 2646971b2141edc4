-- Data.IORef: laziness of modifyIORef, strictness of modifyIORef', atomic modification, identity, closures over cells, memoisation.
import Control.Exception
import Control.Monad
import Data.IORef

counter :: IO (IO Int, IO ())
counter = do
  cell <- newIORef 0
  return (atomicModifyIORef cell (\n -> (n + 1, n)), writeIORef cell 0)

data Queue a = Queue (IORef [a]) (IORef [a])

newQueue :: IO (Queue a)
newQueue = liftM2 Queue (newIORef []) (newIORef [])

push :: Queue a -> a -> IO ()
push (Queue _ back) a = modifyIORef back (a :)

pop :: Queue a -> IO (Maybe a)
pop (Queue front back) = do
  items <- readIORef front
  case items of
    x : xs -> writeIORef front xs >> return (Just x)
    [] -> do
      others <- readIORef back
      writeIORef back []
      case reverse others of
        [] -> return Nothing
        x : xs -> writeIORef front xs >> return (Just x)

memoFib :: IORef [(Int, Integer)] -> IORef Int -> Int -> IO Integer
memoFib table calls n = do
  modifyIORef' calls (+ 1)
  known <- readIORef table
  case lookup n known of
    Just v -> return v
    Nothing | n < 2 -> return (toInteger n)
    Nothing -> do
      a <- memoFib table calls (n - 1)
      b <- memoFib table calls (n - 2)
      modifyIORef table ((n, a + b) :)
      return (a + b)

data Node = Node { value :: Int, next :: IORef (Maybe Node) }

main :: IO ()
main = do
  (tick, reset) <- counter
  (tock, _) <- counter
  xs <- replicateM 4 tick
  ys <- replicateM 2 tock
  reset
  zs <- replicateM 2 tick
  print (xs, ys, zs)
  lazy <- newIORef (1 :: Int)
  modifyIORef lazy (\_ -> error "lazy cell")
  putStrLn "written"
  modifyIORef lazy (const 5)
  readIORef lazy >>= print
  r <- try (modifyIORef' lazy (\_ -> error "strict cell"))
  putStrLn (either (\(ErrorCall m) -> m) (const "written") r)
  readIORef lazy >>= print
  n <- atomicModifyIORef' lazy (\v -> (v * 10, v + 1))
  readIORef lazy >>= \m -> print (n, m)
  atomicWriteIORef lazy 99
  other <- newIORef 99
  print (lazy == lazy, lazy == other)
  q <- newQueue
  mapM_ (push q) "abc"
  a <- pop q
  push q 'd'
  rest <- replicateM 5 (pop q)
  print (a : rest)
  table <- newIORef []
  calls <- newIORef 0
  memoFib table calls 90 >>= print
  readIORef calls >>= print
  end <- newIORef Nothing
  start <- foldM (\after v -> newIORef (Just (Node v after))) end [5, 4 .. 1]
  let walk cell = readIORef cell >>= maybe (return []) (\node -> fmap (value node :) (walk (next node)))
  walk start >>= print
  writeIORef end (Just (Node 6 end))
  fmap (take 9) (let go k c = if k == (0 :: Int) then return [] else readIORef c >>= maybe (return []) (\m -> fmap (value m :) (go (k - 1) (next m))) in go 12 start) >>= print
  total <- newIORef (0 :: Int)
  forM_ [1 .. 1000] $ \i -> when (i `mod` 7 == 0) (modifyIORef total (+ i))
  readIORef total >>= print
