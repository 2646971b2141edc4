-- What errors of the library say, with and without call stacks.
module Main (main) where
import Control.Exception
import Control.Monad
import Data.Array
import qualified Data.Array.Unboxed as U
import Data.Array.ST
import Control.Monad.ST
import Data.Bits
import Data.Char
import Data.Foldable
import Data.List
import qualified Data.List.NonEmpty as N
import Data.Maybe
import Data.Ratio
import Data.Word
import Data.Int
import GHC.Stack
import Numeric
import Numeric.Natural
import Data.Semigroup
import Data.IORef
import Data.Complex
import Data.Bifoldable

data E = A | B | C deriving (Show, Read, Eq, Ord, Enum, Bounded, Ix)

helper :: HasCallStack => Int -> String
helper 0 = prettyCallStack callStack
helper n = helper (n - 1)
bad :: HasCallStack => a
bad = error "multi\nline"

main :: IO ()
main = do
  let t :: String -> a -> IO ()
      t n x = do { r <- try (evaluate x); putStrLn (n ++ ": " ++ either (\e -> show (e :: SomeException)) (const "fine") r) }
  t "head" (head [])
  t "last" (last [])
  t "tail" (tail [])
  t "init" (init [])
  t "maximum" (maximum ([] :: [Int]))
  t "foldr1" (foldr1 (+) ([] :: [Int]))
  t "foldl1" (foldl1 (+) ([] :: [Int]))
  t "index" ([1, 2, 3] !! 5)
  t "negative index" ([1, 2, 3] !! (-1))
  t "cycle" (cycle [])
  t "fromJust" (fromJust Nothing)
  t "maximum Nothing" (maximum (Nothing :: Maybe Int))
  t "foldr1 Nothing" (foldr1 (+) (Nothing :: Maybe Int))
  t "genericIndex" (genericIndex "ab" (7 :: Integer))
  t "toEnum E" (toEnum 7 :: E)
  t "succ E" (succ C)
  t "pred E" (pred A)
  t "toEnum Bool" (toEnum 2 :: Bool)
  t "succ Int" (succ (maxBound :: Int))
  t "pred Word8" (pred (0 :: Word8))
  t "toEnum Word8" (toEnum 256 :: Word8)
  t "toEnum Int8" (toEnum 128 :: Int8)
  t "succ ()" (succ ())
  t "chr" (chr 99999999)
  t "toEnum Char" (toEnum (-1) :: Char)
  t "digitToInt" (digitToInt 'x')
  t "intToDigit" (intToDigit 16)
  t "read Int" (read "x" :: Int)
  t "read E" (read "D" :: E)
  t "read ambiguous" (read "" :: E)
  t "ratio" (1 % (0 :: Int))
  t "mod" (5 `mod` (0 :: Integer))
  t "negative exponent" (2 ^ (-1 :: Int) :: Int)
  t "natural" (1 - 2 :: Natural)
  t "fromInteger natural" (fromInteger (-1) :: Natural)
  t "pred natural" (pred (0 :: Natural))
  t "array index" (listArray (0, 2) "abc" ! 5)
  t "array undefined" (array (0, 2) [(0, 'a')] ! 1)
  t "array E" (listArray (A, B) "ab" ! C)
  t "array pair" (listArray ((0, 0), (1, 1)) "abcd" ! (2, 0))
  t "update" (listArray (0, 2) "abc" // [(9, 'x')])
  t "unboxed" ((U.listArray (0, 2) [1, 2, 3] :: U.UArray Int Int) U.! 5)
  t "st unboxed" (runST (do { a <- newArray (0, 3) 0 :: ST s (STUArray s Int Int); readArray a 4 }))
  t "st boxed" (runST (do { a <- newArray (0, 3) 0 :: ST s (STArray s Int Int); writeArray a (-1) 4; readArray a 0 }))
  t "index E" (index (A, B) C)
  t "index Int" (index (0, 3 :: Int) 9)
  t "shift" (shiftL (1 :: Int) (-1))
  t "NonEmpty" (N.fromList ([] :: [Int]))
  t "NonEmpty !!" ((1 N.:| [2]) N.!! 5)
  t "stimes" (stimes (0 :: Int) (Max 'a'))
  t "showIntAtBase" (length (showIntAtBase 1 intToDigit (5 :: Int) ""))
  t "showHex" (length (showHex (-5 :: Int) ""))
  t "undefined" (undefined :: Int)
  t "bad" (bad :: Int)
  t "errorWithoutStackTrace" (errorWithoutStackTrace "plain" :: Int)
  t "fail Maybe" (case fail "x" of { Just () -> (); Nothing -> () })
  t "bifoldr1" (bifoldr1 (+) ([] `seq` (Left 1 :: Either Int Int)))
  t "replicate" (length (replicate (-3) 'x'))
  t "chunks" (let f (x : y : r) = (x, y) : f r in length (f [1, 2, 3]))
  t "missing field" (x (Q { y = 3 }))
  t "record selector" (z (Q 1 2))
  t "lambda" ((\(Just v) -> v) (Nothing :: Maybe Int))
  t "guard" (let g n | n > (5 :: Int) = 'a' in g 2)
  t "toEnum Ordering" (toEnum 3 :: Ordering)
  t "truncate inf" (truncate (1 / 0 :: Double) :: Int)
  t "lcm" (lcm 0 (0 :: Int))
  t "popCount" (popCountDefault (255 :: Int))
  t "enumFromThenTo zero" (take 2 [1, 1 .. 5 :: Int])
  putStrLn (helper 1)
  print (map fst (getCallStack callStack))
data Q = Q { x, y :: Int } | R { z :: Int }
