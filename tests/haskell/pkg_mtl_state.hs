-- packages: mtl containers
-- A simulation of a vending machine and a fresh-name supply with State, Reader and Writer stacked by transformers.
import Control.Monad.Reader
import Control.Monad.State
import Control.Monad.Writer
import qualified Data.Map as M

data Machine = Machine { stock :: M.Map String Int, coins :: Int, credit :: Int } deriving Show
data Config = Config { prices :: M.Map String Int, maxCredit :: Int }
type Vending = ReaderT Config (StateT Machine (Writer [String]))

data Event = Coin Int | Press String | Refund | Audit deriving Show

say :: String -> Vending ()
say s = tell [s]

event :: Event -> Vending Int
event (Coin n) = do
  limit <- asks maxCredit
  c <- gets credit
  if c + n > limit then say ("rejected " ++ show n) >> return n else modify (\m -> m { credit = c + n }) >> return 0
event (Press item) = do
  price <- asks (M.lookup item . prices)
  m <- get
  case (price, M.lookup item (stock m)) of
    (Nothing, _) -> say ("no such thing: " ++ item) >> return 0
    (Just p, Just k) | k > 0, credit m >= p -> do
      put m { stock = M.insert item (k - 1) (stock m), credit = credit m - p, coins = coins m + p }
      say ("sold " ++ item)
      when (k == 1) (say ("last " ++ item))
      return 0
    (Just p, Just 0) -> say (item ++ " sold out, would cost " ++ show p) >> return 0
    (Just p, _) -> say (item ++ " costs " ++ show p ++ ", have " ++ show (credit m)) >> return 0
event Refund = do
  c <- gets credit
  modify (\m -> m { credit = 0 })
  say ("refund " ++ show c)
  return c
event Audit = do
  m <- get
  (_, log') <- listen (say (show (M.toList (stock m))))
  say ("log was " ++ show (length log'))
  cheap <- local (\c -> c { prices = M.map (`div` 2) (prices c) }) (asks (sum . M.elems . prices))
  return cheap

relabel :: [String] -> State (Int, M.Map String Int) [Int]
relabel = mapM $ \w -> do
  (n, table) <- get
  case M.lookup w table of
    Just k -> return k
    Nothing -> put (n + 1, M.insert w n table) >> return n

collatz :: StateT Int (Writer [Int]) ()
collatz = do
  n <- get
  lift (tell [n])
  unless (n == 1) $ do
    modify (\k -> if even k then k `div` 2 else 3 * k + 1)
    collatz

main :: IO ()
main = do
  let config = Config (M.fromList [("tea", 30), ("soup", 50), ("cake", 80)]) 200
      start = Machine (M.fromList [("tea", 2), ("soup", 1), ("cake", 0)]) 0 0
      events = [Press "tea", Coin 50, Press "tea", Press "tea", Coin 100, Coin 100, Press "tea", Press "tea", Press "soup", Press "cake", Press "gum", Audit, Refund, Coin 200, Coin 1, Refund]
      ((returned, final), output) = runWriter (runStateT (runReaderT (mapM event events) config) start)
  mapM_ putStrLn output
  print returned
  print final
  print (runState (relabel (words "to be or not to be that is not the question to ask")) (0, M.empty))
  print (runWriter (execStateT collatz 27) == ((1), snd (runWriter (execStateT collatz 27))), length (execWriter (execStateT collatz 27)), maximum (execWriter (execStateT collatz 27)))
  print (evalState (replicateM 10 (state (\s -> let s' = (s * 75 + 74) `mod` 65537 in (s' `mod` 100, s')))) 1)
  flip evalStateT (0 :: Int) $ forM_ [1 .. 5 :: Int] $ \k -> do
    modify (+ k)
    s <- get
    lift (putStrLn (show k ++ " " ++ show s))
  print (runReader (mapM (\k -> asks (* k)) [1, 2, 3]) 10, execState (zipWithM_ (\a b -> modify (+ a * b)) [1, 2, 3] [4, 5, 6]) 0)
  print (runWriter (censor (map negate) (tell [1, 2] >> listens sum (tell [3 :: Int]) )))
