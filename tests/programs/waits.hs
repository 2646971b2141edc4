import Control.Concurrent (threadDelay, threadWaitRead, threadWaitWrite)
import Data.Word (Word64)
import Foreign.C
import System.Posix.Types (Fd (..))

foreign import ccall "getMonotonicNSec" clock :: IO Word64
foreign import ccall "open" openFile :: CString -> CInt -> IO Fd

main :: IO ()
main = do
  start <- clock
  threadDelay 2000
  end <- clock
  putStrLn ("2000 microseconds are over: " ++ show (end - start >= 2000000))
  fd <- withCString "/dev/null" (\path -> openFile path 2)
  threadWaitRead fd
  putStrLn "something can be read"
  threadWaitWrite fd
  putStrLn "something can be written"
