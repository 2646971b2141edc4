-- args: --name=Ada -v -v --count 3 -ofile --lev 2 plain --colour --colour=red -xq --unknown -c4 -- -v last
-- Options of a command line, as System.Console.GetOpt reads them: in every order, and what it says about them.
module Main (main) where

import System.Console.GetOpt
import System.Environment

data Flag = Verbose | Name String | Count String | Output (Maybe String) | Level String | Colour (Maybe String) | Quick | Extra | Word String
    deriving (Show, Eq)

options :: [OptDescr Flag]
options =
    [ Option "v?" ["verbose", "chatty"] (NoArg Verbose) "say more\nthan is wanted"
    , Option "n" ["name"] (ReqArg Name "NAME") "whom it is for"
    , Option "c" ["count"] (ReqArg Count "N") "how often"
    , Option "o" ["output"] (OptArg Output "FILE") "where it goes"
    , Option "" ["level"] (ReqArg Level "N") ""
    , Option "" ["colour", "color"] (OptArg Colour "WHEN") "in colour"
    , Option "q" ["quick"] (NoArg Quick) "without waiting"
    , Option "x" [] (NoArg Extra) "more"
    ]

try :: String -> ArgOrder Flag -> [String] -> IO ()
try what order args = do
    let (flags, rest, errors) = getOpt order options args
    putStrLn (what ++ ":")
    print flags
    print rest
    mapM_ putStr errors

main :: IO ()
main = do
    args <- getArgs
    putStr (usageInfo "Usage: command [OPTION…] WORD…" options)
    try "permuted" Permute args
    try "in order" RequireOrder args
    try "returned" (ReturnInOrder Word) args
    try "wrong" Permute ["--verbose=yes", "--na", "--col", "--c", "-z", "-vz", "--count", "-n"]
    try "nothing" Permute []
    let (flags, rest, unknown, errors) = getOpt' Permute options ["-k", "w", "--quick", "--what=ever", "-c"]
    print (flags, rest, unknown, errors)
    print (length (map (fmap show) options))
