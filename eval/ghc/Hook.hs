-- | The hook between STG and code generation, for the plugin and for the driver.
module Hook (writeStg) where

import GHC.Data.Stream (Stream (..))
import GHC.Driver.Hooks
import GHC.Driver.Session
import qualified GHC.StgToCmm as StgToCmm (codeGen)
import GHC.Unit.Module
import GHC.Utils.Exception (IOException, handleIO)
import GHC.Utils.Panic
import System.Directory (createDirectoryIfMissing)
import System.FilePath ((<.>), (</>))
import System.IO
import System.IO.Error (ioeGetErrorString)

import Export

-- | Modules that are compiled under these flags are also written to DIRECTORY/Module.Name.stg.
writeStg :: FilePath -> DynFlags -> DynFlags
writeStg directory flags = flags{hooks = (hooks flags){stgToCmmHook = Just hook}}
  where
    hook dflags this tycons costs bindings coverage = Stream $ do
        let path = directory </> moduleNameString (moduleName this) <.> "stg"
        handleIO (cannotWrite path) $ do
            createDirectoryIfMissing True directory
            withFile path WriteMode $ \h -> do
                hSetEncoding h utf8
                mapM_ (hPutStrLn h) (exportModule this tycons bindings)
        runStream (StgToCmm.codeGen dflags this tycons costs bindings coverage)

cannotWrite :: FilePath -> IOException -> IO a
cannotWrite path e = throwGhcExceptionIO (ProgramError ("cannot write " ++ path ++ ": " ++ ioeGetErrorString e))
