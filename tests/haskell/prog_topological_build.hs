-- A build system on paper: rules with dependencies, orders by Kahn and by depth first, cycles reported, levels for parallel builds, what a change dirties, critical paths.
import Control.Exception
import Control.Monad
import Data.Char
import Data.IORef
import Data.List
import Data.Maybe
import Data.Ord

data Rule = Rule { target :: String, needs :: [String], cost :: Int } deriving (Show, Eq)

data BuildError = Cycle [String] | Missing String String | Failed String Int deriving (Show, Eq)
instance Exception BuildError

parse :: String -> Either String [Rule]
parse = mapM rule . filter (not . null . snd) . zip [1 :: Int ..] . map (takeWhile (/= '#')) . lines
  where rule (n, l) = case break (== ':') l of
          (t, ':' : rest) | [name] <- words t, (ds, cost') <- break ((== "@") . take 1) (words rest) -> case cost' of
            [] -> Right (Rule name ds 1)
            ['@' : k] | all isDigit k, not (null k) -> Right (Rule name ds (read k))
            _ -> Left ("line " ++ show n ++ ": bad cost")
          _ -> Left ("line " ++ show n ++ ": no rule in " ++ show l)

kahn :: [Rule] -> Either [String] [String]
kahn = go []
  where
    go done [] = Right (reverse done)
    go done rules = case partition (all (`elem` done) . needs) rules of
      ([], stuck) -> Left (map target stuck)
      (r : ready, rest) -> go (target r : done) (ready ++ rest)

depthFirst :: [Rule] -> Either BuildError [String]
depthFirst rules = fmap reverse (foldM (visit []) [] (map target rules))
  where
    visit path done t
      | t `elem` done = Right done
      | t `elem` path = Left (Cycle (t : takeWhile (/= t) path ++ [t]))
      | otherwise = case find ((== t) . target) rules of
          Nothing -> Left (Missing t (head (path ++ ["top"])))
          Just r -> fmap (t :) (foldM (visit (t : path)) done (needs r))

levels :: [Rule] -> [[String]]
levels rules = map (map fst) (groupBy (\a b -> snd a == snd b) (sortBy (comparing snd <> comparing fst) depths))
  where depths = [(target r, depth r) | r <- rules]
        depth r = 1 + maximum (0 : [fromMaybe 0 (lookup d depths) | d <- needs r]) :: Int

dirty :: [Rule] -> [String] -> [String]
dirty rules changed = grow changed
  where grow ds = let more = [target r | r <- rules, target r `notElem` ds, any (`elem` ds) (needs r)] in if null more then ds else grow (ds ++ more)

critical :: [Rule] -> (Int, [String])
critical rules = maximumBy (comparing fst) (map snd table)
  where table = [(target r, path r) | r <- rules]
        path r = let (c, p) = maximumBy (comparing fst <> flip (comparing snd)) ((0, []) : mapMaybe (`lookup` table) (needs r)) in (c + cost r, p ++ [target r])

-- Rounds of work for so many workers, longest remaining path first.
parallel :: Int -> [Rule] -> [(Int, [String])]
parallel workers rules = go 0 [] []
  where
    go now running done
      | length done == length rules = []
      | otherwise =
          let free = workers - length running
              ready = take free (sortOn (\r -> (Down (remaining r), target r)) [r | r <- rules, target r `notElem` (done ++ map snd running), all (`elem` done) (needs r)])
              running' = sort (running ++ [(now + cost r, target r) | r <- ready])
              next = fst (head running')
              (ended, still) = span ((== next) . fst) running'
          in [(now, map target ready) | not (null ready)] ++ go next still (done ++ map snd ended)
    remaining r = cost r + maximum (0 : [remaining s | s <- rules, target r `elem` needs s])

build :: IORef [String] -> (String -> Bool) -> [Rule] -> IO Int
build built fails rules = do
  order <- either throwIO return (depthFirst rules)
  fmap sum (forM order (\t -> do
    let Just r = find ((== t) . target) rules
    when (fails t) (throwIO (Failed t (cost r)))
    modifyIORef built (t :)
    return (cost r)))

project, tangled, lacking :: String
project = unlines
  [ "# the house", "blocks: @3", "closures: @2", "gc: blocks closures @8", "eval: gc closures @9", "traces: eval @4", "inspect: traces @5", "cli: inspect eval @2", "gui: inspect @6", "tests: cli gui gc @1", "docs:" ]
tangled = "a: b\nb: c @2\nc: d a\nd:\ne: a"
lacking = "a: b\nb: nowhere"

main :: IO ()
main = do
  let Right rules = parse project
  print (kahn rules, depthFirst rules)
  mapM_ (putStrLn . unwords) (levels rules)
  print (dirty rules ["traces"], dirty rules ["blocks"] == map target (filter ((`notElem` ["closures", "docs"]) . target) rules), critical rules)
  mapM_ (\w -> print (w, parallel w rules)) [1, 2, 3]
  let Right knot = parse tangled
  print (kahn knot, depthFirst knot, fmap depthFirst (parse lacking))
  print (parse "a: b @x", parse "nothing here", parse "a b: c", parse "")
  built <- newIORef []
  forM_ [(const False, rules), ((== "traces"), rules), (const False, knot)] $ \(fails, rs) -> do
    writeIORef built []
    r <- try (build built fails rs)
    done <- readIORef built
    putStrLn (either (\e -> "stopped: " ++ show (e :: BuildError)) (("total " ++) . show) r ++ " after " ++ unwords (reverse done))
