/* The primitives of class COMPUTE: numbers from numbers, one function each, which the loop calls through one
 * instruction. */
#include "eval/numbers.h"

#include <math.h>

typedef unsigned __int128 DoubleWord;

/* ---- Two words */

static void two_words(DoubleWord product, Word *r)
{
    r[0] = (Word)(product >> 64);
    r[1] = (Word)product;
}

/* GHC: (# is the high word more than the low one's sign?, high, low #) */
static void multiply_signed(int64_t x, int64_t y, Word *r)
{
    two_words((DoubleWord)((__int128)x * y), r + 1);
    r[0] = (int64_t)r[1] != (int64_t)r[2] >> 63;
}

/* GHC has no answer for a quotient of more than a word, nor for a divisor of 0: ours are its low word, and 0.
 */
static void divide_two_words(const Word *a, Word *r)
{
    DoubleWord dividend = (DoubleWord)a[0] << 64 | a[1];
    r[0] = a[2] ? (Word)(dividend / a[2]) : 0;
    r[1] = a[2] ? (Word)(dividend % a[2]) : 0;
}

/* ---- Bits */

/* The low bits of x, in order, to the places that are set in `mask`. */
static Word deposit_bits(Word x, Word mask)
{
    Word result = 0;
    for (; mask; mask &= mask - 1, x >>= 1)
        if (x & 1) result |= mask & (0 - mask);
    return result;
}

/* The bits of x at the places that are set in `mask`, in order, to the low end. */
static Word extract_bits(Word x, Word mask)
{
    Word result = 0;
    for (int i = 0; mask; mask &= mask - 1, i++)
        if (x & mask & (0 - mask)) result |= (Word)1 << i;
    return result;
}

static Word swap_groups(Word x, Word low, int distance)
{
    return (x & low) << distance | (x >> distance & low);
}

static Word reverse_bits(Word x)
{
    x = swap_groups(x, 0x5555555555555555u, 1);
    x = swap_groups(x, 0x3333333333333333u, 2);
    x = swap_groups(x, 0x0f0f0f0f0f0f0f0fu, 4);
    return __builtin_bswap64(x);
}

/* ---- Mantissa and exponent. Follows: GHC, rts/StgPrimFloat.c: 0 is (0, 0), infinities and NaN are what
 * their bits would be one exponent further on. */

static Word with_sign(uint64_t bits, uint64_t mantissa) { return bits >> 63 ? 0 - mantissa : mantissa; }

/* Significand of so many bits, normalised; its exponent counts from the last of them. */
static int decode(uint64_t fraction, int exponent, int fraction_bits, int bias, uint64_t *mantissa)
{
    uint64_t hidden = (uint64_t)1 << fraction_bits;
    *mantissa = fraction;
    if (exponent == 0 && fraction == 0) return 0;
    int e = exponent - bias - fraction_bits;
    if (exponent) {
        *mantissa |= hidden;
        return e;
    }
    for (e++; !(*mantissa & hidden); e--) *mantissa <<= 1;
    return e;
}

static int decode_bits_of_double(uint64_t bits, uint64_t *mantissa)
{
    return decode(bits & 0xfffffffffffffu, (int)(bits >> 52 & 0x7ff), 52, 1023, mantissa);
}

static void decode_double(double d, Word *r)
{
    uint64_t bits = double_word(d), mantissa;
    int exponent = decode_bits_of_double(bits, &mantissa);
    r[0] = with_sign(bits, mantissa);
    r[1] = (Word)(int64_t)exponent;
}

/* GHC: (# sign, high half, low half, exponent #) */
static void decode_double_in_halves(double d, Word *r)
{
    uint64_t bits = double_word(d), mantissa;
    int exponent = decode_bits_of_double(bits, &mantissa);
    r[0] = bits >> 63 && mantissa ? (Word)-1 : 1;
    r[1] = mantissa >> 32;
    r[2] = (uint32_t)mantissa;
    r[3] = (Word)(int64_t)exponent;
}

static void decode_float(float f, Word *r)
{
    uint64_t bits = float_word(f), mantissa;
    int exponent = decode(bits & 0x7fffffu, (int)(bits >> 23 & 0xff), 23, 127, &mantissa);
    r[0] = with_sign(bits << 32, mantissa);
    r[1] = (Word)(int64_t)exponent;
}

/* ---- The table */

#define NUMBER1(primitive, arg, result, value)                                                               \
    static void number_##primitive(const Word *a, Word *r)                                                   \
    {                                                                                                        \
        arg x = WORD_TO_##arg(a[0]);                                                                         \
        r[0] = result##_TO_WORD(value);                                                                      \
    }
#define NUMBER2(primitive, arg, result, value)                                                               \
    static void number_##primitive(const Word *a, Word *r)                                                   \
    {                                                                                                        \
        arg x = WORD_TO_##arg(a[0]), y = WORD_TO_##arg(a[1]);                                                \
        r[0] = result##_TO_WORD(value);                                                                      \
    }
#define NUMBERS(primitive, statement)                                                                        \
    static void number_##primitive(const Word *a, Word *r)                                                   \
    {                                                                                                        \
        (void)a;                                                                                             \
        statement;                                                                                           \
    }
#include "eval/numbers.def"
#undef NUMBER1
#undef NUMBER2
#undef NUMBERS

const NumberFunction number_functions[PRIM_COUNT] = {
#define NUMBER1(primitive, arg, result, value) [PRIM_##primitive] = number_##primitive,
#define NUMBER2(primitive, arg, result, value) [PRIM_##primitive] = number_##primitive,
#define NUMBERS(primitive, statement)          [PRIM_##primitive] = number_##primitive,
#include "eval/numbers.def"
#undef NUMBER1
#undef NUMBER2
#undef NUMBERS
};
