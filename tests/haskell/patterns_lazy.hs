-- Irrefutable, strict, nested, as- and literal patterns; what each of them demands is seen by what it raises.
{-# LANGUAGE BangPatterns #-}
import Control.Exception

data Pair = Pair Int !Int
newtype Wrap = Wrap Int
data Box = Box Int

strictly :: String -> a -> IO ()
strictly label x = do
  outcome <- try (evaluate x)
  putStrLn (label ++ ": " ++ either (\e -> "raises " ++ takeWhile (/= '\n') (shown e)) (const "fine") outcome)
  where shown e = case e of ErrorCall message -> message

lazyPair, strictPair, banged :: (Int, Int) -> Int
lazyPair ~(_, _) = 1
strictPair (_, _) = 2
banged !_ = 3

wrapped :: Wrap -> Int
wrapped (Wrap _) = 4

boxed :: Box -> Int
boxed (Box _) = 5

boom :: a
boom = error "boom"

classify :: [Int] -> String
classify [] = "empty"
classify [0] = "zero"
classify [_] = "one"
classify all'@(x : rest@(y : _))
  | x == y = "twins of " ++ show (length all')
  | [z] <- rest, z > x = "rising pair"
  | (_ : _ : _) <- rest, let total = sum all', total > 10 = "big " ++ show total
  | otherwise = "other " ++ show rest

bang :: Int -> Int -> Int
bang n acc = go n acc
  where go 0 !a = a
        go k !a = go (k - 1) (a + k)

main :: IO ()
main = do
  strictly "lazy pair" (lazyPair boom)
  strictly "strict pair" (strictPair boom)
  strictly "pair of booms" (strictPair (boom, boom))
  strictly "banged" (banged boom)
  strictly "banged pair" (banged (boom, boom))
  strictly "newtype" (wrapped boom)
  strictly "newtype of boom" (wrapped (Wrap boom))
  strictly "data" (boxed boom)
  strictly "data of boom" (boxed (Box boom))
  strictly "lazy field" (case Pair boom 1 of Pair _ n -> n)
  strictly "strict field" (case Pair 1 boom of Pair n _ -> n)
  strictly "let" (let (a, _) = boom :: (Int, Int) in const 1 a)
  strictly "let used" (let (a, _) = boom :: (Int, Int) in a + 1)
  strictly "let bang" (let !_ = boom :: Int in ())
  strictly "where" (length [boom, boom :: Int])
  strictly "seq pair" ((boom :: Int, boom :: Int) `seq` ())
  strictly "seq function" ((boom :: Int -> Int) `seq` ())
  strictly "seq lambda" ((\x -> boom x :: Int) `seq` ())
  strictly "seq partial" ((const boom :: Int -> Int) `seq` ())
  strictly "dollar bang" (const () $! (boom :: Int))
  mapM_ (putStrLn . classify) [[], [0], [5], [1, 2], [2, 1], [3, 3, 3], [4, 5, 6], [1, 2, 3]]
  print (bang 1000 0)
