/* What GHC's ghc-bignum has in C on top of GMP: numbers of any size. Each takes words, which stand at its
 * definition, and answers one. */
#ifndef THUNKSCOPE_EVAL_C_BIGNUM_H
#define THUNKSCOPE_EVAL_C_BIGNUM_H

#include "blocks/word.h"

Word bignum_shift_right(const Word *a);
Word bignum_shift_right_negative(const Word *a);
Word bignum_shift_left(const Word *a);
Word bignum_and(const Word *a);
Word bignum_and_not(const Word *a);
Word bignum_or(const Word *a);
Word bignum_xor(const Word *a);
Word bignum_quotient(const Word *a);
Word bignum_remainder(const Word *a);
Word bignum_gcd_limbs(const Word *a);
Word bignum_gcd_limb(const Word *a);
Word bignum_gcd(const Word *a);
Word bignum_gcd_extended(const Word *a);
Word bignum_inverse(const Word *a);
Word bignum_power(const Word *a);
Word bignum_power_limb(const Word *a);
Word bignum_power_limbs(const Word *a);
double bignum_double(const Word *a);

#endif
