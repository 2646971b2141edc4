-- A hierarchy of exceptions with existential nodes, caught at each of its levels; catches and Handler.
{-# LANGUAGE ExistentialQuantification #-}
import Control.Exception
import Data.Typeable

data CompilerException = forall e. Exception e => CompilerException e
instance Show CompilerException where showsPrec d (CompilerException e) = showsPrec d e
instance Exception CompilerException

compilerToException :: Exception e => e -> SomeException
compilerToException = toException . CompilerException

compilerFromException :: Exception e => SomeException -> Maybe e
compilerFromException x = do
  CompilerException e <- fromException x
  cast e

data FrontendException = forall e. Exception e => FrontendException e
instance Show FrontendException where showsPrec d (FrontendException e) = showsPrec d e
instance Exception FrontendException where
  toException = compilerToException
  fromException = compilerFromException

newtype Mismatched = Mismatched Char deriving Show
instance Exception Mismatched where
  toException = toException . FrontendException
  fromException x = do
    FrontendException e <- fromException x
    cast e

data Backend = OutOfRegisters Int | BadLabel { label :: String, line :: Int } deriving (Show, Eq)
instance Exception Backend where
  toException = compilerToException
  fromException = compilerFromException
  displayException (OutOfRegisters n) = "no register left of " ++ show n
  displayException (BadLabel l n) = "label " ++ l ++ " at " ++ show n

stage :: Int -> IO String
stage 0 = throwIO (OutOfRegisters 8)
stage 1 = throwIO BadLabel { label = "loop", line = -3 }
stage 2 = throwIO (Mismatched '(')
stage 3 = throwIO (CompilerException (OutOfRegisters 4))
stage 4 = throwIO (FrontendException (Mismatched 'x'))
stage 5 = evaluate (show (head (drop 3 [1 `div` (0 :: Int)] ++ [2 `mod` (0 :: Int)])))
stage 6 = throwIO (IndexOutOfBounds "far")
stage 7 = throwIO (AssertionFailed "not so")
stage 8 = ioError (userError "io")
stage n = return ("stage " ++ show n)

specific, general :: [Handler String]
specific =
  [ Handler (\e -> return ("backend: " ++ show (e :: Backend)))
  , Handler (\e -> return ("mismatched: " ++ show (e :: Mismatched)))
  ]
general =
  [ Handler (\e -> return ("arith: " ++ show (e :: ArithException)))
  , Handler (\e -> return ("frontend: " ++ show (e :: FrontendException)))
  , Handler (\e -> return ("compiler: " ++ show (e :: CompilerException)))
  , Handler (\e -> return ("array: " ++ show (e :: ArrayException)))
  , Handler (\e -> return ("io: " ++ show (e :: IOException)))
  , Handler (\e -> return ("any: " ++ show (e :: SomeException)))
  ]

main :: IO ()
main = do
  mapM_ (\n -> (stage n `catches` (specific ++ general)) >>= putStrLn) [0 .. 9]
  mapM_ (\n -> (stage n `catches` general) >>= putStrLn) [0 .. 4]
  r <- try (stage 2) :: IO (Either CompilerException String)
  print (either show id r)
  s <- try (try (stage 1) :: IO (Either Mismatched String)) :: IO (Either CompilerException (Either Mismatched String))
  print (either show (const "not caught") s)
  putStrLn (displayException (toException (BadLabel "x" 2)))
  print (showsPrec 11 (OutOfRegisters (-1)) "")
