{-# LANGUAGE MagicHash, NoImplicitPrelude, RankNTypes, DataKinds, PolyKinds, KindSignatures, PatternSynonyms, ViewPatterns #-}
-- | Throwing, and what error throws.
module GHC.Exception
    ( module GHC.Exception.Type
    , throw, ErrorCall (.., ErrorCall)
    , errorCallException, errorCallWithCallStackException
    , CallStack, SrcLoc (..), fromCallSiteList, getCallStack, prettyCallStack, prettyCallStackLines, prettySrcLoc
    ) where

import GHC.Base
import GHC.Exception.Type
import GHC.Prim (TYPE)
import GHC.Show
import GHC.Stack.Types

throw :: forall (r :: RuntimeRep) (a :: TYPE r) e. Exception e => e -> a
throw e = raise# (toException e)

-- | The message, and where from.
data ErrorCall = ErrorCallWithLocation String String
    deriving (Eq, Ord)

pattern ErrorCall :: String -> ErrorCall
pattern ErrorCall message <- ErrorCallWithLocation message _
  where
    ErrorCall message = ErrorCallWithLocation message ""
{-# COMPLETE ErrorCall #-}

instance Exception ErrorCall

instance Show ErrorCall where
    showsPrec _ (ErrorCallWithLocation message "") = showString message
    showsPrec _ (ErrorCallWithLocation message place) = showString message . showString "\n" . showString place

errorCallException :: String -> SomeException
errorCallException s = toException (ErrorCall s)

errorCallWithCallStackException :: String -> CallStack -> SomeException
errorCallWithCallStackException s stack = toException (ErrorCallWithLocation s (prettyCallStack stack))

prettySrcLoc :: SrcLoc -> String
prettySrcLoc (SrcLoc package m file line column _ _) =
    foldr (++) "" [file, ":", show line, ":", show column, " in ", package, ":", m]

prettyCallStack :: CallStack -> String
prettyCallStack stack = case prettyCallStackLines stack of
    [] -> ""
    l : ls -> l ++ foldr (\x rest -> '\n' : x ++ rest) "" ls

prettyCallStackLines :: CallStack -> [String]
prettyCallStackLines stack = case getCallStack stack of
    [] -> []
    calls -> "CallStack (from HasCallStack):" : map line calls
  where
    line (function, place) = "  " ++ function ++ ", called at " ++ prettySrcLoc place
