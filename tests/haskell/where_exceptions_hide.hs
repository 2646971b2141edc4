-- Exceptions inside lazy data stay where they are until forced; catch sees only what is forced within it; thunks raise again.
import Control.Exception
import Control.Monad
import Data.IORef

newtype Boom = Boom Int deriving Show
instance Exception Boom

safely :: String -> IO a -> (a -> String) -> IO ()
safely label act render = (act >>= putStrLn . ((label ++ ": ") ++) . render) `catch` \(Boom n) -> putStrLn (label ++ ": boom " ++ show n)

main :: IO ()
main = do
  inner <- (return (throw (Boom 1)) `catch` \(Boom _) -> return 0) :: IO Int
  safely "escaped its catch" (return inner) show
  caught <- (evaluate (throw (Boom 2)) `catch` \(Boom n) -> return (n * 10)) :: IO Int
  safely "caught by evaluate" (return caught) show
  let xs = [1, 2, throw (Boom 3), 4] :: [Int]
  safely "length" (return (length xs)) show
  safely "element beside it" (return (xs !! 3)) show
  safely "element itself" (return (xs !! 2)) show
  safely "twice" (return (xs !! 2)) show
  safely "evaluate the spine" (evaluate xs) (show . length)
  safely "map" (evaluate (map (+ 1) xs)) (const "whnf is fine")
  cell <- newIORef (0 :: Int)
  safely "stored" (writeIORef cell (throw (Boom 4))) (const "no force")
  safely "modified" (modifyIORef cell (+ 1)) (const "no force")
  safely "read" (readIORef cell) show
  safely "modified strictly" (modifyIORef' cell (+ 1)) (const "unreachable")
  safely "returned from handler" (throwIO (Boom 5) `catch` \(Boom n) -> return (n + throw (Boom 6))) (show :: Int -> String)
  safely "handler raises" (throwIO (Boom 7) `catch` \(Boom n) -> throwIO (Boom (n * 11))) (const "")
  r <- try (evaluate (foldr (\x acc -> if x == 50 then throw (Boom x) else x + acc) 0 [1 .. 100]))
  putStrLn (either (\(Boom n) -> "fold stopped at " ++ show n) show r)
  s <- try (evaluate (foldl (\acc x -> if x == 50 then throw (Boom acc) else x + acc) 0 [1 .. 100]))
  putStrLn (either (\e -> case e of Boom n -> "left fold had " ++ show n) show s)
  results <- forM [0 .. 6] $ \n -> try (evaluate (100 `div` (n - 3))) :: IO (Either ArithException Int)
  print results
  let deep n = if n == (0 :: Int) then throw (Boom 8) else 1 + deep (n - 1) :: Int
  safely "deep stack" (evaluate (deep 50000)) show
  safely "nested handlers" (foldr (\n act -> act `catch` \(Boom m) -> throwIO (Boom (m + n))) (throwIO (Boom 0)) [1 .. 100]) (\() -> "")
  t <- try (evaluate (let loop = snd (1 :: Int, loop) in fst (2, loop :: Int)))
  putStrLn (either (\(Boom n) -> show n) show t)
