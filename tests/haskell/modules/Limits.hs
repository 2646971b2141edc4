{-# LANGUAGE CPP #-}
module Limits (limit, kind, places, checked) where

#define LIMIT 4
#define AT_MOST(x, y) (if (x) > (y) then (y) else (x))

#if defined(__GLASGOW_HASKELL__) && __GLASGOW_HASKELL__ >= 900
#define NEW_ENOUGH 1
#endif

limit :: Int
limit = LIMIT

kind :: String
#ifdef NEW_ENOUGH
kind = "new enough"
#else
kind = "too old"
#endif

places :: [Int]
places = [__LINE__, AT_MOST(9, LIMIT), AT_MOST(2, LIMIT)]

checked :: Maybe Int -> Int
checked m = case m of
#if MIN_VERSION_base(4,15,0)
    Just n | n <= limit -> n
#endif
    _ -> error "beyond the limit"
