-- modules: modules/Recipe.lhs modules/Limits.hs
-- exit: 1
{-# LANGUAGE CPP #-}
-- Modules in the literate style, and through the preprocessor; an error in one of them.
module Main (main) where

import Control.Exception
import Limits
import Recipe

#ifdef THERE_IS_NO_SUCH_MACRO
main = undefined
#else
main :: IO ()
main = do
    let soup = Recipe { title = "soup", guests = 2, steps = [Take 500 "leeks", Stir 5, Take 100 "cream", Take 30 "butter"] }
    print (scaled 6 soup)
    mapM_ print (shopping (scaled 3 soup))
    print (limit, kind, places)
    print (checked (Just 3))
    r <- try (evaluate (checked (Just 5)))
    putStrLn (either (\e -> takeWhile (/= '\n') (show (e :: ErrorCall))) show r)
    print (checked Nothing)
#endif
