-- packages: mtl containers
-- Code against mtl's classes run in stacks of different order, a newtype with derived instances, and a transformer of one's own made an instance.
{-# LANGUAGE GeneralizedNewtypeDeriving, FlexibleContexts, FlexibleInstances, MultiParamTypeClasses, UndecidableInstances #-}
import Control.Monad.Except
import Control.Monad.Reader
import Control.Monad.State
import Control.Monad.Writer
import qualified Data.Map as M

-- Counts the binds of whatever runs above it.
newtype CountT m a = CountT { unCountT :: StateT Int m a } deriving (Functor, Applicative, MonadTrans, MonadIO)
instance Monad m => Monad (CountT m) where
  CountT m >>= f = CountT (modify' (+ 1) >> m >>= unCountT . f)
instance MonadState s m => MonadState s (CountT m) where { get = lift get; put = lift . put }
instance MonadError e m => MonadError e (CountT m) where
  throwError = lift . throwError
  catchError (CountT m) h = CountT (StateT (\n -> runStateT m n `catchError` \e -> runStateT (unCountT (h e)) n))
instance MonadReader r m => MonadReader r (CountT m) where { ask = lift ask; local f (CountT m) = CountT (local f m) }

runCountT :: CountT m a -> m (a, Int)
runCountT (CountT m) = runStateT m 0

data Type = TInt | TFun Type Type deriving (Eq, Ord)
instance Show Type where
  showsPrec _ TInt = showString "Int"
  showsPrec d (TFun a b) = showParen (d > 0) (showsPrec 1 a . showString " -> " . shows b)

data Term = Lit Int | V String | Lam String Type Term | App Term Term | Add Term Term

check :: (MonadReader (M.Map String Type) m, MonadError String m, MonadWriter [String] m) => Term -> m Type
check t = case t of
  Lit _ -> return TInt
  V v -> asks (M.lookup v) >>= maybe (throwError ("unbound " ++ v)) return
  Lam v ty b -> TFun ty <$> local (M.insert v ty) (check b)
  Add a b -> do
    ts <- mapM check [a, b]
    unless (all (== TInt) ts) (throwError ("adding " ++ show ts))
    return TInt
  App f a -> do
    tf <- check f
    ta <- check a
    tell [show tf ++ " applied to " ++ show ta]
    case tf of
      TFun p r | p == ta -> return r
      _ -> throwError ("cannot apply " ++ show tf ++ " to " ++ show ta)

newtype App' a = App' { unApp :: ReaderT (M.Map String Type) (WriterT [String] (Either String)) a }
  deriving (Functor, Applicative, Monad, MonadReader (M.Map String Type), MonadWriter [String], MonadError String)

keepsLog :: Term -> (Either String Type, [String])
keepsLog t = runWriter (runExceptT (runReaderT (check t) M.empty))

losesLog :: Term -> Either String (Type, [String])
losesLog t = runWriterT (runReaderT (unApp (check t)) M.empty)

collatz :: (MonadState Int m, MonadError Int m) => Int -> m Int
collatz limit = do
  n <- get
  when (n > limit) (throwError n)
  if n == 1 then return limit else put (if even n then n `div` 2 else 3 * n + 1) >> collatz limit

inc, twice :: Term
inc = Lam "n" TInt (Add (V "n") (Lit 1))
twice = Lam "f" (TFun TInt TInt) (Lam "x" TInt (App (V "f") (App (V "f") (V "x"))))

main :: IO ()
main = do
  mapM_ (\t -> print (keepsLog t) >> print (losesLog t)) [App (App twice inc) (Lit 3), App inc twice, Add (App inc (Lit 1)) twice, Lam "y" TInt (V "z"), twice]
  print (runExcept (runStateT (runCountT (collatz 100)) 6), runExcept (runStateT (runCountT (collatz 30)) 7))
  print (runState (runExceptT (runCountT (collatz 30 `catchError` \e -> put 3 >> fmap (+ e) (collatz 100)))) 7)
  print (runExcept (runStateT (runCountT (collatz 30 `catchError` \e -> fmap (+ e) (collatz 1000))) 7))
  (r, n) <- runCountT (do { forM_ [1 .. 3 :: Int] (liftIO . print); x <- lift (return 5); return (x * 2) })
  print (r :: Int, n)
  print (runReader (runCountT (local (+ 1) ask >>= \a -> fmap (+ a) ask)) 10, runWriter (execStateT (mapM_ (\k -> modify (+ k) >> get >>= lift . tell . (: [])) [1 .. 5]) 0))
