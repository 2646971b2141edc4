import Data.IORef
import Foreign.StablePtr
import System.Mem (performMajorGC, performMinorGC)
import System.Mem.StableName
import System.Mem.Weak

keep :: a -> IO ()
keep x = newIORef x >>= \r -> readIORef r >> return ()
{-# NOINLINE keep #-}

names :: Int -> IO ()
names n = do
  let x = sum [1 .. n]
      y = sum [1 .. n]
  x1 <- makeStableName x
  x2 <- makeStableName x
  y1 <- makeStableName y
  putStrLn ("same " ++ show (x1 == x2))
  putStrLn ("other " ++ show (x1 == y1))
  putStrLn ("same hash " ++ show (hashStableName x1 == hashStableName x2))
  performMinorGC
  performMajorGC
  x3 <- makeStableName x
  y3 <- makeStableName y
  putStrLn ("after collections " ++ show (x1 == x3))
  putStrLn ("other still " ++ show (x3 == y3))
  putStrLn ("evaluated " ++ show x)
  performMajorGC
  x4 <- makeStableName x
  performMajorGC
  x5 <- makeStableName x
  putStrLn ("the value's name " ++ show (x4 == x5))
  keep x
  keep y

dying :: IO ()
dying = do
  object <- newIORef ()
  name <- makeStableName object
  weak <- mkWeak object () Nothing
  keep object
  performMajorGC
  found <- deRefWeak weak
  keep name
  putStrLn (maybe "named but dead" (const "named and alive") found)

sayCount :: [IORef Int] -> [StableName (IORef Int)] -> IO ()
sayCount objects olds = do
  now <- mapM makeStableName objects
  let count = length (filter id (zipWith (==) now olds))
  putStrLn (show count ++ " names of " ++ show (length objects) ++ " objects")

many :: Int -> IO ()
many n = do
  objects <- mapM newIORef [1 .. n]
  olds <- mapM makeStableName objects
  performMinorGC
  sayCount objects olds
  performMajorGC
  sayCount objects olds

pointers :: IO ()
pointers = do
  object <- newIORef (7 :: Int)
  weak <- mkWeakIORef object (return ())
  ptr <- newStablePtr object
  performMajorGC
  found <- deRefStablePtr ptr
  held <- readIORef found
  putStrLn ("kept " ++ show held)
  there <- deRefWeak weak
  putStrLn (maybe "freed and dead" (const "alive") there)
  ptr1 <- newStablePtr ()
  putStrLn ("same pointer " ++ show (castStablePtrToPtr ptr == castStablePtrToPtr ptr))
  putStrLn ("another pointer " ++ show (castStablePtrToPtr ptr == castStablePtrToPtr ptr1))
  freeStablePtr ptr
  freeStablePtr ptr1
  performMajorGC
  gone <- deRefWeak weak
  putStrLn (maybe "freed and dead" (const "freed and alive") gone)

main :: IO ()
main = names 100 >> dying >> many 100 >> pointers
