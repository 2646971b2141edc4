-- packages: mtl containers
-- An evaluator in ExceptT over StateT over IO: what survives an exception depends on the order of the stack; Cont and RWS too.
{-# LANGUAGE FlexibleContexts, FlexibleInstances, UndecidableInstances #-}
import Control.Monad.Cont
import Control.Monad.Except
import Control.Monad.RWS
import Control.Monad.State
import qualified Data.Map as M

data Expr = N Integer | V String | Expr :+ Expr | Expr :/ Expr | String := Expr | Expr :> Expr | Try Expr Expr deriving Show
infixl 6 :+
infixl 7 :/
infix 4 :=
infixl 1 :>

data Problem = DivideBy Integer | Unknown String | Deep Int deriving (Show, Eq)

type Env = M.Map String Integer

class (MonadState Env m, MonadError Problem m) => Eval m
instance Monad m => Eval (ExceptT Problem (StateT Env m))
instance Monad m => Eval (StateT Env (ExceptT Problem m))

eval :: Eval m => Expr -> m Integer
eval (N n) = return n
eval (V v) = gets (M.lookup v) >>= maybe (throwError (Unknown v)) return
eval (a :+ b) = (+) <$> eval a <*> eval b
eval (a :/ b) = do
  x <- eval a
  y <- eval b
  when (y == 0) (throwError (DivideBy x))
  return (x `div` y)
eval (v := e) = eval e >>= \n -> modify (M.insert v n) >> return n
eval (a :> b) = eval a >> eval b
eval (Try a b) = eval a `catchError` \e -> modify (M.insert "error" (code e)) >> eval b
  where code p = case p of { DivideBy n -> n; Unknown s -> toInteger (length s); Deep k -> toInteger k }

outer, inner :: Expr -> IO ()
outer e = runStateT (runExceptT (eval e)) M.empty >>= print
inner e = runExceptT (runStateT (eval e) M.empty) >>= print

expressions :: [Expr]
expressions =
  [ "x" := N 6 :> "y" := V "x" :/ N 2 :> V "x" :+ V "y", "x" := N 1 :> V "x" :/ N 0, V "missing", Try ("x" := N 5 :> V "x" :/ N 0) (V "error"), Try ("x" := N 7 :> V "zz") (V "x")
  , Try (V "a") (Try (V "bb") ("r" := V "error")) ]

bisect :: (Double -> Double) -> Double -> Double -> Int -> Either String Double
bisect f lo hi depth = flip runContT Right $ callCC $ \exit -> do
  when (f lo * f hi > 0) (lift (Left "same sign"))
  let go a b k = do
        let m = (a + b) / 2
        when (k == 0 || abs (f m) < 1e-9) (void (exit m))
        if f a * f m <= 0 then go a m (k - 1) else go m b (k - 1)
  go lo hi depth

robot :: RWS (Int, Int) [String] (Int, Int, Int) Int
robot = do
  forM_ "FFRFFLFBRRFX" $ \c -> do
    (x, y, d) <- get
    (w, h) <- ask
    let (dx, dy) = [(0, 1), (1, 0), (0, -1), (-1, 0)] !! d
    case c of
      'F' | inside w h (x + dx) (y + dy) -> put (x + dx, y + dy, d)
          | otherwise -> tell ["wall at " ++ show (x, y)]
      'L' -> put (x, y, (d - 1) `mod` 4)
      'R' -> put (x, y, (d + 1) `mod` 4)
      'B' | inside w h (x - dx) (y - dy) -> put (x - dx, y - dy, d)
      _ -> tell ["cannot " ++ [c]]
  (x, y, _) <- get
  return (x * 10 + y)
  where inside w h x y = x >= 0 && y >= 0 && x < w && y < h

main :: IO ()
main = do
  mapM_ outer expressions
  mapM_ inner expressions
  print (map (\(a, b) -> fmap (round . (* 1e6)) (bisect (\x -> x * x - 2) a b 60) :: Either String Integer) [(0, 2), (2, 3), (-2, 0)])
  print (runRWS robot (3, 3) (0, 0, 0))
  r <- runExceptT (forM [1 .. 5 :: Int] (\k -> do { when (k == 4) (throwError "four"); liftIO (print k); return (k * k) }))
  print (r :: Either String [Int])
  print (runExcept (withExceptT length (throwError "abc" :: Except String Int)), either id show (runExcept (liftEither (Right 3) :: Except String Int)))
  print (runCont (do { a <- cont (\k -> k 1 + k 2); b <- cont (\k -> k 10 * k 20); return (a + b) }) id)
