-- throw, throwIO, catch, handle, try, evaluate, and where an exception comes out.
import Control.Exception
import Data.Maybe

data Odd = Odd Int | Even deriving (Show, Eq)
instance Exception Odd

check :: Int -> IO Int
check n
  | odd n = throwIO (Odd n)
  | n == 0 = throwIO Even
  | otherwise = return (n * n)

describe :: SomeException -> String
describe e
  | Just (Odd n) <- fromException e = "odd " ++ show n
  | Just Even <- fromException e = "even"
  | Just a <- fromException e = "arithmetic: " ++ show (a :: ArithException)
  | Just (ErrorCall m) <- fromException e = "error: " ++ m
  | otherwise = "other: " ++ displayException e

attempt :: Show a => IO a -> IO ()
attempt action = (action >>= print) `catch` (putStrLn . describe)

main :: IO ()
main = do
  mapM_ (attempt . check) [2, 3, 0, 12]
  attempt (evaluate (1 `div` (0 :: Int)))
  attempt (evaluate (minBound `div` (-1 :: Int)))
  attempt (evaluate (error "told" :: Int))
  attempt (evaluate (errorWithoutStackTrace "plainly" :: Int))
  attempt (return (throw (Odd 7) :: Int))
  attempt (evaluate (throw Even `seq` 'c'))
  attempt (throwIO Overflow :: IO ())
  attempt (throw Underflow :: IO ())
  attempt (ioError (userError "mine") :: IO ())
  attempt (fail "failed" :: IO ())
  r <- try (check 5) :: IO (Either Odd Int)
  print r
  s <- try (check 6) :: IO (Either Odd Int)
  print s
  t <- tryJust (\e -> if e == Even then Just "was even" else Nothing) (check 0)
  print t
  n <- handle (\e -> return (case e of Odd k -> negate k; Even -> 0)) (check 11)
  print n
  u <- try (try (check 1) :: IO (Either ArithException Int)) :: IO (Either Odd (Either ArithException Int))
  print u
  v <- handleJust (\e -> if e == DivideByZero then Just () else Nothing) (\() -> return (-1)) (evaluate (7 `mod` (0 :: Integer)))
  print v
  print (isJust (fromException (toException Even) :: Maybe Odd), isNothing (fromException (toException Even) :: Maybe IOException))
  catch (catch (throwIO (Odd 1)) (\e -> putStrLn ("inner " ++ show (e :: Odd)) >> throwIO DivideByZero))
        (\e -> putStrLn ("outer " ++ show (e :: ArithException)))
