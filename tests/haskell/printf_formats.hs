-- Text.Printf: widths, precision, flags, each conversion, strings and characters, hPrintf, and a printf that returns a String.
import Control.Exception
import System.IO
import Text.Printf

main :: IO ()
main = do
  mapM_ (\f -> putStrLn (printf ("|" ++ f ++ "|") (-42 :: Int))) ["%d", "%6d", "%-6d", "%06d", "%+d", "% d", "%3d", "%.5d"]
  mapM_ (\f -> putStrLn (printf ("|" ++ f ++ "|") (42 :: Int))) ["%d", "%5d", "%-5d", "%05d", "%+d", "% d", "%x", "%X", "%o", "%b", "%#x", "%#o", "%08b", "%i", "%u", "%v", "%.4d", "%8.4d"]
  mapM_ (\f -> putStrLn (printf ("|" ++ f ++ "|") (3.14159265 :: Double)))
    ["%f", "%.2f", "%8.3f", "%-8.3f", "%08.3f", "%+.1f", "%e", "%.3e", "%g", "%.3g", "%.0f"]
  mapM_ (\x -> putStrLn (printf "|%.1f|%.3e|%g|%8.2f|" x x x x)) [0, -1.25, 1e-5, 123456.789, 1e10, 0.05 :: Double]
  mapM_ (\f -> putStrLn (printf ("|" ++ f ++ "|") "text")) ["%s", "%8s", "%-8s", "%.2s", "%6.2s", "%v"]
  mapM_ (\f -> putStrLn (printf ("|" ++ f ++ "|") 'z')) ["%c", "%3c", "%-3c", "%v"]
  printf "%d %s %c %.2f %%\n" (1 :: Int) "two" '3' (4.0 :: Double)
  printf "%5s|%-5s|%05d|%x\n" "ab" "cd" (7 :: Int) (255 :: Integer)
  printf "%*d|%-*d|\n" (6 :: Int) (42 :: Int) (6 :: Int) (42 :: Int)
  printf "no arguments\n"
  hPrintf stdout "%s has %d items costing %7.2f\n" "basket" (3 :: Int) (19.989 :: Double)
  let row :: String -> Int -> Double -> String
      row name n price = printf "%-10s %4d %9.2f %6.1f%%" name n price (price / 10)
  mapM_ putStrLn [row "apple" 12 3.5, row "banana" 7 100.255, row "a long name" 1000 0.004]
  putStrLn (printf "%d%d%d" (1 :: Integer) (2 ^ (70 :: Int) :: Integer) (-3 :: Integer))
  printf "%s %s\n" (show [1, 2 :: Int]) (show (Just 'x'))
  r <- try (evaluate (length (printf "%d" "not a number" :: String))) :: IO (Either ErrorCall Int)
  putStrLn (either (\(ErrorCall m) -> m) show r)
  s <- try (evaluate (length (printf "%d %d" (1 :: Int) :: String))) :: IO (Either ErrorCall Int)
  putStrLn (either (\(ErrorCall m) -> m) show s)
  t <- try (evaluate (length (printf "%d" (1 :: Int) (2 :: Int) :: String))) :: IO (Either ErrorCall Int)
  putStrLn (either (\(ErrorCall m) -> m) show t)
