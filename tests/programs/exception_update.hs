import Control.Exception

raiser :: Int
raiser = errorWithoutStackTrace "top"

attempt :: String -> IO () -> IO ()
attempt label action = catch action (handler label)
  where
    handler :: String -> SomeException -> IO ()
    handler l _ = putStrLn l

main :: IO ()
main = do
  let good = 4 + 1
      innermost = errorWithoutStackTrace "deep"
      middle = innermost + good
      outermost = middle + good
  attempt "caught once" (print outermost)
  attempt "caught again" (print outermost)
  attempt "caught in the middle" (print middle)
  print good
  attempt "caught a CAF" (print raiser)
  attempt "caught a CAF" (print raiser)
