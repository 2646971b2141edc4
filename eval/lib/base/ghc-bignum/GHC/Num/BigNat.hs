{-# LANGUAGE MagicHash, NoImplicitPrelude, UnboxedTuples, UnliftedFFITypes #-}
-- | Big natural numbers, as GMP's functions on limbs read and write them: limbs of 64 bits in a byte array, least significant first, the
-- last one not zero; zero has none.
--
-- What GMP asks for is asked for here too, and not checked: no difference below zero, no division by zero.
module GHC.Num.BigNat where

import GHC.Classes
import GHC.Magic
import GHC.Prim
import GHC.Types

type BigNat# = ByteArray#
type Limbs# = MutableByteArray# RealWorld

foreign import ccall unsafe "__gmpn_add" mpn_add :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO Word
foreign import ccall unsafe "__gmpn_add_1" mpn_add_1 :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "__gmpn_sub" mpn_sub :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO Word
foreign import ccall unsafe "__gmpn_sub_1" mpn_sub_1 :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "__gmpn_mul" mpn_mul :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO Word
foreign import ccall unsafe "__gmpn_mul_1" mpn_mul_1 :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "__gmpn_tdiv_qr" mpn_tdiv_qr :: Limbs# -> Limbs# -> Int# -> BigNat# -> Int# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "integer_gmp_mpn_tdiv_q" mpn_tdiv_q :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "integer_gmp_mpn_tdiv_r" mpn_tdiv_r :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "__gmpn_divrem_1" mpn_divrem_1 :: Limbs# -> Int# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "__gmpn_mod_1" mpn_mod_1 :: BigNat# -> Int# -> Word# -> Word#
foreign import ccall unsafe "__gmpn_cmp" mpn_cmp :: BigNat# -> BigNat# -> Int# -> Int#
foreign import ccall unsafe "integer_gmp_mpn_lshift" mpn_lshift :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "integer_gmp_mpn_rshift_2c" mpn_rshift_2c :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "integer_gmp_mpn_rshift" mpn_rshift :: Limbs# -> BigNat# -> Int# -> Word# -> IO Word
foreign import ccall unsafe "__gmpn_and_n" mpn_and_n :: Limbs# -> BigNat# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "__gmpn_andn_n" mpn_andn_n :: Limbs# -> BigNat# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "__gmpn_ior_n" mpn_ior_n :: Limbs# -> BigNat# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "__gmpn_xor_n" mpn_xor_n :: Limbs# -> BigNat# -> BigNat# -> Int# -> IO ()
foreign import ccall unsafe "__gmpn_popcount" mpn_popcount :: BigNat# -> Int# -> Word#
foreign import ccall unsafe "integer_gmp_mpn_gcd" mpn_gcd :: Limbs# -> BigNat# -> Int# -> BigNat# -> Int# -> IO Int
foreign import ccall unsafe "integer_gmp_gcd_word" gcdWords :: Word# -> Word# -> Word#
foreign import ccall unsafe "__gmpn_gcd_1" mpn_gcd_1 :: BigNat# -> Int# -> Word# -> Word#
foreign import ccall unsafe "__gmpn_get_d" mpn_get_d :: BigNat# -> Int# -> Int# -> Int# -> Double#

-- Building

size :: BigNat# -> Int#
size a = sizeofByteArray# a `uncheckedIShiftRL#` 3#

limb :: BigNat# -> Int# -> Word#
limb a i = indexWordArray# a i

-- | Writes into as many limbs; zeros at the end do not stay.
create :: Int# -> (Limbs# -> State# RealWorld -> State# RealWorld) -> BigNat#
create n fill = case runRW# new of (# _, a #) -> a
  where
    new s = case newByteArray# (n `uncheckedIShiftL#` 3#) s of
        (# s1, m #) -> freeze m n (fill m s1)
{-# INLINE create #-}

freeze :: Limbs# -> Int# -> State# RealWorld -> (# State# RealWorld, BigNat# #)
freeze m n s0 = trim n s0
  where
    trim 0# s = shrunk 0# s
    trim k s = case readWordArray# m (k -# 1#) s of
        (# s1, 0## #) -> trim (k -# 1#) s1
        (# s1, _ #) -> shrunk k s1
    shrunk k s
        | isTrue# (k ==# n) = unsafeFreezeByteArray# m s
        | True = unsafeFreezeByteArray# m (shrinkMutableByteArray# m (k `uncheckedIShiftL#` 3#) s)

-- | Runs a function of GMP for what it writes.
run :: IO a -> State# RealWorld -> State# RealWorld
run (IO f) s = case f s of (# s1, _ #) -> s1
{-# INLINE run #-}

-- | Runs a function of GMP, whose carry goes into this limb.
carryInto :: Limbs# -> Int# -> IO Word -> State# RealWorld -> State# RealWorld
carryInto m i (IO f) s = case f s of (# s1, W# carry #) -> writeWordArray# m i carry s1
{-# INLINE carryInto #-}

copy :: BigNat# -> Int# -> Limbs# -> Int# -> Int# -> State# RealWorld -> State# RealWorld
copy from i to k n = copyByteArray# from (i `uncheckedIShiftL#` 3#) to (k `uncheckedIShiftL#` 3#) (n `uncheckedIShiftL#` 3#)

-- | One for all.
zero :: (# #) -> BigNat#
zero _ = case none of None a -> a

data None = None BigNat#

none :: None
none = None (create 0# (\_ s -> s))
{-# NOINLINE none #-}

fromWord :: Word# -> BigNat#
fromWord w = create 1# (\m -> writeWordArray# m 0# w)

fromWord2 :: Word# -> Word# -> BigNat#
fromWord2 high low = create 2# (\m s -> writeWordArray# m 1# high (writeWordArray# m 0# low s))

-- | The compiler's: a literal from its limbs, the most significant first.
bigNatFromWordList# :: [Word] -> BigNat#
bigNatFromWordList# limbs = create n (\m -> fill m (n -# 1#) limbs)
  where
    n = count limbs 0#
    count [] k = k
    count (_ : ws) k = count ws (k +# 1#)
    fill _ _ [] s = s
    fill m i (W# w : ws) s = fill m (i -# 1#) ws (writeWordArray# m i w s)
{-# NOINLINE bigNatFromWordList# #-}

-- Comparing

compare# :: BigNat# -> BigNat# -> Ordering
compare# a b
    | isTrue# (size a ># size b) = GT
    | isTrue# (size a <# size b) = LT
    | True = compareInt# (narrow32Int# (mpn_cmp a b (size a))) 0# -- C's int

equal# :: BigNat# -> BigNat# -> Int#
equal# a b = case compare# a b of
    EQ -> 1#
    _ -> 0#

-- Arithmetic

add :: BigNat# -> BigNat# -> BigNat#
add a b
    | isTrue# (size a >=# size b) = longer a b
    | True = longer b a
  where
    longer x y = create (size x +# 1#) (\m -> carryInto m (size x) (mpn_add m x (size x) y (size y)))

addWord :: BigNat# -> Word# -> BigNat#
addWord a w = create (size a +# 1#) (\m -> carryInto m (size a) (mpn_add_1 m a (size a) w))

sub :: BigNat# -> BigNat# -> BigNat#
sub a b = create (size a) (\m -> run (mpn_sub m a (size a) b (size b)))

subWord :: BigNat# -> Word# -> BigNat#
subWord a w = create (size a) (\m -> run (mpn_sub_1 m a (size a) w))

mul :: BigNat# -> BigNat# -> BigNat#
mul a b
    | isTrue# (size a >=# size b) = longer a b
    | True = longer b a
  where
    longer x y = case size y of
        0# -> y
        k -> create (size x +# k) (\m -> run (mpn_mul m x (size x) y k))

mulWord :: BigNat# -> Word# -> BigNat#
mulWord a w = create (size a +# 1#) (\m -> carryInto m (size a) (mpn_mul_1 m a (size a) w))

quotRem# :: BigNat# -> BigNat# -> (# BigNat#, BigNat# #)
quotRem# a b = case compare# a b of
    LT -> (# zero (# #), a #)
    EQ -> (# fromWord 1##, zero (# #) #)
    GT -> case runRW# divide of (# _, q, r #) -> (# q, r #)
  where
    quotients = size a -# size b +# 1#
    divide s = case newByteArray# (quotients `uncheckedIShiftL#` 3#) s of
        (# s1, q #) -> case newByteArray# (sizeofByteArray# b) s1 of
            (# s2, r #) -> case freeze q quotients (run (mpn_tdiv_qr q r 0# a (size a) b (size b)) s2) of
                (# s3, quotient #) -> case freeze r (size b) s3 of
                    (# s4, remainder #) -> (# s4, quotient, remainder #)

quot, rem :: BigNat# -> BigNat# -> BigNat#
quot a b = case compare# a b of
    LT -> zero (# #)
    EQ -> fromWord 1##
    GT -> create (size a -# size b +# 1#) (\m -> run (mpn_tdiv_q m a (size a) b (size b)))
rem a b = case compare# a b of
    LT -> a
    EQ -> zero (# #)
    GT -> create (size b) (\m -> run (mpn_tdiv_r m a (size a) b (size b)))

quotRemWord# :: BigNat# -> Word# -> (# BigNat#, Word# #)
quotRemWord# a w = case runRW# divide of (# _, q, r #) -> (# q, r #)
  where
    divide s = case newByteArray# (sizeofByteArray# a) s of
        (# s1, q #) -> case mpn_divrem_1 q 0# a (size a) w of
            IO f -> case f s1 of
                (# s2, W# r #) -> case freeze q (size a) s2 of
                    (# s3, quotient #) -> (# s3, quotient, r #)

remWord :: BigNat# -> Word# -> Word#
remWord a w = mpn_mod_1 a (size a) w

gcdWord :: BigNat# -> Word# -> Word#
gcdWord a w = mpn_gcd_1 a (size a) w

-- | Of numbers that are not zero.
gcd :: BigNat# -> BigNat# -> BigNat#
gcd a b
    | isTrue# (size a >=# size b) = longer a b
    | True = longer b a
  where
    longer x y = create (size y) (\m -> run (mpn_gcd m x (size x) y (size y)))

-- Bits

shiftL, shiftR, shiftRUp :: BigNat# -> Word# -> BigNat#
shiftL a 0## = a
shiftL a k
    | isTrue# (size a ==# 0#) = a
    | True = create (size a +# limbs k +# (word2Int# (k `and#` 63##) ># 0#)) (\m -> run (mpn_lshift m a (size a) k))
shiftR a 0## = a
shiftR a k
    | isTrue# (limbs k >=# size a) = zero (# #)
    | True = create (size a -# limbs k) (\m -> run (mpn_rshift m a (size a) k))
-- rounded up; the number is not zero
shiftRUp a 0## = a
shiftRUp a k
    | isTrue# (limbs k >=# size a) = fromWord 1##
    | True = create (size a -# limbs k +# (word2Int# (k `and#` 63##) ==# 0#)) (\m -> run (mpn_rshift_2c m a (size a) k))

limbs :: Word# -> Int#
limbs k = word2Int# (k `uncheckedShiftRL#` 6#)

testBit :: BigNat# -> Word# -> Int#
testBit a k
    | isTrue# (k `geWord#` int2Word# (size a `uncheckedIShiftL#` 6#)) = 0#
    | True = word2Int# ((limb a (word2Int# (k `uncheckedShiftRL#` 6#)) `uncheckedShiftRL#` word2Int# (k `and#` 63##)) `and#` 1##)

popCount :: BigNat# -> Word#
popCount a = case size a of
    0# -> 0##
    n -> mpn_popcount a n

-- | The position of the highest bit; the number is not zero.
log2 :: BigNat# -> Word#
log2 a = int2Word# (size a `uncheckedIShiftL#` 6#) `minusWord#` 1## `minusWord#` clz# (limb a (size a -# 1#))

and :: BigNat# -> BigNat# -> BigNat#
and a b = case shorter a b of
    0# -> zero (# #)
    n -> create n (\m -> run (mpn_and_n m a b n))

-- | The bits of the first that are not bits of the second.
andNot :: BigNat# -> BigNat# -> BigNat#
andNot a b = case shorter a b of
    0# -> a
    n -> create (size a) (\m s -> copy a n m n (size a -# n) (run (mpn_andn_n m a b n) s))

or, xor :: BigNat# -> BigNat# -> BigNat#
or a b = if isTrue# (size a >=# size b) then byLimb mpn_ior_n a b else byLimb mpn_ior_n b a
xor a b = if isTrue# (size a >=# size b) then byLimb mpn_xor_n a b else byLimb mpn_xor_n b a

-- | The first is no shorter; its limbs that face none of the second stay.
byLimb :: (Limbs# -> BigNat# -> BigNat# -> Int# -> IO ()) -> BigNat# -> BigNat# -> BigNat#
byLimb operation a b = case size b of
    0# -> a
    n -> create (size a) (\m s -> copy a n m n (size a -# n) (run (operation m a b n) s))
{-# INLINE byLimb #-}

shorter :: BigNat# -> BigNat# -> Int#
shorter a b = if isTrue# (size a <=# size b) then size a else size b

-- Conversions

-- | The number times a power of two, rounded toward zero, which is GMP's way and so GHC's; a sign of -1# makes it negative.
toDouble :: BigNat# -> Int# -> Int# -> Double#
toDouble a sign e = mpn_get_d a (size a) sign e
