-- packages: transformers containers
-- A parser with StateT over Except, indentation-sensitive blocks, and an evaluator with WriterT, MaybeT and ReaderT of transformers.
import Control.Applicative
import Control.Monad
import Control.Monad.Trans.Class
import Control.Monad.Trans.Except
import Control.Monad.Trans.Maybe
import Control.Monad.Trans.Reader
import Control.Monad.Trans.State.Strict
import Control.Monad.Trans.Writer.Strict
import Data.Char
import qualified Data.Map as M

type Parser = StateT (Int, [(Int, String)]) (Except String)

data Tree = Tree String [Tree] deriving (Show, Eq)

block :: Int -> Parser [Tree]
block depth = do
  (_, ls) <- get
  case ls of
    (k, s) : rest
      | k == depth -> do
          modify (\(n, _) -> (n + 1, rest))
          (_, after) <- get
          children <- case after of
            (j, _) : _ | j > depth -> block j
            _ -> return []
          more <- block depth
          return (Tree s children : more)
      | k > depth -> do { n <- gets fst; lift (throwE ("line " ++ show n ++ ": unexpected indentation of " ++ show k)) }
    _ -> return []

parse :: String -> Either String [Tree]
parse text = runExcept (evalStateT (block 0 <* finish) (1, [(length (takeWhile (== ' ') l), dropWhile (== ' ') l) | l <- lines text, any (not . isSpace) l]))
  where finish = gets snd >>= \ls -> unless (null ls) (gets fst >>= \n -> lift (throwE ("line " ++ show n ++ ": indented less than the first")))

draw :: Tree -> [String]
draw (Tree s ts) = s : concatMap (map ("  " ++) . draw) ts

type Eval = ReaderT (M.Map String Int) (WriterT [String] Maybe)

eval :: Tree -> Eval Int
eval (Tree s ts) = case (words s, ts) of
  ([n], []) | all isDigit n -> return (read n)
            | otherwise -> asks (M.lookup n) >>= lift . lift
  (["sum"], _) -> sum <$> mapM eval ts
  (["product"], _) -> product <$> mapM eval ts
  (["let", v], e : body) -> do
    x <- eval e
    lift (tell [v ++ " = " ++ show x])
    last <$> local (M.insert v x) (mapM eval body)
  (["try"], [a, b]) -> ReaderT (\env -> WriterT (runWriterT (runReaderT (eval a) env) <|> runWriterT (runReaderT (eval b) env)))
  (["div"], [a, b]) -> do { x <- eval a; y <- eval b; when (y == 0) (lift (lift Nothing)); return (x `div` y) }
  _ -> lift (lift Nothing)

safeRoot :: Double -> MaybeT (State [String]) Double
safeRoot x = do
  lift (modify (("root of " ++ show x) :))
  guard (x >= 0)
  return (sqrt x)

main :: IO ()
main = do
  let program = unlines ["let x", "  sum", "    3", "    4", "  product", "    x", "    try", "      div", "        10", "        0", "      6", "    let x", "      2", "      sum", "        x", "        x"]
  either putStrLn (mapM_ (mapM_ putStrLn . draw)) (parse program)
  print (fmap (map (\t -> runWriterT (runReaderT (eval t) M.empty))) (parse program))
  print (fmap (map (\t -> runWriterT (runReaderT (eval t) M.empty))) (parse "sum\n  1\n  y\ndiv\n  7\n  2\nnonsense here"))
  mapM_ (print . fmap length . parse) ["a\n  b\n c", "a\n  b\n    c\n  d\ne", "  a\nb", "", "a\n\n  b"]
  print (runState (runMaybeT (mapM safeRoot [16, 2.25, -1, 9])) [], runState (runMaybeT (safeRoot (-4) <|> safeRoot 4)) [])
  print (runExcept (catchE (throwE "first") (\e -> throwE (e ++ " second")) :: Except String ()), runWriter (replicateM_ 3 (tell "x")), runReader (withReaderT (* 2) ask) (21 :: Int))
