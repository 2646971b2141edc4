{-# LANGUAGE ImplicitParams, NoImplicitPrelude, RankNTypes #-}
module GHC.Stack
    ( errorWithStackTrace, CallStack, HasCallStack, SrcLoc (..), callStack, emptyCallStack, freezeCallStack, fromCallSiteList, getCallStack
    , popCallStack, prettyCallStack, prettySrcLoc, pushCallStack, withFrozenCallStack
    ) where

import GHC.Base
import GHC.Exception
import GHC.Stack.Types

errorWithStackTrace :: String -> a
errorWithStackTrace s = errorWithoutStackTrace s

popCallStack :: CallStack -> CallStack
popCallStack stack = case stack of
    EmptyCallStack -> EmptyCallStack
    PushCallStack _ _ rest -> rest
    FreezeCallStack _ -> stack

-- | Of who has called, without the call of this.
callStack :: HasCallStack => CallStack
callStack = case ?callStack of
    EmptyCallStack -> EmptyCallStack
    _ -> popCallStack ?callStack

withFrozenCallStack :: HasCallStack => (HasCallStack => a) -> a
withFrozenCallStack act = let ?callStack = freezeCallStack (popCallStack callStack) in act
