import Control.Concurrent (yield)
import Control.Exception
import Data.IORef
import System.Mem (performMajorGC)
import System.Mem.Weak

data Cell = Cell (IORef Int) (Weak (IORef Int))

-- GHC runs finalizers in a thread of their own.
collect :: IO ()
collect = performMajorGC >> yield

makeCells :: Int -> Int -> IORef Int -> IORef Int -> IO [Cell]
makeCells i n ran total
  | i == n = return []
  | otherwise = do
      key <- newIORef i
      weak <- mkWeakIORef key (modifyIORef' ran (+ 1) >> modifyIORef' total (+ i))
      rest <- makeCells (i + 1) n ran total
      return (Cell key weak : rest)

countAlive :: [Weak a] -> IO Int
countAlive ws = length . filter id <$> mapM (fmap (maybe False (const True)) . deRefWeak) ws

report :: [Weak (IORef Int)] -> IORef Int -> IORef Int -> IO ()
report ws ran total = do
  alive <- countAlive ws
  putStrLn ("alive " ++ show alive ++ " " ++ show (length ws))
  r <- readIORef ran
  t <- readIORef total
  putStrLn ("ran " ++ show r ++ " sum " ++ show t)

half :: [a] -> [a]
half (x : _ : rest) = x : half rest
half xs = xs

holdOn :: [Cell] -> IO ()
holdOn = mapM_ (\(Cell k _) -> readIORef k)

counting :: IO ()
counting = do
  ran <- newIORef 0
  total <- newIORef 0
  cells <- makeCells 0 20 ran total
  ws <- evaluate [w | Cell _ w <- cells]
  _ <- evaluate (length ws)
  collect
  report ws ran total
  holdOn cells
  some <- evaluate (half cells)
  _ <- evaluate (length some)
  collect
  report ws ran total
  collect
  report ws ran total
  holdOn some
  collect
  report ws ran total

announce :: String -> IO ()
announce text = do
  key <- newIORef ()
  _ <- mkWeakIORef key (putStr text)
  collect

raising :: IO ()
raising = do
  ran <- newIORef (0 :: Int)
  key <- newIORef ()
  _ <- mkWeakIORef key (modifyIORef' ran (+ 1) >> throwIO DivideByZero)
  collect
  collect
  r <- readIORef ran
  putStrLn ("after a finalizer that raises: " ++ show r)

masked :: IO ()
masked = do
  key <- newIORef ()
  _ <- mkWeakIORef key (getMaskingState >>= print)
  mask_ collect

main :: IO ()
main = do
  counting
  announce "first "
  announce "second "
  announce "third\n"
  raising
  masked
