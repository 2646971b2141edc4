import Control.Exception

showEither :: Either SomeException Int -> String
showEither (Left exception) = "Left " ++ show exception
showEither (Right n) = "Right " ++ show n

main :: IO ()
main = do
  let boom = errorWithoutStackTrace "boom"
  try (evaluate boom) >>= putStrLn . showEither
  try (evaluate (1 + 2)) >>= putStrLn . showEither
  result <- try (return boom) :: IO (Either SomeException Int)
  putStrLn (case result of { Left _ -> "raised early"; Right _ -> "returned lazily" })
  catch (ioError (userError "stop")) (\e -> putStrLn (show (e :: SomeException)))
