{-# LANGUAGE NoImplicitPrelude #-}
-- | errno, and exceptions made of it.
module Foreign.C.Error
    ( Errno (..), eOK, e2BIG, eACCES, eAGAIN, eBADF, eBUSY, eCHILD, eDOM, eEXIST, eFAULT, eFBIG, eINTR, eINVAL, eIO, eISDIR, eMFILE, eMLINK
    , eNFILE, eNODEV, eNOENT, eNOEXEC, eNOMEM, eNOSPC, eNOTDIR, eNOTEMPTY, eNOTTY, eNXIO, ePERM, ePIPE, eRANGE, eROFS, eSPIPE, eSRCH, eTXTBSY
    , eWOULDBLOCK, eXDEV, isValidErrno, getErrno, resetErrno, errnoToIOError, throwErrno
    , throwErrnoIf, throwErrnoIf_, throwErrnoIfMinus1, throwErrnoIfMinus1_, throwErrnoIfNull
    , throwErrnoIfRetry, throwErrnoIfRetry_, throwErrnoIfMinus1Retry, throwErrnoIfMinus1Retry_, throwErrnoIfNullRetry
    , throwErrnoPath, throwErrnoPathIf, throwErrnoPathIf_, throwErrnoPathIfNull, throwErrnoPathIfMinus1, throwErrnoPathIfMinus1_
    ) where

import Data.Functor (void)
import Foreign.C.Types
import GHC.IO.Handle (Handle)
import GHC.IO.Posix (errnoError)
import GHC.Ptr
import Prelude

newtype Errno = Errno CInt

instance Eq Errno where
    e@(Errno a) == f@(Errno b) = isValidErrno e && isValidErrno f && a == b

isValidErrno :: Errno -> Bool
isValidErrno (Errno e) = e /= -1

eOK, e2BIG, eACCES, eAGAIN, eBADF, eBUSY, eCHILD, eDOM, eEXIST, eFAULT, eFBIG, eINTR, eINVAL, eIO, eISDIR, eMFILE, eMLINK :: Errno
eNFILE, eNODEV, eNOENT, eNOEXEC, eNOMEM, eNOSPC, eNOTDIR, eNOTEMPTY, eNOTTY, eNXIO, ePERM, ePIPE, eRANGE, eROFS, eSPIPE, eSRCH :: Errno
eTXTBSY, eWOULDBLOCK, eXDEV :: Errno
eOK = Errno 0
ePERM = Errno 1
eNOENT = Errno 2
eSRCH = Errno 3
eINTR = Errno 4
eIO = Errno 5
eNXIO = Errno 6
e2BIG = Errno 7
eNOEXEC = Errno 8
eBADF = Errno 9
eCHILD = Errno 10
eAGAIN = Errno 11
eWOULDBLOCK = Errno 11
eNOMEM = Errno 12
eACCES = Errno 13
eFAULT = Errno 14
eBUSY = Errno 16
eEXIST = Errno 17
eXDEV = Errno 18
eNODEV = Errno 19
eNOTDIR = Errno 20
eISDIR = Errno 21
eINVAL = Errno 22
eNFILE = Errno 23
eMFILE = Errno 24
eNOTTY = Errno 25
eTXTBSY = Errno 26
eFBIG = Errno 27
eNOSPC = Errno 28
eSPIPE = Errno 29
eROFS = Errno 30
eMLINK = Errno 31
ePIPE = Errno 32
eDOM = Errno 33
eRANGE = Errno 34
eNOTEMPTY = Errno 39

foreign import ccall unsafe "__hscore_get_errno" get_errno :: IO CInt
foreign import ccall unsafe "__hscore_set_errno" set_errno :: CInt -> IO ()

getErrno :: IO Errno
getErrno = fmap Errno get_errno

resetErrno :: IO ()
resetErrno = set_errno 0

errnoToIOError :: String -> Errno -> Maybe Handle -> Maybe String -> IOError
errnoToIOError location (Errno e) = errnoError location (fromIntegral e)

throwErrno :: String -> IO a
throwErrno location = getErrno >>= \e -> ioError (errnoToIOError location e Nothing Nothing)

throwErrnoIf :: (a -> Bool) -> String -> IO a -> IO a
throwErrnoIf wrong location act = act >>= \r -> if wrong r then throwErrno location else return r

-- | Again, if the call was interrupted.
throwErrnoIfRetry :: (a -> Bool) -> String -> IO a -> IO a
throwErrnoIfRetry wrong location act = do
    r <- act
    if not (wrong r) then return r else do
        e <- getErrno
        if e == eINTR then throwErrnoIfRetry wrong location act else throwErrno location

throwErrnoIf_, throwErrnoIfRetry_ :: (a -> Bool) -> String -> IO a -> IO ()
throwErrnoIf_ wrong location = void . throwErrnoIf wrong location
throwErrnoIfRetry_ wrong location = void . throwErrnoIfRetry wrong location

throwErrnoIfMinus1, throwErrnoIfMinus1Retry :: (Eq a, Num a) => String -> IO a -> IO a
throwErrnoIfMinus1 = throwErrnoIf (== -1)
throwErrnoIfMinus1Retry = throwErrnoIfRetry (== -1)

throwErrnoIfMinus1_, throwErrnoIfMinus1Retry_ :: (Eq a, Num a) => String -> IO a -> IO ()
throwErrnoIfMinus1_ = throwErrnoIf_ (== -1)
throwErrnoIfMinus1Retry_ = throwErrnoIfRetry_ (== -1)

throwErrnoIfNull, throwErrnoIfNullRetry :: String -> IO (Ptr a) -> IO (Ptr a)
throwErrnoIfNull = throwErrnoIf (== nullPtr)
throwErrnoIfNullRetry = throwErrnoIfRetry (== nullPtr)

-- With the file's name

throwErrnoPath :: String -> FilePath -> IO a
throwErrnoPath location path = getErrno >>= \e -> ioError (errnoToIOError location e Nothing (Just path))

throwErrnoPathIf :: (a -> Bool) -> String -> FilePath -> IO a -> IO a
throwErrnoPathIf wrong location path act = act >>= \r -> if wrong r then throwErrnoPath location path else return r

throwErrnoPathIf_ :: (a -> Bool) -> String -> FilePath -> IO a -> IO ()
throwErrnoPathIf_ wrong location path = void . throwErrnoPathIf wrong location path

throwErrnoPathIfNull :: String -> FilePath -> IO (Ptr a) -> IO (Ptr a)
throwErrnoPathIfNull = throwErrnoPathIf (== nullPtr)

throwErrnoPathIfMinus1 :: (Eq a, Num a) => String -> FilePath -> IO a -> IO a
throwErrnoPathIfMinus1 = throwErrnoPathIf (== -1)

throwErrnoPathIfMinus1_ :: (Eq a, Num a) => String -> FilePath -> IO a -> IO ()
throwErrnoPathIfMinus1_ = throwErrnoPathIf_ (== -1)
