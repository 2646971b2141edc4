import System.Environment (getArgs)

-- Wadler's leak: the text is broken into its first line and the rest, lazily. While the first line is used up,
-- the rest is not looked at: it waits as one selector thunk over another. A collector that cannot evaluate
-- them keeps a pair for each character that has been seen.

linesOf :: String -> [String]
linesOf "" = []
linesOf s =
  let p = breakLine s
      l = case p of (x, _) -> x
      r = case p of (_, y) -> y
  in l : more r

more :: String -> [String]
more "" = []
more (_ : s) = linesOf s

breakLine :: String -> (String, String)
breakLine "" = ("", "")
breakLine s@(c : cs) =
  if c == '\n' then ("", s) else
    let p = breakLine cs
        l = case p of (x, _) -> x
        r = case p of (_, y) -> y
    in (c : l, r)

text :: Int -> String -> String
text 0 s = s
text n s = 'x' : text (n - 1) s

main :: IO ()
main = do
  args <- getArgs
  let n = case args of { [] -> 200000; (a : _) -> read a }
  case linesOf (text n ('\n' : text 1000 "\nend")) of
    [] -> return ()
    (first : others) -> do
      print (length first)
      print (length others)
