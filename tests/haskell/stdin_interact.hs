-- stdin: stdin_interact.in
-- interact is lazy: each answer depends only on the lines so far. Sums, echoes, and a running count of words.
import Data.Char

respond :: [String] -> [String]
respond = go 0 (0 :: Int)
  where
    go _ n [] = ["end after " ++ show n ++ " lines"]
    go total n (l : ls) = case words l of
      ["add", k] | all isDigit k -> let t = total + read k :: Int in ("total " ++ show t) : go t (n + 1) ls
      "say" : ws -> unwords ws : go total (n + 1) ls
      "rev" : ws -> unwords (map reverse (reverse ws)) : go total (n + 1) ls
      ["quit"] -> ["bye with " ++ show (length ls) ++ " lines unread"]
      [] -> go total (n + 1) ls
      w : _ -> ("what is " ++ show w ++ "?") : go total (n + 1) ls

main :: IO ()
main = interact (unlines . respond . lines)
