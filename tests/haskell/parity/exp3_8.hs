-- parity
-- args: 12
-- stress-args: 4
-- A power of three in unary numbers with the classes of ordinary ones.
import System.Environment

data Nat = Zero | Succ Nat deriving (Eq, Ord)

instance Num Nat where
  Zero + n = n
  Succ m + n = Succ (m + n)
  Zero * _ = Zero
  Succ m * n = n + m * n
  m - Zero = m
  Succ m - Succ n = m - n
  Zero - _ = error "negative"
  fromInteger 0 = Zero
  fromInteger n = Succ (fromInteger (n - 1))
  abs = id
  signum Zero = Zero
  signum _ = Succ Zero

power :: Nat -> Nat -> Nat
power _ Zero = 1
power b (Succ n) = b * power b n

count :: Nat -> Int
count = go 0
  where go acc Zero = acc
        go acc (Succ n) = acc `seq` go (acc + 1) n

main :: IO ()
main = do
  [n] <- getArgs
  print (count (power 3 (fromInteger (read n))))
  print (power 2 5 > power 5 2, power 3 3 - power 2 4 == (11 :: Nat))
