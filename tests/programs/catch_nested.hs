import Control.Exception

report :: String -> SomeException -> IO ()
report label e = putStrLn (label ++ ": " ++ show e)

raising :: String -> IO ()
raising message = evaluate (errorWithoutStackTrace message)

main :: IO ()
main = do
  catch
    (catch (raising "first") (\e -> report "inner" e >> raising "second"))
    (report "outer")
  let bad = 1 + errorWithoutStackTrace "third" :: Int
  catch (print bad) (report "thunk")
  catch (print bad) (report "thunk")
  catch (putStrLn ("no exception: " ++ show (7 :: Int))) (report "thunk")
  catch (raising "fourth" `finally` putStrLn "finally") (report "last")
  catch (print (1 `quot` (0 :: Int))) (report "arithmetic")
