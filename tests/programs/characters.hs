module Main where

import Data.Word
import System.Environment

foreign import ccall unsafe "u_gencat" u_gencat :: Int -> Int
foreign import ccall unsafe "u_iswalpha" u_iswalpha :: Int -> Int
foreign import ccall unsafe "u_iswalnum" u_iswalnum :: Int -> Int
foreign import ccall unsafe "u_iswcntrl" u_iswcntrl :: Int -> Int
foreign import ccall unsafe "u_iswlower" u_iswlower :: Int -> Int
foreign import ccall unsafe "u_iswupper" u_iswupper :: Int -> Int
foreign import ccall unsafe "u_iswprint" u_iswprint :: Int -> Int
foreign import ccall unsafe "u_iswspace" u_iswspace :: Int -> Int
foreign import ccall unsafe "u_towlower" u_towlower :: Int -> Int
foreign import ccall unsafe "u_towupper" u_towupper :: Int -> Int
foreign import ccall unsafe "u_towtitle" u_towtitle :: Int -> Int

sumOf :: String -> (Int -> Int) -> Int -> IO ()
sumOf name ask end = putStrLn (name ++ " " ++ show (go 0 0))
  where
    go :: Int -> Word64 -> Word64
    go c total
        | c > end = total
        | otherwise = let next = total * 31 + fromIntegral (ask c) in next `seq` go (c + 1) next

-- Any number but 0 says yes.
truth :: Int -> Int
truth n = if n /= 0 then 1 else 0

main :: IO ()
main = do
    args <- getArgs
    let end = case args of { [n] -> read n; _ -> 10 }
    sumOf "u_gencat" u_gencat end
    sumOf "u_iswalpha" (truth . u_iswalpha) end
    sumOf "u_iswalnum" (truth . u_iswalnum) end
    sumOf "u_iswcntrl" (truth . u_iswcntrl) end
    sumOf "u_iswlower" (truth . u_iswlower) end
    sumOf "u_iswupper" (truth . u_iswupper) end
    sumOf "u_iswprint" (truth . u_iswprint) end
    sumOf "u_iswspace" (truth . u_iswspace) end
    sumOf "u_towlower" u_towlower end
    sumOf "u_towupper" u_towupper end
    sumOf "u_towtitle" u_towtitle end
