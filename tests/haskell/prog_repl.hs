-- stdin: prog_repl.in
-- exit: 5
-- A read-eval-print loop: prompts, isEOF, variables in an IORef, exceptions of its own, an exit code that counts mistakes.
module Main (main) where
import Control.Exception
import Control.Monad
import Data.Char
import Data.IORef
import Data.List
import System.Exit
import System.IO
import Text.Read (readMaybe)

data EvalError = Unbound String | Syntax String Int | DivZero deriving (Eq)
instance Show EvalError where
  showsPrec _ (Unbound v) = showString "unbound variable " . shows v
  showsPrec _ (Syntax s n) = showString "syntax error: " . showString s . showString " at " . shows n
  showsPrec _ DivZero = showString "division by zero"
instance Exception EvalError

type Env = IORef [(String, Rational)]
data Tok = TNum Rational | TId String | TOp Char deriving (Eq, Show)

tokens :: String -> IO [(Int, Tok)]
tokens = go 0 where
  go _ [] = return []
  go n s@(c : cs)
    | isSpace c = go (n + 1) cs
    | isDigit c = let (d, r) = span isDigit s in ((n, TNum (fromInteger (read d))) :) <$> go (n + length d) r
    | isAlpha c = let (d, r) = span isAlphaNum s in ((n, TId d) :) <$> go (n + length d) r
    | c `elem` "+-*/()=^" = ((n, TOp c) :) <$> go (n + 1) cs
    | otherwise = throwIO (Syntax ("character " ++ show c) n)

evalLine :: Env -> String -> IO (Maybe Rational)
evalLine env line = do
  ts <- tokens line
  pos <- newIORef ts
  let peek = fmap (fmap snd . safeHead) (readIORef pos)
      safeHead xs = case xs of { [] -> Nothing; (y : _) -> Just y }
      advance = modifyIORef pos (drop 1)
      place = maybe (length line) fst . safeHead <$> readIORef pos
      binary ops sub = sub >>= loop
        where loop l = do
                t <- peek
                case t of
                  Just (TOp o) | Just f <- lookup o ops -> advance >> sub >>= f l >>= loop
                  _ -> return l
      pureOp f a b = return (f a b)
      expr = binary [('+', pureOp (+)), ('-', pureOp (-))] term
      term = binary [('*', pureOp (*)), ('/', \a b -> if b == 0 then throwIO DivZero else return (a / b))] power
      power = do { b <- atom; t <- peek; if t == Just (TOp '^') then advance >> power >>= \e -> return (b ^^ (truncate e :: Int)) else return b }
      atom = do
        t <- peek
        case t of
          Just (TNum n) -> advance >> return n
          Just (TId v) -> do { advance; e <- readIORef env; maybe (throwIO (Unbound v)) return (lookup v e) }
          Just (TOp '-') -> advance >> negate <$> atom
          Just (TOp '(') -> do { advance; v <- expr; t' <- peek; unless (t' == Just (TOp ')')) (place >>= throwIO . Syntax "missing )"); advance; return v }
          _ -> place >>= throwIO . Syntax "expression expected"
  case ts of
    [] -> return Nothing
    ((_, TId v) : (_, TOp '=') : _) -> do { modifyIORef pos (drop 2); x <- expr; modifyIORef env (((v, x) :) . filter ((/= v) . fst)); return (Just x) }
    _ -> do { x <- expr; r <- readIORef pos; unless (null r) (throwIO (Syntax "left over" (fst (head r)))); return (Just x) }

main :: IO ()
main = do
  hSetBuffering stdout NoBuffering
  env <- newIORef []
  count <- newIORef (0 :: Int)
  let loop = do
        putStr "> "
        end <- isEOF
        if end then putStrLn "bye" else do
          line <- getLine
          when (line == ":quit") (do { n <- readIORef count; exitWith (if n == 0 then ExitSuccess else ExitFailure n) })
          r <- try (evalLine env line)
          case r of
            Left e -> modifyIORef' count (+ 1) >> hPutStrLn stderr (show (e :: EvalError)) >> putStrLn ("! " ++ show e)
            Right Nothing -> return ()
            Right (Just v) -> print v
          loop
  loop `finally` (readIORef env >>= mapM_ (\(k, v) -> putStrLn (k ++ " = " ++ show (fromRational v :: Double))) . sortOn fst)
