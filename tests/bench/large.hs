-- Much of what base has, linked into one program; it only counts its arguments, so that what it costs is to be loaded and compiled.
-- With an argument it uses all of it.
module Main (main) where

import Control.Exception
import Control.Monad
import Data.Array
import Data.Bits
import Data.Char
import Data.Complex
import Data.IORef
import Data.Int
import Data.List
import Data.Maybe
import Data.Ratio
import Data.Word
import Numeric
import System.Environment
import System.IO
import Text.Printf
import Text.Read (readMaybe)

data Shape = Circle {radius :: Double} | Polygon [(Int, Integer)] | Empty deriving (Eq, Ord, Show, Read)
data Day = Monday | Tuesday | Wednesday deriving (Eq, Ord, Show, Read, Enum, Bounded, Ix)

numbers :: Integer -> [String]
numbers n =
  [ show ((n ^ (50 :: Int)) `divMod` (7 ^ (20 :: Int))), show (n % 12 + 3 % 4), showHex n "", showFFloat (Just 3) (fromInteger n / 7 :: Double) ""
  , show (mkPolar 1 2 * (fromInteger n :+ 1) :: Complex Double), show (fromInteger n :: Int8, fromInteger n :: Word16)
  , show (popCount n, shiftL n 70, gcd n 360, lcm n 17), show (round (fromInteger n * 1.5 :: Float) :: Int)
  , show (readMaybe "[(1,-2)]" :: Maybe [(Int, Integer)]), show (fst . head $ readFloat "12.5e3" :: Double) ]

shapes :: [Shape]
shapes = sort [Circle 2.5, Polygon [(1, 2)], Empty, read "Polygon [(3,-4)]"]

texts :: String -> [String]
texts s =
  [ map toUpper s, unwords (sortOn length (words s)), show (group (sort s)), intercalate ", " (permutations (take 3 s)), show (isInfixOf "ab" s)
  , show (accumArray (+) 0 ('a', 'z') [(c, 1 :: Int) | c <- s, isAsciiLower c]), show [minBound .. maxBound :: Day], show (range (Monday, Wednesday))
  , show (mapMaybe (`lookup` zip s [0 :: Int ..]) "xyz"), show (partition isDigit s), printf "%s has %d of %.2f%c" s (length s) (pi :: Double) '!' ]

main :: IO ()
main = do
  args <- getArgs
  forM_ args $ \a -> do
    hSetBuffering stdout LineBuffering
    mapM_ putStrLn (numbers (fromIntegral (length a)) ++ map show shapes ++ texts a)
    count <- newIORef (0 :: Int)
    forM_ a $ \c -> modifyIORef' count (+ ord c)
    r <- try (readIORef count >>= \n -> evaluate (n `div` length (filter isSpace a)))
    hPutStrLn stderr (either (\e -> "no: " ++ show (e :: ArithException)) show r)
