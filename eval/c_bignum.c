/* Numbers of any size: what GHC's ghc-bignum has in C on top of GMP, with its contracts
 * (libraries/ghc-bignum/cbits). A number is its limbs' address and how many there are, negative if the number
 * is; room for the result has been made by the caller. */
#include "eval/c_bignum.h"

#include <gmp.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>

_Static_assert(GMP_NUMB_BITS == 64 && sizeof(mp_limb_t) == sizeof(Word), "a limb is no word");

#define LIMBS(word) ((mp_limb_t *)(word))
#define SIZE(word)  ((mp_size_t)(word))

static mpz_srcptr number(mpz_ptr view, Word limbs, Word size)
{
    return mpz_roinit_n(view, LIMBS(limbs), SIZE(size));
}

static mp_size_t signed_size(mpz_srcptr z)
{
    mp_size_t size = (mp_size_t)mpz_size(z);
    return mpz_sgn(z) < 0 ? -size : size;
}

/* Writes the number's limbs and gives it up; its size. */
static mp_size_t store(Word to, mpz_ptr z)
{
    mp_size_t size = signed_size(z);
    mpn_copyi(LIMBS(to), mpz_limbs_read(z), (mp_size_t)mpz_size(z));
    mpz_clear(z);
    return size;
}

/* The same, filled up with zeros. */
static void store_wide(Word to, mp_size_t room, mpz_ptr z)
{
    mp_size_t size = store(to, z);
    if (room > size) mpn_zero(LIMBS(to) + size, room - size);
}

static Word low_limb(mpz_ptr z)
{
    Word low = mpz_getlimbn(z, 0);
    mpz_clear(z);
    return low;
}

/* ---- Shifts: (result, limbs, size, bits), bits > 0 and for those to the right fewer than there are. They
 * answer the result's highest limb. */

static void shift_right(mp_limb_t *to, const mp_limb_t *from, mp_size_t size, unsigned bits)
{
    if (bits)
        mpn_rshift(to, from, size, bits);
    else
        mpn_copyi(to, from, size);
}

Word bignum_shift_right(const Word *a)
{
    mp_size_t limbs = SIZE(a[3] / GMP_NUMB_BITS), size = SIZE(a[2]) - limbs;
    shift_right(LIMBS(a[0]), LIMBS(a[1]) + limbs, size, a[3] % GMP_NUMB_BITS);
    return LIMBS(a[0])[size - 1];
}

/* Of a negative number's magnitude: rounded up. The result has a limb more if no bits within limbs are
 * shifted. */
Word bignum_shift_right_negative(const Word *a)
{
    mp_limb_t *to = LIMBS(a[0]);
    const mp_limb_t *from = LIMBS(a[1]);
    mp_size_t limbs = SIZE(a[3] / GMP_NUMB_BITS), size = SIZE(a[2]) - limbs;
    unsigned bits = a[3] % GMP_NUMB_BITS;
    bool is_exact = mpn_scan1(from, 0) >= a[3];
    shift_right(to, from + limbs, size, bits);
    if (!bits) to[size++] = 0;
    if (!is_exact) mpn_add_1(to, to, size, 1);
    return to[size - 1];
}

Word bignum_shift_left(const Word *a)
{
    mp_limb_t *to = LIMBS(a[0]);
    const mp_limb_t *from = LIMBS(a[1]);
    mp_size_t limbs = SIZE(a[3] / GMP_NUMB_BITS), size = SIZE(a[2]);
    unsigned bits = a[3] % GMP_NUMB_BITS;
    mpn_zero(to, limbs);
    if (bits) return to[limbs + size] = mpn_lshift(to + limbs, from, size, bits);
    mpn_copyi(to + limbs, from, size);
    return to[limbs + size - 1];
}

/* ---- Bits: (result, limbs, limbs, size) */

#define BITWISE(name, operation)                                                                             \
    Word name(const Word *a)                                                                                 \
    {                                                                                                        \
        if (SIZE(a[3]) > 0) operation(LIMBS(a[0]), LIMBS(a[1]), LIMBS(a[2]), SIZE(a[3]));                    \
        return 0;                                                                                            \
    }
