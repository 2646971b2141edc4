import Data.IORef
import System.IO.Unsafe (unsafePerformIO)
import System.Mem (performMajorGC)
import System.Mem.Weak

newCell :: Int -> IORef Int
newCell n = unsafePerformIO (newIORef n)
{-# NOINLINE newCell #-}

cell1, cell2, cell3, cell4, cell5 :: IORef Int
cell1 = newCell 1
cell2 = newCell 2
cell3 = newCell 3
cell4 = newCell 4
cell5 = newCell 4
{-# NOINLINE cell1 #-}
{-# NOINLINE cell2 #-}
{-# NOINLINE cell3 #-}
{-# NOINLINE cell4 #-}
{-# NOINLINE cell5 #-}

weakOn :: IORef Int -> IO (Weak (IORef Int))
weakOn ref = mkWeakIORef ref (return ())

look :: String -> Weak a -> IO ()
look what weak = do
  performMajorGC
  found <- deRefWeak weak
  putStrLn (what ++ maybe "dead" (const "alive") found)

say :: String -> Int -> IO ()
say what n = putStrLn (what ++ show n)

byCode :: IO ()
byCode = do
  weak <- weakOn cell1
  look "cell: " weak
  n <- readIORef cell1
  say "cell says " n
  look "cell: " weak

sayCell2 :: IO ()
sayCell2 = readIORef cell2 >>= say "it says "

byFunction :: IO ()
byFunction = do
  action <- newIORef sayCell2
  weak <- weakOn cell2
  look "named by a function: " weak
  run <- readIORef action
  run
  writeIORef action (return ())
  look "named by a function: " weak
  _ <- readIORef action
  return ()

byOldFunction :: IO ()
byOldFunction = do
  weak <- weakOn cell5
  twice <- newIORef 2
  n <- readIORef twice
  action <- newIORef (readIORef cell5 >>= \m -> say "it says " (m * n))
  look "named by an old function: " weak
  look "named by an old function: " weak
  look "named by an old function: " weak
  run <- readIORef action
  run
  writeIORef action (return ())
  look "named by an old function: " weak
  _ <- readIORef action
  return ()

cells :: [IORef Int]
cells = [cell3]
{-# NOINLINE cells #-}

byConstructor :: IO ()
byConstructor = do
  held <- newIORef cells
  weak <- weakOn cell3
  look "in a static list: " weak
  list <- readIORef held
  sayFirst list
  writeIORef held []
  look "in a static list: " weak
  _ <- readIORef held
  return ()

sayFirst :: [IORef Int] -> IO ()
sayFirst [] = return ()
sayFirst (first : _) = readIORef first >>= say "it says "

content :: Int
content = unsafePerformIO (readIORef cell4)
{-# NOINLINE content #-}

byCaf :: IO ()
byCaf = do
  held <- newIORef content
  weak <- weakOn cell4
  look "named by a CAF to come: " weak
  n <- readIORef held
  say "it says " n
  look "named by a CAF to come: " weak
  _ <- readIORef held
  return ()

main :: IO ()
main = byCode >> byFunction >> byOldFunction >> byConstructor >> byCaf
