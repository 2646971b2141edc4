{-# LANGUAGE NoImplicitPrelude #-}
-- | Messages from pure code, on stderr.
module Debug.Trace (trace, traceId, traceShow, traceShowId, traceM, traceShowM, traceIO, traceStack, traceEvent, traceMarker, traceEventIO, traceMarkerIO) where

import GHC.Base
import GHC.IO
import GHC.IO.Handle
import GHC.Show

traceIO :: String -> IO ()
traceIO message = hPutStr stderr (message ++ "\n")

trace :: String -> a -> a
trace message x = unsafePerformIO (traceIO message) `seq` x
{-# NOINLINE trace #-}

traceId :: String -> String
traceId a = trace a a

traceShow :: Show a => a -> b -> b
traceShow = trace . show

traceShowId :: Show a => a -> a
traceShowId a = trace (show a) a

traceM :: Applicative f => String -> f ()
traceM message = trace message (pure ())

traceShowM :: (Show a, Applicative f) => a -> f ()
traceShowM = traceM . show

-- | No stacks are kept.
traceStack :: String -> a -> a
traceStack = trace

-- | No log of events is written.
traceEvent, traceMarker :: String -> a -> a
traceEvent _ x = x
traceMarker _ x = x

traceEventIO, traceMarkerIO :: String -> IO ()
traceEventIO _ = return ()
traceMarkerIO _ = return ()
