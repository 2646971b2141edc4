-- exit: 1
import System.Exit

process :: [String] -> IO ()
process [] = die "nothing left to do"
process (x : xs) = putStrLn x >> process xs

main :: IO ()
main = process ["one", "two"] >> putStrLn "never"
