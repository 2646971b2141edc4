-- Selector thunks that need themselves, directly and in a ring, beside one that does not. Collections come by
-- while they wait; then one of them is demanded.

pick :: Int -> (Int, Int)
pick n = if n > 0 then (n, n + 1) else pick (n + 1)

work :: Int -> Int -> Int
work 0 acc = acc
work n acc = work (n - 1) (acc + length (show n))

main :: IO ()
main = do
  let p = (case p of (x, _) -> x, 7) :: (Int, Int)
      q = (case r of (_, y) -> y, 1) :: (Int, Int)
      r = (2, case q of (x, _) -> x) :: (Int, Int)
      good = pick (-3)
      one = case good of (x, _) -> x
      seven = case p of (_, y) -> y
      two = case r of (x, _) -> x
      first = case p of (x, _) -> x
  print (work 3000 0)
  print seven
  print two
  print one
  print (work 3000 0)
  print first
