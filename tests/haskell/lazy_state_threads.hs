-- State threads that run as far as their answer is asked for, and strict ones inside them.
module Main (main) where

import qualified Control.Monad.ST as S
import Control.Monad.ST.Lazy
import qualified Data.STRef as SR
import Data.STRef.Lazy

-- Fibonacci numbers without end, from two cells
fibs :: [Integer]
fibs = runST (do
    a <- newSTRef 0
    b <- newSTRef 1
    let step = do
            x <- readSTRef a
            y <- readSTRef b
            writeSTRef a y
            writeSTRef b (x + y)
            rest <- step
            return (x : rest)
    step)

-- Only what is looked at happens
untouched :: (Int, Int)
untouched = runST (do
    r <- newSTRef 1
    modifySTRef r (+ 1)
    x <- readSTRef r
    _ <- error "nobody asks for this"
    return (x, 10 * x))

countdown :: Int -> [Int]
countdown n = runST (newSTRef n >>= go)
  where
    go r = do
        k <- readSTRef r
        if k < 0 then return [] else do
            modifySTRef r (subtract 1)
            fmap (k :) (go r)

knot :: [Int]
knot = runST (fmap (take 5) (fixST (\xs -> do
    r <- newSTRef (1 : map (* 2) xs)
    readSTRef r)))

summed :: [Int] -> [Int]
summed xs = runST (do
    total <- newSTRef 0
    mapM (\x -> do
        t <- strictToLazyST (do
            n <- SR.readSTRef total
            let n' = n + x
            n' `seq` SR.writeSTRef total n'
            return n')
        return t) xs)

main :: IO ()
main = do
    print (take 12 fibs)
    print (fibs !! 200)
    print (untouched `seq` "not run" , countdown 6)
    print knot
    print (take 6 (summed [1 ..]))
    print (S.runST (lazyToStrictST (newSTRef 'l' >>= \r -> modifySTRef r succ >> readSTRef r)))
    stToIO (newSTRef "io" >>= readSTRef) >>= putStrLn
