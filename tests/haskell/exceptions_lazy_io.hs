-- stdin: exceptions_lazy_io.in
-- Commands from stdin run under handlers of several sorts; what each raises, which handler takes it, and what the state is afterwards; ioError and its predicates.
import Control.Exception
import Control.Monad
import Data.IORef
import Data.List
import System.IO
import System.IO.Error

data StackError = Underflow' Int | Unknown String deriving Show
instance Exception StackError

newtype Done = Done Int deriving Show
instance Exception Done

type Stack = IORef [Integer]

pop :: Stack -> IO Integer
pop s = do
  xs <- readIORef s
  case xs of
    [] -> throwIO (Underflow' 0)
    x : rest -> writeIORef s rest >> return x

push :: Stack -> Integer -> IO ()
push s x = modifyIORef s (x :)

command :: Stack -> String -> IO ()
command s w = case w of
  "+" -> binary (+)
  "-" -> binary (-)
  "*" -> binary (*)
  "/" -> binary div
  "%" -> binary mod
  "^" -> do { b <- pop s; a <- pop s; when (b < 0) (throwIO (userError "negative power")); push s (a ^ b) }
  "dup" -> pop s >>= \x -> push s x >> push s x
  "swap" -> do { b <- pop s; a <- pop s; push s b; push s a }
  "drop" -> void (pop s)
  "over" -> do { b <- pop s; a <- pop s; mapM_ (push s) [a, b, a] }
  "fail" -> ioError (annotateIOError (mkIOError userErrorType "here" Nothing (Just "file.txt")) "there" Nothing Nothing)
  "lazy" -> push s (error "late")
  "head" -> push s (head [])
  "clear" -> writeIORef s []
  "end" -> readIORef s >>= throwIO . Done . length
  _ -> case reads w of
    [(n, "")] -> push s n
    _ -> throwIO (Unknown w)
  where binary f = do { b <- pop s; a <- pop s; r <- evaluate (f a b); push s r }

line :: Stack -> Int -> String -> IO ()
line s n l = handle problem $ do
  saved <- readIORef s
  mapM_ (command s) (words l) `catch` \e -> do
    writeIORef s saved
    putStrLn ("  line " ++ show n ++ " undone")
    throwIO (e :: StackError)
  xs <- readIORef s
  shown <- try (evaluate (length (show xs)))
  putStrLn (either (\(ErrorCall m) -> "  cannot show: " ++ m) (const (intercalate " " (map show (reverse xs)))) shown)
  where
    problem e
      | Just (Done k) <- fromException e = throwIO (Done k)
      | Just (Underflow' _) <- fromException e = putStrLn "  stack too short"
      | Just (Unknown w) <- fromException e = putStrLn ("  unknown " ++ w)
      | Just a <- fromException e = putStrLn ("  arithmetic: " ++ show (a :: ArithException))
      | Just io <- fromException e = putStrLn ("  io: " ++ show (isUserError io, ioeGetErrorString io, ioeGetFileName io, ioeGetLocation io))
      | otherwise = putStrLn "  other exception"

main :: IO ()
main = do
  s <- newIORef []
  r <- try (forM_ [1 ..] (\n -> do
    eof <- isEOF
    when eof (ioError (mkIOError eofErrorType "input" (Just stdin) Nothing))
    l <- getLine
    putStrLn ("> " ++ l)
    line s n l))
  case r of
    Left e | Just (Done k) <- fromException e -> putStrLn ("done with " ++ show k)
           | Just io <- fromException e -> putStrLn ("io " ++ show (isEOFError io))
           | otherwise -> throwIO e
    Right () -> putStrLn "never"
  q <- tryIOError (ioError (userError "last"))
  either (\e -> putStrLn (ioeGetErrorString e)) return q
  t <- try (modifyIOError (\e -> ioeSetErrorString e "changed") (ioError (userError "original"))) :: IO (Either IOException ())
  print t
  catchIOError (void (evaluate (1 `div` (0 :: Int)))) (const (putStrLn "not here")) `catch` \e -> putStrLn ("passed on " ++ show (e :: ArithException))
