{-# LANGUAGE ImplicitParams, NoImplicitPrelude #-}
module Data.Maybe (Maybe (..), maybe, isJust, isNothing, fromJust, fromMaybe, listToMaybe, maybeToList, catMaybes, mapMaybe) where

import GHC.Base
import GHC.Err (errorAt)
import GHC.Stack.Types (HasCallStack)

maybe :: b -> (a -> b) -> Maybe a -> b
maybe n _ Nothing = n
maybe _ f (Just x) = f x

isJust, isNothing :: Maybe a -> Bool
isJust Nothing = False
isJust _ = True
isNothing Nothing = True
isNothing _ = False

fromJust :: HasCallStack => Maybe a -> a
fromJust Nothing = errorAt "Data.Maybe" 148 21 "Maybe.fromJust: Nothing" ?callStack
fromJust (Just x) = x

fromMaybe :: a -> Maybe a -> a
fromMaybe d Nothing = d
fromMaybe _ (Just v) = v

maybeToList :: Maybe a -> [a]
maybeToList Nothing = []
maybeToList (Just x) = [x]

listToMaybe :: [a] -> Maybe a
listToMaybe = foldr (\x _ -> Just x) Nothing

catMaybes :: [Maybe a] -> [a]
catMaybes ms = [x | Just x <- ms]

mapMaybe :: (a -> Maybe b) -> [a] -> [b]
mapMaybe _ [] = []
mapMaybe f (x : xs) = case f x of
    Nothing -> mapMaybe f xs
    Just r -> r : mapMaybe f xs
{-# NOINLINE [1] mapMaybe #-}

mapMaybeFB :: (b -> r -> r) -> (a -> Maybe b) -> a -> r -> r
mapMaybeFB cons f x next = case f x of
    Nothing -> next
    Just r -> cons r next
{-# INLINE [0] mapMaybeFB #-}

{-# RULES
"mapMaybe" [~1] forall f xs. mapMaybe f xs = build (\c n -> foldr (mapMaybeFB c f) n xs)
"mapMaybeList" [1] forall f. foldr (mapMaybeFB (:) f) [] = mapMaybe f
  #-}
