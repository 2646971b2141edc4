-- MVar in one thread: taking, putting, modifying under exceptions, swapping, a lock that is released, fairness of none needed.
import Control.Concurrent.MVar
import Control.Exception
import Control.Monad

newtype Refused = Refused Int deriving Show
instance Exception Refused

account :: Int -> IO (Int -> IO Int, IO Int)
account start = do
  cell <- newMVar start
  let change n = modifyMVar cell (\b -> if b + n < 0 then throwIO (Refused (b + n)) else return (b + n, b))
  return (change, readMVar cell)

main :: IO ()
main = do
  m <- newMVar 'a'
  takeMVar m >>= print
  isEmptyMVar m >>= print
  putMVar m 'b'
  readMVar m >>= print
  tryPutMVar m 'c' >>= print
  tryTakeMVar m >>= print
  tryTakeMVar m >>= print
  tryReadMVar m >>= print
  putMVar m 'd'
  swapMVar m 'e' >>= print
  withMVar m (return . succ) >>= print
  modifyMVar_ m (return . pred)
  modifyMVar m (\c -> return ('z', [c, c])) >>= putStrLn
  (change, balance) <- account 10
  mapM change [5, -12, 100] >>= print
  r <- try (change (-500))
  putStrLn (either (\(Refused n) -> "refused " ++ show n) show r)
  balance >>= print
  s <- try (modifyMVar_ m (\_ -> evaluate (error "inside")))
  putStrLn (either (\(ErrorCall e) -> e) (const "modified") s)
  tryReadMVar m >>= print
  t <- try (withMVar m (\c -> throwIO (Refused (fromEnum c)))) :: IO (Either Refused ())
  print t
  isEmptyMVar m >>= print
  lazyCell <- newMVar (error "never forced" :: Int)
  _ <- swapMVar lazyCell 3
  readMVar lazyCell >>= print
  modifyMVar_ lazyCell (return . (+ undefined))
  putStrLn "stored lazily"
  u <- try (readMVar lazyCell >>= evaluate) :: IO (Either ErrorCall Int)
  putStrLn (either (const "undefined") show u)
  cells <- mapM newMVar [1 .. 5 :: Int]
  forM_ (zip cells (drop 1 cells)) (\(a, b) -> takeMVar a >>= \x -> modifyMVar_ b (return . (* x)) >> putMVar a (negate x))
  mapM takeMVar cells >>= print
  print (m == m)
  queue <- newEmptyMVar
  forM_ "xyz" (\c -> putMVar queue c >> takeMVar queue >>= putChar)
  putStrLn ""
  v <- mapM (\k -> try (when (odd k) (throwIO (Refused k)) >> return k)) [1 .. 4]
  print (map (either (\(Refused k) -> negate k) id) v)
