-- Regular expressions: parser, matching by derivatives and by a simulated automaton, determinisation and minimisation, enumeration of the language, search with captured spans.
import Data.Char
import Data.List
import Data.Maybe

data Re = Never | Empty | Class Bool String | Seq Re Re | Alt Re Re | Star Re deriving (Eq, Ord)

instance Show Re where
  showsPrec _ Never = showString "∅"
  showsPrec _ Empty = showString "()"
  showsPrec _ (Class True [c]) = showChar c
  showsPrec _ (Class True cs) = showString ("[" ++ cs ++ "]")
  showsPrec _ (Class False "") = showChar '.'
  showsPrec _ (Class False cs) = showString ("[^" ++ cs ++ "]")
  showsPrec d (Seq a b) = showParen (d > 1) (showsPrec 1 a . showsPrec 1 b)
  showsPrec d (Alt a b) = showParen (d > 0) (showsPrec 0 a . showChar '|' . showsPrec 0 b)
  showsPrec _ (Star a) = showsPrec 2 a . showChar '*'

parse :: String -> Either String Re
parse s = case alternatives s of
  Right (r, "") -> Right r
  Right (_, rest) -> Left ("stray " ++ take 1 rest)
  Left e -> Left e
  where
    alternatives t = sequence' t >>= \(a, r) -> case r of
      '|' : r' -> fmap (\(b, r'') -> (alt a b, r'')) (alternatives r')
      _ -> Right (a, r)
    sequence' t@(c : _) | c `notElem` "|)" = repeated t >>= \(a, r) -> fmap (\(b, r') -> (sq a b, r')) (sequence' r)
    sequence' t = Right (Empty, t)
    repeated t = atom t >>= uncurry suffix
    suffix a ('*' : r) = suffix (star a) r
    suffix a ('+' : r) = suffix (sq a (star a)) r
    suffix a ('?' : r) = suffix (alt Empty a) r
    suffix a ('{' : r) | (n@(_ : _), '}' : r') <- span isDigit r = suffix (foldr sq Empty (replicate (read n) a)) r'
    suffix a r = Right (a, r)
    atom ('(' : r) = alternatives r >>= \(a, r') -> case r' of { ')' : r'' -> Right (a, r''); _ -> Left "missing )" }
    atom ('[' : '^' : r) = set False r
    atom ('[' : r) = set True r
    atom ('.' : r) = Right (Class False "", r)
    atom ('\\' : 'd' : r) = Right (Class True ['0' .. '9'], r)
    atom ('\\' : c : r) = Right (Class True [c], r)
    atom (c : r) | c `elem` "*+?{" = Left ("nothing to repeat with " ++ [c])
                 | otherwise = Right (Class True [c], r)
    atom [] = Left "nothing there"
    set keep r = case break (== ']') r of
      (cs, ']' : r') -> Right (Class keep (nub (sort (ranges cs))), r')
      _ -> Left "missing ]"
    ranges (a : '-' : b : cs) = [a .. b] ++ ranges cs
    ranges (c : cs) = c : ranges cs
    ranges [] = []

sq, alt :: Re -> Re -> Re
sq Never _ = Never
sq _ Never = Never
sq Empty r = r
sq r Empty = r
sq (Seq a b) c = Seq a (sq b c)
sq a b = Seq a b
alt Never r = r
alt r Never = r
alt a b = foldr1 Alt (nub (sort (flat a ++ flat b)))
  where flat (Alt x y) = flat x ++ flat y
        flat r = [r]

star :: Re -> Re
star (Star r) = Star r
star Empty = Empty
star Never = Empty
star r = Star r

nullable :: Re -> Bool
nullable r = case r of
  Empty -> True
  Star _ -> True
  Seq a b -> nullable a && nullable b
  Alt a b -> nullable a || nullable b
  _ -> False

derive :: Char -> Re -> Re
derive c r = case r of
  Class keep cs | (c `elem` cs) == keep -> Empty
  Seq a b | nullable a -> alt (sq (derive c a) b) (derive c b)
          | otherwise -> sq (derive c a) b
  Alt a b -> alt (derive c a) (derive c b)
  Star a -> sq (derive c a) (star a)
  _ -> Never

matches :: Re -> String -> Bool
matches r = nullable . foldl (flip derive) r

-- Positions and their followers, as Glushkov has them: nothing is shared with derivatives.
glushkov :: Re -> String -> Bool
glushkov r0 = accept
  where
    (_, marked) = mark 1 r0
    mark :: Int -> Re -> (Int, M)
    mark n r = case r of
      Never -> (n, MNever)
      Empty -> (n, MEmpty)
      Class k cs -> (n + 1, MClass n k cs)
      Seq a b -> let (n', a') = mark n a; (n'', b') = mark n' b in (n'', MSeq a' b')
      Alt a b -> let (n', a') = mark n a; (n'', b') = mark n' b in (n'', MAlt a' b')
      Star a -> let (n', a') = mark n a in (n', MStar a')
    null' m = case m of { MEmpty -> True; MStar _ -> True; MSeq a b -> null' a && null' b; MAlt a b -> null' a || null' b; _ -> False }
    first m = case m of { MClass n _ _ -> [n]; MSeq a b -> first a ++ (if null' a then first b else []); MAlt a b -> first a ++ first b; MStar a -> first a; _ -> [] }
    final m = case m of { MClass n _ _ -> [n]; MSeq a b -> final b ++ (if null' b then final a else []); MAlt a b -> final a ++ final b; MStar a -> final a; _ -> [] }
    pairs m = case m of
      MSeq a b -> pairs a ++ pairs b ++ [(x, y) | x <- final a, y <- first b]
      MAlt a b -> pairs a ++ pairs b
      MStar a -> pairs a ++ [(x, y) | x <- final a, y <- first a]
      _ -> []
    classes m = case m of { MClass n k cs -> [(n, (k, cs))]; MSeq a b -> classes a ++ classes b; MAlt a b -> classes a ++ classes b; MStar a -> classes a; _ -> [] }
    follows = pairs marked
    table = classes marked
    fits c n = maybe False (\(k, cs) -> (c `elem` cs) == k) (lookup n table)
    accept [] = null' marked
    accept (c : cs) = go (filter (fits c) (first marked)) cs
    go states [] = any (`elem` final marked) states
    go states (c : cs) = go (nub [y | (x, y) <- follows, x `elem` states, fits c y]) cs

data M = MNever | MEmpty | MClass Int Bool String | MSeq M M | MAlt M M | MStar M

automaton :: String -> Re -> [(Re, [(Char, Re)])]
automaton alphabet r = go [r] []
  where go [] done = reverse done
        go (q : qs) done | q `elem` map fst done = go qs done
                         | otherwise = let outs = [(c, derive c q) | c <- alphabet] in go (qs ++ map snd outs) ((q, outs) : done)

minimise :: [(Re, [(Char, Re)])] -> Int
minimise dfa = length (nub (map snd (refine [(q, fromEnum (nullable q)) | (q, _) <- dfa])))
  where refine classes | length (nub (map snd classes')) == length (nub (map snd classes)) = classes
                       | otherwise = refine classes'
          where signature q = (lookup q classes, map (\(_, p) -> lookup p classes) (fromJust (lookup q dfa)))
                signatures = nub (map (signature . fst) dfa)
                classes' = [(q, fromJust (elemIndex (signature q) signatures)) | (q, _) <- dfa]

language :: String -> Re -> [String]
language alphabet r = map fst (filter (nullable . snd) (concat (takeWhile (not . null) (iterate longer [("", r)]))))
  where longer ws = [(w ++ [c], q') | (w, q) <- ws, c <- alphabet, let q' = derive c q, q' /= Never]

search :: Re -> String -> [(Int, String)]
search r s = go 0 s
  where go _ [] = []
        go n t = case longest t of
          Just w@(_ : _) -> (n, w) : go (n + length w) (drop (length w) t)
          _ -> go (n + 1) (tail t)
        longest t = listToMaybe (reverse [take k t | (k, q) <- zip [0 ..] (takeWhile (/= Never) (scanl (flip derive) r t)), nullable q])

main :: IO ()
main = do
  mapM_ (\p -> putStrLn (p ++ "  " ++ either ("error: " ++) show (parse p))) ["a|b|a", "(ab)*c+", "[^a-c]x?", "a{3}", "((a*)*)*", "a(b", "*a", "[ab", "a)b", "", "\\d+\\.\\d*"]
  let tests = [("(a|b)*abb", ["abb", "aabb", "ababb", "ab", "abba", ""]), ("a?b+(c|d)*", ["b", "abbcd", "ac", "aabb", "bdcdc"]), ("[0-9]+(\\.[0-9]+)?", ["3", "3.14", "3.", ".5", "007.0"]), ("(ab|a)(bc|c)?", ["abc", "ac", "a", "abbc", "ab", "abcc"]), ("(a*b*)*c", ["c", "aabbac", "d"])]
  mapM_ (\(p, ws) -> let Right r = parse p in putStrLn (p ++ " " ++ show [(w, matches r w) | w <- ws] ++ (if map (matches r) ws == map (glushkov r) ws then " agreed" else " DIFFER"))) tests
  let sizes p = let Right r = parse p; dfa = automaton "ab" r in (p, length dfa, minimise dfa)
  print (map sizes ["(a|b)*abb", "(a|b)*a(a|b)(a|b)", "a*|b*", "(aa)*|(aaa)*", "(a|b)*"])
  let words' p = let Right r = parse p in take 12 (language "ab" r)
  print (words' "(ab|ba)*", words' "a(b|bb)?a", words' "b*a*")
  let Right number = parse "-?\\d+(\\.\\d+)?"; Right word = parse "[a-z]+ing"
  print (search number "from 3.5 to -12, by 0.25: x7y", search word "going along singing the inging ring")