BITWISE(bignum_and, mpn_and_n)
BITWISE(bignum_and_not, mpn_andn_n)
BITWISE(bignum_or, mpn_ior_n)
BITWISE(bignum_xor, mpn_xor_n)

/* ---- Division: (result, limbs, size, limbs, size), the second no longer than the first and not 0 */

Word bignum_quotient(const Word *a)
{
    mpz_t x, y, quotient;
    mpz_init(quotient);
    mpz_tdiv_q(quotient, number(x, a[1], a[2]), number(y, a[3], a[4]));
    store_wide(a[0], SIZE(a[2]) - SIZE(a[4]) + 1, quotient);
    return 0;
}

Word bignum_remainder(const Word *a)
{
    mpz_t x, y, remainder;
    mpz_init(remainder);
    mpz_tdiv_r(remainder, number(x, a[1], a[2]), number(y, a[3], a[4]));
    store_wide(a[0], SIZE(a[4]), remainder);
    return 0;
}

/* ---- Common divisors */

/* (limb, limb) */
Word bignum_gcd_limbs(const Word *a) { return a[0] && a[1] ? mpn_gcd_1(a, 1, a[1]) : a[0] | a[1]; }

/* (limbs, size, limb) */
Word bignum_gcd_limb(const Word *a)
{
    mpz_t x;
    return mpz_gcd_ui(NULL, number(x, a[0], a[1]), a[2]);
}

/* (result, limbs, size, limbs, size) -> size */
Word bignum_gcd(const Word *a)
{
    mpz_t x, y, gcd;
    mpz_init(gcd);
    mpz_gcd(gcd, number(x, a[1], a[2]), number(y, a[3], a[4]));
    return (Word)store(a[0], gcd);
}

/* (s, its size, t, its size, divisor, its size, limbs x, size, limbs y, size), x s + y t = divisor */
Word bignum_gcd_extended(const Word *a)
{
    mpz_t x, y, s, t, gcd;
    mpz_inits(s, t, gcd, NULL);
    mpz_gcdext(gcd, s, t, number(x, a[6], a[7]), number(y, a[8], a[9]));
    *(int32_t *)a[1] = (int32_t)store(a[0], s);
    *(int32_t *)a[3] = (int32_t)store(a[2], t);
    *(int32_t *)a[5] = (int32_t)store(a[4], gcd);
    return 0;
}

/* ---- Modular arithmetic */

/* (result, limbs, size, limbs of the modulus, size) -> size; 0: there is no inverse */
Word bignum_inverse(const Word *a)
{
    mpz_t x, modulus, inverse;
    mpz_init(inverse);
    if (mpz_sgn(number(modulus, a[3], a[4])) == 0 || !mpz_invert(inverse, number(x, a[1], a[2]), modulus))
        mpz_set_ui(inverse, 0);
    return (Word)store(a[0], inverse);
}

/* (result, limbs of base, size, of the exponent, size, of the modulus, size) -> size */
Word bignum_power(const Word *a)
{
    mpz_t base, exponent, modulus, power;
    mpz_init(power);
    mpz_powm(power, number(base, a[1], a[2]), number(exponent, a[3], a[4]), number(modulus, a[5], a[6]));
    return (Word)store(a[0], power);
}

/* (limbs of base, size, of the exponent, size, modulus) */
Word bignum_power_limb(const Word *a)
{
    mpz_t base, exponent, modulus, power;
    mpz_init(power);
    mpz_powm(power, number(base, a[0], a[1]), number(exponent, a[2], a[3]), number(modulus, (Word)&a[4], 1));
    return low_limb(power);
}

/* (base, exponent, modulus) */
Word bignum_power_limbs(const Word *a)
{
    return bignum_power_limb((const Word[]){(Word)&a[0], 1, (Word)&a[1], 1, a[2]});
}

/* ---- (limbs, size, exponent of 2): as a double, bits that do not fit cut off */

static int64_t within(int64_t bound, int64_t x) { return x > bound ? bound : x < -bound ? -bound : x; }

double bignum_double(const Word *a)
{
    mpz_t x;
    long exponent;
    double significand = mpz_get_d_2exp(&exponent, number(x, a[0], a[1]));
    return ldexp(significand, (int)within(INT_MAX, within(INT64_MAX / 2, (int64_t)a[2]) + exponent));
}
