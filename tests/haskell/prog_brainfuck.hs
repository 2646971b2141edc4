-- stdin: prog_brainfuck.in
-- A Brainfuck interpreter with a tape as a zipper, a compiler to counted instructions, and both run on the same programs; a Turing machine.
import Data.Char
import Data.List
import Data.Word

data Tape = Tape [Word8] Word8 [Word8]

blank :: Tape
blank = Tape (repeat 0) 0 (repeat 0)

data Instr = Move Int | Add Int | Out | In | Loop [Instr] | Clear deriving (Eq, Show)

parse :: String -> Either String [Instr]
parse s = case block (0 :: Int) (filter (`elem` "+-<>.,[]") s) of
  Left e -> Left e
  Right (is, "") -> Right is
  Right (_, rest) -> Left ("unmatched ] before " ++ show (length rest))
  where
    block _ [] = Right ([], "")
    block d (c : cs) = case c of
      ']' | d == 0 -> Left ("unmatched ] before " ++ show (length cs))
          | otherwise -> Right ([], cs)
      '[' -> do
        (body, rest) <- block (d + 1) cs
        if length rest == 0 && last (c : cs) /= ']' then Left "unmatched [" else do
          (is, rest') <- block d rest
          Right (Loop body : is, rest')
      _ -> do
        (is, rest) <- block d cs
        Right (single c : is, rest)
    single c = case c of { '+' -> Add 1; '-' -> Add (-1); '>' -> Move 1; '<' -> Move (-1); '.' -> Out; _ -> In }

optimise :: [Instr] -> [Instr]
optimise = concatMap squash . groupBy similar . map inner
  where
    inner (Loop [Add n]) | odd n = Clear
    inner (Loop b) = Loop (optimise b)
    inner i = i
    similar (Add _) (Add _) = True
    similar (Move _) (Move _) = True
    similar _ _ = False
    squash g@(Add _ : _) = [Add n | let n = sum [k | Add k <- g], n /= 0]
    squash g@(Move _ : _) = [Move n | let n = sum [k | Move k <- g], n /= 0]
    squash g = g

run :: [Instr] -> String -> (String, Int)
run program input = go program blank input [] 0
  where
    go [] _ _ [] n = ("", n)
    go [] tape inp (rest : k) n = go rest tape inp k n
    go (i : is) tape@(Tape ls c rs) inp k n = n `seq` case i of
      Add d -> let c' = c + fromIntegral d in c' `seq` go is (Tape ls c' rs) inp k (n + 1)
      Clear -> go is (Tape ls 0 rs) inp k (n + 1)
      Move d -> go is (shift d tape) inp k (n + 1)
      Out -> let (o, m) = go is tape inp k (n + 1) in (chr (fromIntegral c) : o, m)
      In -> case inp of
        [] -> go is (Tape ls 0 rs) [] k (n + 1)
        x : xs -> go is (Tape ls (fromIntegral (ord x)) rs) xs k (n + 1)
      Loop body | c == 0 -> go is tape inp k (n + 1)
                | otherwise -> go body tape inp ((i : is) : k) (n + 1)
    shift 0 t = t
    shift d (Tape (l : ls) c rs) | d < 0 = shift (d + 1) (Tape ls l (c : rs))
    shift d (Tape ls c (r : rs)) | d > 0 = shift (d - 1) (Tape (c : ls) r rs)
    shift _ t = t

-- Writes a text by adding up differences from cell to cell.
writer :: String -> String
writer s = concat (zipWith step (0 : map ord s) (map ord s))
  where step a b = replicate (abs (b - a)) (if b > a then '+' else '-') ++ "."

programs :: [(String, String)]
programs =
  [ ("write", writer "Heap!\n"), ("echo", ",[.,]"), ("reverse", ">,[>,]<[.<]"), ("multiply", "++++++>+++++++<[->[->+>+<<]>>[-<<+>>]<<<]>>." )
  , ("open", "[[+]"), ("close", "+]+"), ("upper", ",[>++++++++++[<--->-]<--.,]") ]

data Direction = ToLeft | ToRight
type Rules = [((String, Char), (String, Char, Direction))]

turing :: Rules -> String -> String -> (String, Int)
turing rules start input = go start [] input 0
  where
    go state ls rs n = case lookup (state, current rs) rules of
      Nothing -> (dropWhile (== '_') (reverse ls ++ dropWhileEnd (== '_') rs), n)
      Just (state', c, ToRight) -> go state' (c : ls) (drop 1 rs) (n + 1 :: Int)
      Just (state', c, ToLeft) -> case ls of
        [] -> go state' [] ('_' : c : drop 1 rs) (n + 1)
        l : ls' -> go state' ls' (l : c : drop 1 rs) (n + 1)
    current (c : _) = c
    current [] = '_'

increment, palindrome :: Rules
increment = [(("go", '0'), ("go", '0', ToRight)), (("go", '1'), ("go", '1', ToRight)), (("go", '_'), ("add", '_', ToLeft)), (("add", '1'), ("add", '0', ToLeft)), (("add", '0'), ("done", '1', ToLeft)), (("add", '_'), ("done", '1', ToLeft))]
palindrome = concat
  [ [(("start", c), ("seek" ++ [c], '_', ToRight)), (("match" ++ [c], c), ("back", '_', ToLeft)), (("match" ++ [c], '_'), ("yes", 'Y', ToRight))] ++ [(("seek" ++ [c], d), ("seek" ++ [c], d, ToRight)) | d <- "ab"]
    ++ [(("seek" ++ [c], '_'), ("match" ++ [c], '_', ToLeft)), (("match" ++ [c], other c), ("no", 'N', ToRight)), (("back", c), ("back", c, ToLeft))] | c <- "ab" ] ++ [(("back", '_'), ("start", '_', ToRight)), (("start", '_'), ("yes", 'Y', ToRight))]
  where other c = if c == 'a' then 'b' else 'a'

main :: IO ()
main = do
  input <- getContents
  mapM_ (report input) programs
  print (map (turing increment "go") ["0", "1", "1011", "111111"])
  print (map (\w -> let (t, n) = turing palindrome "start" w in (w, filter (`elem` "YN") t, n)) ["", "a", "ab", "abba", "abaaba", "abab", "aabbabbaa"])
  where
    report input (name, source) = case parse source of
      Left e -> putStrLn (name ++ ": " ++ e)
      Right is -> do
        let (o, n) = run is input; (o', n') = run (optimise is) input
        putStrLn (name ++ ": " ++ show o ++ " " ++ show (n, n', o == o') ++ " " ++ show (take 6 (optimise is)))
