-- exit: 69
-- stdin: prog_adventure.in
-- A text adventure: rooms, things, doors that need keys, a lamp that burns down, a score, saving and restoring, read from stdin.
import Data.Char
import Data.IORef
import Data.List
import Data.Maybe
import System.Exit
import System.IO

data Direction = North | South | East | West | Up | Down deriving (Show, Read, Eq, Ord, Enum, Bounded)
data Room = Cellar | Hall | Library | Garden | Tower | Vault deriving (Show, Read, Eq, Ord, Enum, Bounded)
data Thing = Lamp | Key | Book | Rope | Gem deriving (Show, Read, Eq, Ord, Enum, Bounded)
data Place = Lies Room | Carried | Nowhere deriving (Show, Read, Eq)

data World = World { room :: Room, things :: [(Thing, Place)], oil :: Int, lit :: Bool, unlocked :: Bool, seen :: [Room], turns :: Int } deriving (Show, Read, Eq)

data Command = Go Direction | Take [Thing] | Drop Thing | Use Thing | Look | Inventory | Score | Save | Restore | Wait Int | Quit | Unknown String deriving (Show, Eq)

start :: World
start = World { room = Hall, things = [(Lamp, Lies Hall), (Key, Lies Garden), (Book, Lies Library), (Rope, Lies Cellar), (Gem, Lies Vault)], oil = 12, lit = False, unlocked = False, seen = [], turns = 0 }

exits :: Room -> [(Direction, Room)]
exits r = case r of
  Hall -> [(North, Library), (East, Garden), (Down, Cellar)]
  Library -> [(South, Hall), (Up, Tower)]
  Garden -> [(West, Hall)]
  Cellar -> [(Up, Hall), (West, Vault)]
  Tower -> [(Down, Library)]
  Vault -> [(East, Cellar)]

dark :: Room -> Bool
dark = (`elem` [Cellar, Vault])

parse :: String -> Command
parse s = case map lower (words s) of
  [w] | Just d <- readDirection w -> Go d
  ["go", w] | Just d <- readDirection w -> Go d
  ["take", "all"] -> Take [minBound ..]
  "take" : ws | ts@(_ : _) <- mapMaybe thing (filter (/= "and") ws) -> Take ts
  ["drop", w] | Just t <- thing w -> Drop t
  ["use", w] | Just t <- thing w -> Use t
  ["wait", n] | all isDigit n -> Wait (read n)
  ["look"] -> Look
  ["inventory"] -> Inventory
  ["i"] -> Inventory
  ["score"] -> Score
  ["save"] -> Save
  ["restore"] -> Restore
  ["quit"] -> Quit
  _ -> Unknown s
  where lower = map toLower
        thing w = find ((== w) . lower . show) [minBound ..]
        readDirection w = find (\d -> lower (show d) == w || take 1 (lower (show d)) == w) [minBound ..]

canSee :: World -> Bool
canSee w = not (dark (room w)) || lit w && (has Lamp w || (Lamp, Lies (room w)) `elem` things w)

has :: Thing -> World -> Bool
has t w = lookup t (things w) == Just Carried

place :: Thing -> Place -> World -> World
place t p w = w { things = [(u, if u == t then p else q) | (u, q) <- things w] }

describe :: World -> [String]
describe w
  | not (canSee w) = ["It is dark in the " ++ map toLower (show (room w)) ++ "."]
  | otherwise = ("The " ++ show (room w) ++ ". Exits: " ++ intercalate ", " (map (show . fst) (exits (room w))) ++ ".")
      : ["There is a " ++ map toLower (show t) ++ " here." | (t, Lies r) <- things w, r == room w]

score :: World -> Int
score w = 10 * length (nub (seen w)) + sum [if t == Gem then 50 else 5 | (t, Carried) <- things w] - turns w `div` 5

step :: Command -> World -> (World, [String])
step command w = case command of
  Go d -> case lookup d (exits (room w)) of
    Nothing -> (w, ["No way " ++ map toLower (show d) ++ "."])
    Just Vault | not (unlocked w) -> (w, ["The vault is locked."])
    Just Tower | not (has Rope w) -> (w, ["It is too high to climb without something."])
    Just r -> let w' = w { room = r, seen = nub (r : seen w) } in (w', describe w')
  Take ts | not (canSee w) -> (w, ["You grope about in the dark and find nothing."])
          | otherwise -> let here = [t | t <- ts, (t, Lies (room w)) `elem` things w]
                         in (foldr (`place` Carried) w here, if null here then ["Nothing to take."] else ["Taken: " ++ map toLower (show t) | t <- here])
  Drop t | has t w -> (place t (Lies (room w)) w, ["Dropped."])
         | otherwise -> (w, ["You do not have the " ++ map toLower (show t) ++ "."])
  Use t | not (has t w) -> (w, ["Use what?"])
  Use Lamp | oil w <= 0 -> (w, ["No oil left."])
           | otherwise -> let w' = w { lit = not (lit w) } in (w', (if lit w' then "The lamp burns." else "The lamp is out.") : if dark (room w) then describe w' else [])
  Use Key | room w == Cellar -> (w { unlocked = True }, ["Click."])
          | otherwise -> (w, ["No lock here."])
  Use Book -> (w, ["It says: " ++ show (reverse "mraw peek lliw neila eht") ++ "."])
  Use t -> (w, ["How would you use a " ++ map toLower (show t) ++ "?"])
  Look -> (w, describe w)
  Inventory -> (w, [if null held then "Empty hands." else "You carry " ++ intercalate ", " held ++ "."])
  Score -> (w, ["Score " ++ show (score w) ++ " after " ++ show (turns w) ++ " turns, oil " ++ show (oil w) ++ "."])
  Wait n -> (iterate tick w !! n, ["Time passes."])
  _ -> (w, ["What does " ++ show command ++ " mean?"])
  where held = [map toLower (show t) | (t, Carried) <- things w]

tick :: World -> World
tick w = let o = if lit w then oil w - 1 else oil w in w { turns = turns w + 1, oil = max 0 o, lit = lit w && o > 0 }

loop :: IORef String -> World -> IO ()
loop saved w = do
  putStr "> "
  hFlush stdout
  end <- isEOF
  if end then putStrLn "(end of input)" >> finish w else do
    l <- getLine
    putStrLn l
    case parse l of
      Quit -> finish w
      Save -> writeIORef saved (show w) >> putStrLn "Saved." >> loop saved w
      Restore -> do
        s <- readIORef saved
        case reads s of
          [(w', "")] -> putStrLn "Restored." >> mapM_ putStrLn (describe w') >> loop saved w'
          _ -> putStrLn "Nothing saved." >> loop saved w
      c -> do
        let (w', messages) = step c w
            w'' = tick w'
        mapM_ putStrLn messages
        if lit w' && not (lit w'') then putStrLn "The lamp goes out." else return ()
        if has Gem w'' && room w'' == Garden then putStrLn "You escape with the gem!" >> finish w'' else loop saved w''

finish :: World -> IO ()
finish w = do
  print w
  exitWith (if score w >= 80 then ExitSuccess else ExitFailure (score w))

main :: IO ()
main = do
  saved <- newIORef ""
  mapM_ putStrLn (describe start)
  loop saved start { seen = [Hall] }
