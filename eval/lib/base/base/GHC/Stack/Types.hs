{-# LANGUAGE ConstraintKinds, ImplicitParams, KindSignatures, NoImplicitPrelude #-}
-- | Who called a function that wants to know.
module GHC.Stack.Types
    ( CallStack (..), HasCallStack, SrcLoc (..)
    , emptyCallStack, freezeCallStack, fromCallSiteList, getCallStack, pushCallStack
    ) where

import GHC.Classes
import GHC.Tuple ()
import GHC.Types
import GHC.CString ()
import GHC.Num.Integer ()

type HasCallStack = (?callStack :: CallStack)

-- | Function and place of call, the innermost first. What is frozen grows no more.
data CallStack
    = EmptyCallStack
    | PushCallStack [Char] SrcLoc CallStack
    | FreezeCallStack CallStack

data SrcLoc = SrcLoc
    { srcLocPackage :: [Char]
    , srcLocModule :: [Char]
    , srcLocFile :: [Char]
    , srcLocStartLine :: Int
    , srcLocStartCol :: Int
    , srcLocEndLine :: Int
    , srcLocEndCol :: Int
    }
    deriving (Eq)

getCallStack :: CallStack -> [([Char], SrcLoc)]
getCallStack stack = case stack of
    EmptyCallStack -> []
    PushCallStack function place rest -> (function, place) : getCallStack rest
    FreezeCallStack rest -> getCallStack rest

fromCallSiteList :: [([Char], SrcLoc)] -> CallStack
fromCallSiteList [] = EmptyCallStack
fromCallSiteList ((function, place) : rest) = PushCallStack function place (fromCallSiteList rest)

pushCallStack :: ([Char], SrcLoc) -> CallStack -> CallStack
pushCallStack (function, place) stack = case stack of
    FreezeCallStack _ -> stack
    _ -> PushCallStack function place stack

emptyCallStack :: CallStack
emptyCallStack = EmptyCallStack

freezeCallStack :: CallStack -> CallStack
freezeCallStack stack = FreezeCallStack stack
