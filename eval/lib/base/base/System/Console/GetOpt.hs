{-# LANGUAGE NoImplicitPrelude #-}
-- | The options of a command line, as GNU's getopt reads them.
module System.Console.GetOpt (getOpt, getOpt', usageInfo, ArgOrder (..), OptDescr (..), ArgDescr (..)) where

import Data.List
import Prelude

data ArgOrder a
    = RequireOrder -- ^ no options behind the first operand
    | Permute
    | ReturnInOrder (String -> a) -- ^ operands become options

-- | Short names, long names, the argument, what it is for.
data OptDescr a = Option [Char] [String] (ArgDescr a) String

data ArgDescr a
    = NoArg a
    | ReqArg (String -> a) String
    | OptArg (Maybe String -> a) String

instance Functor ArgOrder where
    fmap _ RequireOrder = RequireOrder
    fmap _ Permute = Permute
    fmap f (ReturnInOrder g) = ReturnInOrder (f . g)

instance Functor OptDescr where
    fmap f (Option short long arg text) = Option short long (fmap f arg) text

instance Functor ArgDescr where
    fmap f (NoArg a) = NoArg (f a)
    fmap f (ReqArg g name) = ReqArg (f . g) name
    fmap f (OptArg g name) = OptArg (f . g) name

-- Help

usageInfo :: String -> [OptDescr a] -> String
usageInfo header options = unlines (header : zipWith3 row (aligned shorts) (aligned longs) texts)
  where
    (shorts, longs, texts) = unzip3 (concatMap rows options)
    row x y z = "  " ++ x ++ "  " ++ y ++ "  " ++ z
    aligned column = [take (maximum (map length column)) (x ++ repeat ' ') | x <- column]

rows :: OptDescr a -> [(String, String, String)]
rows (Option short long arg text) = case lines text of
    [] -> [(shorts, longs, "")]
    line : more -> (shorts, longs, line) : [("", "", l) | l <- more]
  where
    shorts = intercalate ", " [shortly arg c | c <- short]
    longs = intercalate ", " [longly arg name | name <- long]

shortly :: ArgDescr a -> Char -> String
shortly (NoArg _) c = ['-', c]
shortly (ReqArg _ name) c = ['-', c, ' '] ++ name
shortly (OptArg _ name) c = ['-', c, '['] ++ name ++ "]"

longly :: ArgDescr a -> String -> String
longly (NoArg _) long = "--" ++ long
longly (ReqArg _ name) long = "--" ++ long ++ "=" ++ name
longly (OptArg _ name) long = "--" ++ long ++ "[=" ++ name ++ "]"

-- Reading

-- | What a word of the command line is.
data Word' a = Chosen a | Unknown String | Operand String | End | Wrong String

-- | Options, operands, what is wrong.
getOpt :: ArgOrder a -> [OptDescr a] -> [String] -> ([a], [String], [String])
getOpt order options args = (chosen, operands, errors ++ map unrecognized unknown)
  where
    (chosen, operands, unknown, errors) = getOpt' order options args
    unrecognized s = "unrecognized option `" ++ s ++ "'\n"

-- | Options, operands, options that nobody knows, what is wrong.
getOpt' :: ArgOrder a -> [OptDescr a] -> [String] -> ([a], [String], [String], [String])
getOpt' _ _ [] = ([], [], [], [])
getOpt' order options (arg : args) = case (word, order) of
    (Chosen o, _) -> (o : os, xs, us, es)
    (Unknown u, _) -> (os, xs, u : us, es)
    (Wrong e, _) -> (os, xs, us, e : es)
    (Operand x, RequireOrder) -> ([], x : rest, [], [])
    (Operand x, Permute) -> (os, x : xs, us, es)
    (Operand x, ReturnInOrder f) -> (f x : os, xs, us, es)
    (End, ReturnInOrder f) -> (map f rest, [], [], [])
    (End, _) -> ([], rest, [], [])
  where
    (word, rest) = next arg args options
    (os, xs, us, es) = getOpt' order options rest

next :: String -> [String] -> [OptDescr a] -> (Word' a, [String])
next "--" rest _ = (End, rest)
next ('-' : '-' : long) rest options = nextLong long rest options
next ('-' : c : more) rest options = nextShort c more rest options
next x rest _ = (Operand x, rest)

-- | A long name may be cut off where it is still the only one.
nextLong :: String -> [String] -> [OptDescr a] -> (Word' a, [String])
nextLong word rest options = case ([a | Option _ _ a _ <- candidates], given) of
    (_ : _ : _, _) -> (ambiguous candidates written, rest)
    ([NoArg a], "") -> (Chosen a, rest)
    ([NoArg _], _) -> (Wrong ("option `" ++ written ++ "' doesn't allow an argument\n"), rest)
    ([ReqArg f _], '=' : value) -> (Chosen (f value), rest)
    ([ReqArg f name], _) -> required f name written rest
    ([OptArg f _], '=' : value) -> (Chosen (f (Just value)), rest)
    ([OptArg f _], _) -> (Chosen (f Nothing), rest)
    ([], _) -> (Unknown ("--" ++ word), rest)
  where
    (long, given) = break (== '=') word
    written = "--" ++ long
    named p = [o | o@(Option _ names _ _) <- options, any (p long) names]
    exact = named (==)
    candidates = if null exact then named isPrefixOf else exact

nextShort :: Char -> String -> [String] -> [OptDescr a] -> (Word' a, [String])
nextShort c more rest options = case ([a | Option _ _ a _ <- candidates], more) of
    (_ : _ : _, _) -> (ambiguous candidates written, rest)
    ([NoArg a], _) -> (Chosen a, others)
    ([ReqArg f name], "") -> required f name written rest
    ([ReqArg f _], _) -> (Chosen (f more), rest)
    ([OptArg f _], "") -> (Chosen (f Nothing), rest)
    ([OptArg f _], _) -> (Chosen (f (Just more)), rest)
    ([], _) -> (Unknown written, others)
  where
    candidates = [o | o@(Option names _ _ _) <- options, c `elem` names]
    written = ['-', c]
    others = if null more then rest else ('-' : more) : rest

required :: (String -> a) -> String -> String -> [String] -> (Word' a, [String])
required f _ _ (value : rest) = (Chosen (f value), rest)
required _ name written [] = (Wrong ("option `" ++ written ++ "' requires an argument " ++ name ++ "\n"), [])

ambiguous :: [OptDescr a] -> String -> Word' b
ambiguous options written = Wrong (usageInfo ("option `" ++ written ++ "' is ambiguous; could be one of:") options)
