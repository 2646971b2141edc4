-- State, Writer, Reader and Maybe transformer written by hand, stacked and run.
newtype State s a = State { runState :: s -> (a, s) }
instance Functor (State s) where fmap f (State g) = State (\s -> let (a, s') = g s in (f a, s'))
instance Applicative (State s) where
  pure a = State (\s -> (a, s))
  State f <*> State g = State (\s -> let (h, s') = f s; (a, s'') = g s' in (h a, s''))
instance Monad (State s) where State g >>= f = State (\s -> let (a, s') = g s in runState (f a) s')

get :: State s s
get = State (\s -> (s, s))
put :: s -> State s ()
put s = State (const ((), s))
modify :: (s -> s) -> State s ()
modify f = get >>= put . f
evalState :: State s a -> s -> a
evalState m = fst . runState m

newtype Writer w a = Writer (a, w)
instance Functor (Writer w) where fmap f (Writer (a, w)) = Writer (f a, w)
instance Monoid w => Applicative (Writer w) where
  pure a = Writer (a, mempty)
  Writer (f, w) <*> Writer (a, w') = Writer (f a, w <> w')
instance Monoid w => Monad (Writer w) where
  Writer (a, w) >>= f = let Writer (b, w') = f a in Writer (b, w <> w')
tell :: w -> Writer w ()
tell w = Writer ((), w)

newtype StateT s m a = StateT { runStateT :: s -> m (a, s) }
instance Monad m => Functor (StateT s m) where fmap f m = m >>= return . f
instance Monad m => Applicative (StateT s m) where { pure a = StateT (\s -> return (a, s)); mf <*> ma = mf >>= \f -> fmap f ma }
instance Monad m => Monad (StateT s m) where m >>= f = StateT (\s -> runStateT m s >>= \(a, s') -> runStateT (f a) s')
newtype MaybeT m a = MaybeT { runMaybeT :: m (Maybe a) }
instance Monad m => Functor (MaybeT m) where fmap f m = m >>= return . f
instance Monad m => Applicative (MaybeT m) where { pure = MaybeT . return . Just; mf <*> ma = mf >>= \f -> fmap f ma }
instance Monad m => Monad (MaybeT m) where m >>= f = MaybeT (runMaybeT m >>= maybe (return Nothing) (runMaybeT . f))

class Trans t where lift :: Monad m => m a -> t m a
instance Trans (StateT s) where lift m = StateT (\s -> m >>= \a -> return (a, s))
instance Trans MaybeT where lift m = MaybeT (fmap Just m)

fresh :: State Int String
fresh = do { n <- get; put (n + 1); return ('v' : show n) }

data Term = Var String | Lam String Term | App Term Term
instance Show Term where
  showsPrec _ (Var v) = showString v
  showsPrec d (Lam v t) = showParen (d > 0) (showString ("\\" ++ v ++ ".") . showsPrec 0 t)
  showsPrec d (App a b) = showParen (d > 1) (showsPrec 1 a . showString " " . showsPrec 2 b)

rename :: [(String, String)] -> Term -> State Int Term
rename env (Var v) = return (Var (maybe v id (lookup v env)))
rename env (Lam v t) = do { v' <- fresh; t' <- rename ((v, v') : env) t; return (Lam v' t') }
rename env (App a b) = App <$> rename env a <*> rename env b

gcdLog :: Int -> Int -> Writer [String] Int
gcdLog a 0 = tell ["done: " ++ show a] >> return a
gcdLog a b = do
  tell [show a ++ " mod " ++ show b ++ " = " ++ show (a `mod` b)]
  gcdLog b (a `mod` b)

popM :: MaybeT (StateT [Int] IO) Int
popM = do
  stack <- lift (StateT (\s -> return (s, s)))
  case stack of
    [] -> MaybeT (return Nothing)
    x : xs -> lift (StateT (const (return (x, xs)))) >> lift (lift (putStrLn ("popped " ++ show x))) >> return x

random :: State Int Int
random = modify (\s -> (s * 16807) `mod` 2147483647) >> fmap (`mod` 6) get

main :: IO ()
main = do
  print (runState (rename [] (Lam "x" (App (Lam "x" (App (Var "x") (Var "y"))) (Lam "z" (App (Var "x") (Var "z")))))) 0)
  let Writer (g, steps) = gcdLog 252 105
  print g >> mapM_ putStrLn steps
  r <- runStateT (runMaybeT (do { a <- popM; b <- popM; c <- popM; return (a + b + c) })) [1, 2, 3, 4]
  print r
  s <- runStateT (runMaybeT (sequence [popM, popM, popM])) [9, 8]
  print s
  print (evalState (mapM (const random) [1 .. 20 :: Int]) 42)
  print (fst (runState (mapM (\c -> do { n <- get; put (n + 1); return (n, c) }) "label") 10))
  print (take 5 (evalState (mapM (\x -> State (\n -> (n * x, n + 1))) [1 ..]) 1))
