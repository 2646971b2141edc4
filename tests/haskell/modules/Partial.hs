-- | What becomes of values of which some part is undefined.
module Partial (u, at, attempt) where

import Control.Exception

data Undefined = Undefined deriving Show
instance Exception Undefined

-- | No value; printed as _ or as undefined.
u :: a
u = throw Undefined

-- | Prints a value as far as it goes, at most so many characters of it: where a part is undefined, _.
at :: Show a => Int -> String -> a -> IO ()
at limit name x = observe limit (show x) >>= \s -> putStrLn (name ++ " = " ++ s)

observe :: Int -> String -> IO String
observe 0 _ = return "..."
observe n s = do
  r <- try (evaluate s)
  case r of
    Left e -> return (problem e)
    Right [] -> return ""
    Right (c : cs) -> do
      h <- try (evaluate c)
      case h of
        Left e -> fmap (problem e ++) (observe (n - 1) cs)
        Right c' -> fmap (c' :) (observe (n - 1) cs)
  where
    problem e
      | Just Undefined <- fromException e = "_"
      | otherwise = "<" ++ takeWhile (/= '\n') (show e) ++ ">"

-- | Prints a value, or why there is none.
attempt :: Show a => String -> a -> IO ()
attempt name x = do
  r <- try (evaluate (let s = show x in length s `seq` s))
  putStrLn (name ++ " = " ++ either problem id r)
  where
    problem e
      | Just Undefined <- fromException e = "undefined"
      | Just a <- fromException e = show (a :: ArithException)
      | otherwise = "error"
