-- A continuation monad: early exit, generators, backtracking, coroutines, exceptions in terms of callCC.
import Control.Monad

newtype Cont r a = Cont { runCont :: (a -> r) -> r }
instance Functor (Cont r) where fmap f (Cont c) = Cont (\k -> c (k . f))
instance Applicative (Cont r) where { pure a = Cont ($ a); (<*>) = ap }
instance Monad (Cont r) where Cont c >>= f = Cont (\k -> c (\a -> runCont (f a) k))

callCC :: ((a -> Cont r b) -> Cont r a) -> Cont r a
callCC f = Cont (\k -> runCont (f (\a -> Cont (\_ -> k a))) k)

reset :: Cont a a -> Cont r a
reset m = Cont (\k -> k (runCont m id))
shift :: ((a -> r) -> Cont r r) -> Cont r a
shift f = Cont (\k -> runCont (f k) id)

firstNegative :: [Int] -> Cont r (Maybe Int)
firstNegative xs = callCC $ \exit -> do
  forM_ xs $ \x -> when (x < 0) (exit (Just x))
  return Nothing

safeDivide :: Int -> Int -> (String -> Cont r Int) -> Cont r Int
safeDivide _ 0 failWith = failWith "divide by zero"
safeDivide a b _ = return (a `div` b)

guarded :: Int -> Int -> Cont r (Either String Int)
guarded a b = callCC $ \k -> fmap Right (safeDivide a b (\e -> k (Left e) >> return 0))

choose :: [a] -> Cont [r] a
choose as = shift (\k -> return (concatMap k as))

pythagoras :: Int -> [(Int, Int, Int)]
pythagoras n = runCont (do
  a <- choose [1 .. n]
  b <- choose [a .. n]
  c <- choose [b .. n]
  if a * a + b * b == c * c then return [(a, b, c)] else return []) id

data Step a = Done | Yield a (Step a)
generate :: ((a -> Cont (Step a) ()) -> Cont (Step a) ()) -> [a]
generate body = collect (runCont (body (\a -> Cont (\k -> Yield a (k ())))) (const Done))
  where collect Done = []
        collect (Yield a rest) = a : collect rest

data Tree = Leaf | Node Tree Int Tree
walk :: (Int -> Cont r ()) -> Tree -> Cont r ()
walk _ Leaf = return ()
walk yield (Node l x r) = walk yield l >> yield x >> walk yield r

build :: Int -> Int -> Tree
build lo hi | lo > hi = Leaf
            | otherwise = let m = (lo + hi) `div` 2 in Node (build lo (m - 1)) m (build (m + 1) hi)

data Process = Process String (IO (Maybe Process))
process :: String -> Int -> Process
process name n = Process name (if n == 0 then putStrLn (name ++ " ends") >> return Nothing else putStrLn (name ++ " " ++ show n) >> return (Just (process name (n - 1))))
schedule :: [Process] -> IO ()
schedule [] = putStrLn "idle"
schedule (Process _ act : rest) = act >>= \next -> schedule (rest ++ maybe [] (: []) next)

main :: IO ()
main = do
  print (runCont (firstNegative [3, 1, -4, 1, -5]) show, runCont (firstNegative [1, 2]) show)
  print (runCont (guarded 10 3) id, runCont (guarded 10 0) id)
  print (pythagoras 20)
  print (generate (\yield -> walk yield (build 1 15)))
  print (take 4 (generate (\yield -> let loop n = yield n >> loop (n * 2) in loop 1)))
  print (runCont (reset (do { x <- shift (\k -> return (k (k 10))); return (x * 3 + 1) })) id)
  print (runCont (mapM (\x -> Cont (\k -> k x + 1)) [1 .. 10]) sum)
  schedule [process "a" 2, process "b" 1, process "c" 3]
  print (runCont (foldM (\acc x -> callCC (\skip -> if odd x then skip acc else return (acc + x))) 0 [1 .. 100]) id)
