-- exitSuccess ends a loop that would go on for ever.
import Control.Monad
import System.Exit

main :: IO ()
main = do
  forM_ [1 :: Int ..] $ \n -> do
    print n
    when (n == 5) exitSuccess
  putStrLn "never"
