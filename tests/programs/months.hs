data Month = Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec
  deriving (Enum)

data Step
  = Add Int | Sub Int | Mul Int | Div Int | Neg | Abs | Sqr | Twice Step | Both Step Step | Stop {-# UNPACK #-} !Int

days :: Month -> Int
days Feb = 28
days Apr = 30
days Jun = 30
days Sep = 30
days Nov = 30
days _ = 31

from :: Month -> [Month]
from Dec = [Dec]
from m = m : from (succ m)

year :: [Month]
year = from Jan

run :: Step -> Int -> Int
run (Add x) n = n + x
run (Sub x) n = n - x
run (Mul x) n = n * x
run (Div x) n = n `quot` x
run Neg n = negate n
run Abs n = abs n
run Sqr n = n * n
run (Twice step) n = run step (run step n)
run (Both a b) n = run b (run a n)
run (Stop i) _ = i

main :: IO ()
main = do
  let lengths = map days year
  putStrLn (unwords (map show lengths))
  print (sum lengths)
  print (fromEnum (last year))
  print (run (Both (Both (Both (Both (Twice (Add 10)) Neg) (Sub 10)) (Both Abs (Mul 10))) (Div 4)) 450)
