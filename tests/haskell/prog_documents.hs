-- A pretty printer for documents after Wadler, used to lay out nested data at several widths; showsPrec and reads by hand.
import Data.List

data Doc = Empty | Text String | Line | Doc :<> Doc | Nest Int Doc | Union Doc Doc

text :: String -> Doc
text = Text
(<+>), (</>) :: Doc -> Doc -> Doc
a <+> b = a :<> text " " :<> b
a </> b = a :<> Line :<> b
infixr 6 :<>
infixr 6 <+>
infixr 5 </>

group' :: Doc -> Doc
group' d = Union (flatten d) d

flatten :: Doc -> Doc
flatten d = case d of
  Line -> Text " "
  a :<> b -> flatten a :<> flatten b
  Nest k a -> Nest k (flatten a)
  Union a _ -> flatten a
  _ -> d

data Simple = SEmpty | SText String Simple | SLine Int Simple

best :: Int -> Int -> [(Int, Doc)] -> Simple
best _ _ [] = SEmpty
best w k ((i, d) : rest) = case d of
  Empty -> best w k rest
  Text s -> SText s (best w (k + length s) rest)
  Line -> SLine i (best w i rest)
  a :<> b -> best w k ((i, a) : (i, b) : rest)
  Nest j a -> best w k ((i + j, a) : rest)
  Union a b -> let x = best w k ((i, a) : rest) in if fits (w - k) x then x else best w k ((i, b) : rest)

fits :: Int -> Simple -> Bool
fits w _ | w < 0 = False
fits _ SEmpty = True
fits w (SText s x) = fits (w - length s) x
fits _ (SLine _ _) = True

layout :: Simple -> String
layout SEmpty = ""
layout (SText s x) = s ++ layout x
layout (SLine i x) = '\n' : replicate i ' ' ++ layout x

render :: Int -> Doc -> String
render w d = layout (best w 0 [(0, d)])

bracket :: String -> [Doc] -> String -> Doc
bracket l ds r = group' (text l :<> Nest 2 (Line :<> foldr1 (\a b -> a :<> text "," </> b) ds) </> text r)

data Xml = Elem String [(String, String)] [Xml] | Chars String

xml :: Xml -> Doc
xml (Chars s) = foldr1 (\a b -> group' (a </> b)) (map text (words s))
xml (Elem tag attributes children) = case children of
  [] -> text "<" :<> opening :<> text "/>"
  _ -> group' (text "<" :<> opening :<> text ">" :<> Nest 2 (Line :<> foldr1 (</>) (map xml children)) </> text ("</" ++ tag ++ ">"))
  where opening = foldl (<+>) (text tag) [text (k ++ "=" ++ show v) | (k, v) <- attributes]

data Sexp = Atom String | List [Sexp] deriving (Eq)

instance Show Sexp where
  showsPrec _ (Atom a) = showString a
  showsPrec _ (List ss) = showParen True (foldr (.) id (intersperse (showChar ' ') (map shows ss)))
instance Read Sexp where
  readsPrec _ s = case lex s of
    [("(", r)] -> [(List ss, r') | (ss, r') <- items r]
    [(t, r)] | t `notElem` ["", ")"] -> [(Atom t, r)]
    _ -> []
    where items r = [([], r') | (")", r') <- lex r] ++ [(x : xs, r'') | (x, r') <- reads r, (xs, r'') <- items r']

sexp :: Sexp -> Doc
sexp (Atom a) = text a
sexp (List []) = text "()"
sexp (List (f : as)) = group' (text "(" :<> Nest 2 (foldl (</>) (sexp f) (map sexp as)) :<> text ")")

main :: IO ()
main = do
  let value = bracket "[" [bracket "{" [text (k ++ ": " ++ show (n * n)) | (k, n) <- zip ["alpha", "beta", "gamma"] [m .. m + 2 :: Int]] "}" | m <- [1, 10]] "]"
  mapM_ (\w -> putStrLn (show w ++ ":\n" ++ render w value)) [80, 50, 20]
  let page = Elem "p" [("class", "big"), ("id", "x\"y")] [Chars "Here is some text that is long enough to be broken", Elem "br" [] [], Elem "em" [] [Chars "emphasised words"], Chars "end."]
  mapM_ (putStrLn . flip render (xml page)) [30, 60, 200]
  let program = read "(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))) \"a string\" 'c' 2.5)" :: Sexp
  print program
  print (read (show program) == program, reads "(a b) rest" :: [(Sexp, String)], reads ")" :: [(Sexp, String)], reads "(a" :: [(Sexp, String)])
  mapM_ (putStrLn . flip render (sexp program)) [15, 40, 100]
