{-# LANGUAGE MagicHash, NoImplicitPrelude, RoleAnnotations #-}
-- | Addresses.
module GHC.Ptr (Ptr (..), FunPtr (..), nullPtr, castPtr, plusPtr, minusPtr, nullFunPtr, castFunPtr) where

import GHC.Base
import GHC.Num
import GHC.Show

type role Ptr phantom
data Ptr a = Ptr Addr#

type role FunPtr phantom
data FunPtr a = FunPtr Addr#

instance Eq (Ptr a) where
    Ptr a == Ptr b = isTrue# (eqAddr# a b)

instance Ord (Ptr a) where
    compare (Ptr a) (Ptr b) = compareInt# (minusAddr# a b) 0#

instance Show (Ptr a) where
    showsPrec _ (Ptr a) = showString "0x" . showString (hex 16 (addr2Int# a) "")
      where
        hex n i rest
            | n == (0 :: Int) = rest
            | otherwise = hex (n - 1) (uncheckedIShiftRL# i 4#) (intToDigit (I# (andI# i 15#)) : rest)

instance Eq (FunPtr a) where
    FunPtr a == FunPtr b = isTrue# (eqAddr# a b)

nullPtr :: Ptr a
nullPtr = Ptr nullAddr#

castPtr :: Ptr a -> Ptr b
castPtr (Ptr a) = Ptr a

plusPtr :: Ptr a -> Int -> Ptr b
plusPtr (Ptr a) (I# d) = Ptr (plusAddr# a d)

minusPtr :: Ptr a -> Ptr b -> Int
minusPtr (Ptr a) (Ptr b) = I# (minusAddr# a b)

nullFunPtr :: FunPtr a
nullFunPtr = FunPtr nullAddr#

castFunPtr :: FunPtr a -> FunPtr b
castFunPtr (FunPtr a) = FunPtr a

instance Ord (FunPtr a) where
    compare (FunPtr a) (FunPtr b) = compareInt# (minusAddr# a b) 0#

instance Show (FunPtr a) where
    showsPrec p (FunPtr a) = showsPrec p (Ptr a)
