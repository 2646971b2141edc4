{-# LANGUAGE ExistentialQuantification, NoImplicitPrelude, ScopedTypeVariables #-}
-- | Exceptions, of whatever type, and those of arithmetic.
module GHC.Exception.Type
    ( Exception (..), SomeException (..), ArithException (..)
    , divZeroException, overflowException, ratioZeroDenomException, underflowException
    ) where

import Data.Typeable (Typeable, cast)
import GHC.Base
import GHC.Show

data SomeException = forall e. Exception e => SomeException e

class (Typeable e, Show e) => Exception e where
    toException :: e -> SomeException
    fromException :: SomeException -> Maybe e
    toException = SomeException
    fromException (SomeException e) = cast e
    displayException :: e -> String
    displayException = show

instance Show SomeException where
    showsPrec p (SomeException e) = showsPrec p e

instance Exception SomeException where
    toException se = se
    fromException = Just
    displayException (SomeException e) = displayException e

data ArithException = Overflow | Underflow | LossOfPrecision | DivideByZero | Denormal | RatioZeroDenominator
    deriving (Eq, Ord)

divZeroException, overflowException, ratioZeroDenomException, underflowException :: SomeException
divZeroException = toException DivideByZero
overflowException = toException Overflow
ratioZeroDenomException = toException RatioZeroDenominator
underflowException = toException Underflow

instance Exception ArithException

instance Show ArithException where
    showsPrec _ Overflow = showString "arithmetic overflow"
    showsPrec _ Underflow = showString "arithmetic underflow"
    showsPrec _ LossOfPrecision = showString "loss of precision"
    showsPrec _ DivideByZero = showString "divide by zero"
    showsPrec _ Denormal = showString "denormal"
    showsPrec _ RatioZeroDenominator = showString "Ratio has zero denominator"
