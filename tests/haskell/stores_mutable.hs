-- args: 2000
-- stress-args: 150
-- What is written to: a hash table in an IOArray that grows, lists linked both ways, MVars, weak pointers, stable names, a sort in place.
{-# LANGUAGE ScopedTypeVariables #-}
module Main (main) where
import Control.Concurrent.MVar
import Control.Exception
import Control.Monad
import Data.Array.IO
import Data.Char
import Data.IORef
import Data.Maybe
import System.Environment
import System.Mem
import System.Mem.StableName
import System.Mem.Weak

data Table k v = Table { buckets :: IORef (IOArray Int [(k, IORef v)]), size :: IORef Int, hash :: k -> Int }
newTable :: (k -> Int) -> IO (Table k v)
newTable h = do { a <- newArray (0, 7) []; b <- newIORef a; s <- newIORef 0; return (Table b s h) }
upsert :: Eq k => Table k v -> k -> v -> (v -> v) -> IO ()
upsert t k v f = do
  a <- readIORef (buckets t)
  (_, hi) <- getBounds a
  let i = hash t k `mod` (hi + 1)
  b <- readArray a i
  case lookup k b of
    Just r -> modifyIORef' r f
    Nothing -> do { r <- newIORef v; writeArray a i ((k, r) : b); modifyIORef' (size t) (+ 1); n <- readIORef (size t); when (n > 2 * (hi + 1)) (grow t) }
grow :: Table k v -> IO ()
grow t = do
  a <- readIORef (buckets t)
  (_, hi) <- getBounds a
  a' <- newArray (0, 2 * hi + 1) []
  bs <- getElems a
  forM_ (concat bs) (\(k, r) -> let i = hash t k `mod` (2 * hi + 2) in readArray a' i >>= writeArray a' i . ((k, r) :))
  writeIORef (buckets t) a'
entries :: Table k v -> IO [(k, v)]
entries t = readIORef (buckets t) >>= getElems >>= mapM (\(k, r) -> (,) k <$> readIORef r) . concat

data Cell = Cell { item :: Int, prev, next :: IORef (Maybe Cell) }
data DList = DList (IORef (Maybe Cell)) (IORef (Maybe Cell))
pushBack :: DList -> Int -> IO Cell
pushBack (DList h l) x = do
  p <- readIORef l
  c <- Cell x <$> newIORef p <*> newIORef Nothing
  maybe (writeIORef h (Just c)) (\q -> writeIORef (next q) (Just c)) p
  writeIORef l (Just c) >> return c
remove :: DList -> Cell -> IO ()
remove (DList h l) c = do
  p <- readIORef (prev c); n <- readIORef (next c)
  maybe (writeIORef h n) (\q -> writeIORef (next q) n) p
  maybe (writeIORef l p) (\q -> writeIORef (prev q) p) n
items :: DList -> IO [Int]
items (DList h _) = readIORef h >>= go where { go Nothing = return []; go (Just c) = (item c :) <$> (readIORef (next c) >>= go) }

main :: IO ()
main = do
  [a] <- getArgs
  let n = read a
  t <- newTable (foldr (\c h -> (ord c + 31 * h) `mod` 1000003) 7)
  forM_ [1 .. n] (\i -> upsert t (show (i * i `mod` 997)) 1 (+ (1 :: Int)))
  es <- entries t
  print (length es, sum (map snd es), maximum es)
  dl <- DList <$> newIORef Nothing <*> newIORef Nothing
  cs <- mapM (pushBack dl) [1 .. n]
  forM_ (zip [1 :: Int ..] cs) (\(i, c) -> when (i `mod` 3 /= 0) (remove dl c))
  performMajorGC
  xs <- items dl
  print (length xs, take 5 xs, sum xs)
  mv <- newMVar (0 :: Int)
  forM_ [1 .. n] (\i -> modifyMVar_ mv (return . (+ i)))
  r <- try (modifyMVar mv (\v -> when (v > 0) (throwIO (userError "held")) >> return (v, ()))) :: IO (Either IOException ())
  print r
  takeMVar mv >>= print
  e <- tryTakeMVar mv
  print (e, isNothing e)
  dead <- newIORef False
  key <- newIORef 'k'
  w <- mkWeakIORef key (writeIORef dead True)
  performMajorGC
  alive <- deRefWeak w
  print (isJust alive)
  readIORef key >>= print
  s1 <- makeStableName key; s2 <- makeStableName key; s3 <- makeStableName dead
  print (s1 == s2, eqStableName s1 s3, hashStableName s1 == hashStableName s2)
  arr <- newListArray (0, 9) [9, 8 ..] :: IO (IOUArray Int Int)
  let sortA = forM_ [0 .. 8] (\i -> forM_ [0 .. 8 - i] (\j -> do { x <- readArray arr j; y <- readArray arr (j + 1); when (x > y) (writeArray arr j y >> writeArray arr (j + 1) x) }))
  sortA
  getElems arr >>= print
  (frozen :: Int) <- foldM (\acc i -> (acc +) <$> readArray arr i) 0 [0 .. 9]
  print frozen
