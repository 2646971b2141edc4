{-# LANGUAGE MagicHash, UnboxedTuples #-}
import Data.IORef
import GHC.Exts (mkWeakNoFinalizer#)
import GHC.IO (IO (..))
import GHC.IORef (IORef (..))
import GHC.STRef (STRef (..))
import System.Mem (performMajorGC, performMinorGC)
import System.Mem.Weak
import GHC.Weak (Weak (..))

weakOn :: IORef a -> b -> IO (Weak b)
weakOn (IORef (STRef var)) value = IO $ \s -> case mkWeakNoFinalizer# var value s of (# t, w #) -> (# t, Weak w #)

say :: String -> Int -> IO ()
say text n = putStrLn (text ++ show n)

look :: Weak Int -> IO ()
look weak = deRefWeak weak >>= maybe (putStrLn "dead") (say "alive ")

keep :: IORef a -> IO ()
keep ref = readIORef ref >> return ()

byKey :: IO ()
byKey = do
  key <- newIORef ()
  weak <- weakOn key 42
  look weak
  performMajorGC
  look weak
  keep key
  performMajorGC
  look weak

byHand :: IO ()
byHand = do
  key <- newIORef ()
  weak <- mkWeakIORef key (putStrLn "finalizer")
  finalize weak
  lookRef weak
  finalize weak
  keep key
  performMajorGC
  lookRef weak

lookRef :: Weak a -> IO ()
lookRef weak = deRefWeak weak >>= maybe (putStrLn "dead") (const (putStrLn "alive"))

byThunk :: Int -> IO ()
byThunk n = do
  let key = sum [1 .. n]
  weak <- mkWeak key 7 Nothing
  performMinorGC
  say "key " key
  performMajorGC
  look weak
  say "key " key
  performMajorGC
  look weak

data Loop = Loop Int (IORef ())

byValue :: IO ()
byValue = do
  key <- newIORef ()
  weak <- weakOn key (Loop 1 key)
  performMajorGC
  lookLoop weak
  keep key
  performMajorGC
  lookLoop weak

lookLoop :: Weak Loop -> IO ()
lookLoop weak = deRefWeak weak >>= maybe (putStrLn "dead") (\(Loop n _) -> say "alive " n)

chain :: Int -> IORef () -> [Weak (IORef ())] -> IO [Weak (IORef ())]
chain 0 _ weaks = return weaks
chain n key weaks = do
  value <- newIORef ()
  weak <- weakOn key value
  chain (n - 1) value (weak : weaks)

sayChain :: [Weak a] -> IO ()
sayChain weaks = do
  alive <- length . filter id <$> mapM (fmap (maybe False (const True)) . deRefWeak) weaks
  putStrLn (show alive ++ " of " ++ show (length weaks))

byChain :: IO ()
byChain = do
  first <- newIORef ()
  weaks <- chain 100 first []
  performMajorGC
  sayChain weaks
  keep first
  performMajorGC
  sayChain weaks

main :: IO ()
main = byKey >> byHand >> byThunk 100 >> byValue >> byChain
