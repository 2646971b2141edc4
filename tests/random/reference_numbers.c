/* The arithmetic of the reference, as GHC's primops.txt.pp describes it, bit by bit where that is slow and
 * plain. */
#include <math.h>
#include <string.h>

#include "tests/random/reference_private.h"

typedef unsigned __int128 Wide;

static double to_double(Word w)
{
    double d;
    memcpy(&d, &w, 8);
    return d;
}

static Word from_double(double d)
{
    Word w;
    memcpy(&w, &d, 8);
    return w;
}

static float to_float(Word w)
{
    float f;
    memcpy(&f, &w, 4);
    return f;
}

static Word from_float(float f)
{
    Word w = 0;
    memcpy(&w, &f, 4);
    return w;
}

/* The low bits of w, as a number with or without a sign. */
static Word low(Word w, int bits) { return bits == 64 ? w : w & (((Word)1 << bits) - 1); }
static Word low_signed(Word w, int bits)
{
    Word sign = (Word)1 << (bits - 1);
    return (low(w, bits) ^ sign) - sign;
}

static Word truncated(double d)
{
    if (!(d > -9.3e18 && d < 9.3e18)) return (Word)1 << 63;
    double whole = trunc(d);
    if (whole >= 9223372036854775808.0 || whole < -9223372036854775808.0) return (Word)1 << 63;
    return (Word)(int64_t)whole;
}

static Word ones(Word w)
{
    Word n = 0;
    for (int i = 0; i < 64; i++) n += w >> i & 1;
    return n;
}

static Word zeros_above(Word w, int bits)
{
    int n = 0;
    while (n < bits && !(w >> (bits - 1 - n) & 1)) n++;
    return (Word)n;
}

static Word zeros_below(Word w, int bits)
{
    int n = 0;
    while (n < bits && !(w >> n & 1)) n++;
    return (Word)n;
}

static Word reversed(Word w, int bits)
{
    Word r = 0;
    for (int i = 0; i < bits; i++)
        if (w >> i & 1) r |= (Word)1 << (bits - 1 - i);
    return r;
}

static Word bytes_swapped(Word w, int bytes)
{
    Word r = 0;
    for (int i = 0; i < bytes; i++) r |= (w >> 8 * i & 0xff) << 8 * (bytes - 1 - i);
    return r;
}

static Word deposited(Word w, Word mask)
{
    Word r = 0;
    for (int i = 0, next = 0; i < 64; i++)
        if (mask >> i & 1) r |= (w >> next++ & 1) << i;
    return r;
}

static Word extracted(Word w, Word mask)
{
    Word r = 0;
    for (int i = 0, next = 0; i < 64; i++)
        if (mask >> i & 1) r |= (w >> i & 1) << next++;
    return r;
}

static Word remainder_of(Word x, Word y)
{
    int64_t a = (int64_t)x, b = (int64_t)y;
    return b == -1 ? 0 : (Word)(a % b);
}

static Word quotient_of(Word x, Word y)
{
    int64_t a = (int64_t)x, b = (int64_t)y;
    return b == -1 ? 0 - x : (Word)(a / b);
}

static bool sum_overflows(Word x, Word y)
{
    __int128 sum = (__int128)(int64_t)x + (int64_t)y;
    return sum != (int64_t)sum;
}

static bool difference_overflows(Word x, Word y)
{
    __int128 difference = (__int128)(int64_t)x - (int64_t)y;
    return difference != (int64_t)difference;
}

static bool product_overflows(Word x, Word y)
{
    __int128 product = (__int128)(int64_t)x * (int64_t)y;
    return product != (int64_t)product;
}

/* Mantissa and exponent of a number that is neither 0 nor infinite, so that the mantissa has `digits` bits.
 */
static int64_t mantissa_of(double d, int digits, int *exponent)
{
    double fraction = frexp(d, exponent);
    *exponent -= digits;
    return (int64_t)ldexp(fraction, digits);
}

static bool is_plain(double d) { return d != 0 && isfinite(d); }

#define S(n) ((int64_t)x[n])
#define D(n) to_double(x[n])
#define F(n) to_float(x[n])

#define ONE(id, value)                                                                                       \
    case PRIM_##id:                                                                                          \
        r[0] = (Word)(value);                                                                                \
        return 1;
#define DOUBLE(id, value)                                                                                    \
    case PRIM_##id:                                                                                          \
        r[0] = from_double(value);                                                                           \
        return 1;
#define FLOAT(id, value)                                                                                     \
    case PRIM_##id:                                                                                          \
        r[0] = from_float(value);                                                                            \
        return 1;
#define TWO(id, first, second)                                                                               \
    case PRIM_##id:                                                                                          \
        r[0] = (Word)(first), r[1] = (Word)(second);                                                         \
        return 2;
#define COMPARE(T, x, y)                                                                                     \
    ONE(T##Eq, (x) == (y))                                                                                   \
    ONE(T##Ne, (x) != (y))                                                                                   \
    ONE(T##Lt, (x) < (y)) ONE(T##Le, (x) <= (y)) ONE(T##Gt, (x) > (y)) ONE(T##Ge, (x) >= (y))

static int whole_numbers(PrimopId id, const Word *x, Word *r)
{
    switch (id) {
        ONE(IntAdd, x[0] + x[1])
        ONE(IntSub, x[0] - x[1])
        ONE(IntMul, x[0] * x[1])
        ONE(IntNegate, 0 - x[0])
        COMPARE(Int, S(0), S(1))
        ONE(IntAnd, x[0] & x[1])
        ONE(IntOr, x[0] | x[1])
        ONE(IntXor, x[0] ^ x[1])
        ONE(IntNot, ~x[0])
        ONE(IntShiftL, x[0] << (x[1] & 63))
        ONE(IntShiftRA, S(0) >> (x[1] & 63))
        ONE(IntShiftRL, x[0] >> (x[1] & 63))
        ONE(IntMulMayOflo, product_overflows(x[0], x[1]))
        TWO(IntAddC, x[0] + x[1], sum_overflows(x[0], x[1]))
        TWO(IntSubC, x[0] - x[1], difference_overflows(x[0], x[1]))
        ONE(Narrow8Int, low_signed(x[0], 8))
        ONE(Narrow16Int, low_signed(x[0], 16))
        ONE(Narrow32Int, low_signed(x[0], 32))
    case PRIM_IntMul2: {
        __int128 product = (__int128)S(0) * S(1);
        r[0] = product_overflows(x[0], x[1]);
        r[1] = (Word)(product >> 64);
        r[2] = (Word)product;
        return 3;
    }
        ONE(WordAdd, x[0] + x[1])
        ONE(WordSub, x[0] - x[1])
        ONE(WordMul, x[0] * x[1])
        COMPARE(Word, x[0], x[1])
        ONE(WordAnd, x[0] & x[1])
        ONE(WordOr, x[0] | x[1])
        ONE(WordXor, x[0] ^ x[1])
        ONE(WordNot, ~x[0])
        ONE(WordShiftL, x[0] << (x[1] & 63))
        ONE(WordShiftRL, x[0] >> (x[1] & 63))
        ONE(IntToWord, x[0])
        ONE(WordToInt, x[0])
        ONE(Narrow8Word, low(x[0], 8))
        ONE(Narrow16Word, low(x[0], 16))
        ONE(Narrow32Word, low(x[0], 32))
        TWO(WordAddC, x[0] + x[1], x[0] + x[1] < x[0])
        TWO(WordSubC, x[0] - x[1], x[0] < x[1])
        TWO(WordAdd2, x[0] + x[1] < x[0], x[0] + x[1])
        TWO(WordMul2, ((Wide)x[0] * x[1]) >> 64, x[0] * x[1])
        COMPARE(Char, x[0], x[1])
        ONE(Ord, x[0])
        ONE(Chr, x[0])
        ONE(AddrAdd, x[0] + x[1])
        ONE(AddrSub, x[0] - x[1])
        COMPARE(Addr, x[0], x[1])
    default: return -1;
    }
}

static int divisions(PrimopId id, const Word *x, Word *r)
{
#define DIVISION(T, quot, rem)                                                                               \
    case PRIM_##T##Quot:                                                                                     \
    case PRIM_##T##Rem:                                                                                      \
    case PRIM_##T##QuotRem:                                                                                  \
        if (!x[1]) return -2;                                                                                \
        r[0] = id == PRIM_##T##Rem ? (Word)(rem) : (Word)(quot);                                             \
        r[1] = (Word)(rem);                                                                                  \
        return id == PRIM_##T##QuotRem ? 2 : 1;
    switch (id) {
        DIVISION(Int, quotient_of(x[0], x[1]), remainder_of(x[0], x[1]))
        DIVISION(Word, x[0] / x[1], x[0] % x[1])
        DIVISION(Int8, low_signed(quotient_of(x[0], x[1]), 8), remainder_of(x[0], x[1]))
        DIVISION(Int16, low_signed(quotient_of(x[0], x[1]), 16), remainder_of(x[0], x[1]))
        DIVISION(Word8, x[0] / x[1], x[0] % x[1])
        DIVISION(Word16, x[0] / x[1], x[0] % x[1])
    default: return -1;
    }
}

static int narrow_numbers(PrimopId id, const Word *x, Word *r)
{
#define NARROW(T, bits, cut, x, y)                                                                           \
    ONE(T##Extend, cut(x[0], bits))                                                                          \
    ONE(T##Narrow, cut(x[0], bits))                                                                          \
    ONE(T##Add, cut(x[0] + x[1], bits))                                                                      \
    ONE(T##Sub, cut(x[0] - x[1], bits)) ONE(T##Mul, cut(x[0] * x[1], bits))
    switch (id) {
        NARROW(Int8, 8, low_signed, x, y)
        NARROW(Int16, 16, low_signed, x, y)
        NARROW(Word8, 8, low, x, y)
        NARROW(Word16, 16, low, x, y)
        COMPARE(Int8, S(0), S(1))
        COMPARE(Int16, S(0), S(1))
        COMPARE(Word8, x[0], x[1])
        COMPARE(Word16, x[0], x[1])
        ONE(Int8Negate, low_signed(0 - x[0], 8))
        ONE(Int16Negate, low_signed(0 - x[0], 16))
        ONE(Word8Not, low(~x[0], 8))
        ONE(Word16Not, low(~x[0], 16))
    default: return -1;
    }
}

static int bits_of_words(PrimopId id, const Word *x, Word *r)
{
#define BITS(n)                                                                                              \
    ONE(PopCnt##n, ones(low(x[0], n)))                                                                       \
    ONE(Clz##n, zeros_above(x[0], n))                                                                        \
    ONE(Ctz##n, zeros_below(x[0], n))                                                                        \
    ONE(Pdep##n, deposited(x[0], x[1]))                                                                      \
    ONE(Pext##n, extracted(x[0], x[1])) ONE(BitReverse##n, reversed(x[0], n))
    switch (id) {
        BITS(8)
        BITS(16)
        BITS(32)
        BITS(64)
        ONE(PopCnt, ones(x[0]))
        ONE(Clz, zeros_above(x[0], 64))
        ONE(Ctz, zeros_below(x[0], 64))
        ONE(Pdep, deposited(x[0], x[1]))
        ONE(Pext, extracted(x[0], x[1]))
        ONE(BitReverse, reversed(x[0], 64))
        ONE(ByteSwap, bytes_swapped(x[0], 8))
        ONE(ByteSwap64, bytes_swapped(x[0], 8))
        ONE(ByteSwap32, bytes_swapped(x[0], 4))
        ONE(ByteSwap16, bytes_swapped(x[0], 2))
    default: return -1;
    }
}

static int decodings(PrimopId id, const Word *x, Word *r)
{
    int exponent = 0;
    int64_t mantissa;
    switch (id) {
    case PRIM_DoubleDecode:
        if (D(0) != 0 && !isfinite(D(0))) return -1;
        mantissa = is_plain(D(0)) ? mantissa_of(D(0), 53, &exponent) : 0;
        r[0] = (Word)mantissa, r[1] = (Word)(int64_t)exponent;
        return 2;
    case PRIM_DoubleDecode2:
        if (D(0) != 0 && !isfinite(D(0))) return -1;
        mantissa = is_plain(D(0)) ? mantissa_of(D(0), 53, &exponent) : 0;
        r[0] = mantissa < 0 ? (Word)-1 : 1;
        mantissa = mantissa < 0 ? -mantissa : mantissa;
        r[1] = (Word)mantissa >> 32, r[2] = low((Word)mantissa, 32), r[3] = (Word)(int64_t)exponent;
        return 4;
    case PRIM_FloatDecode:
        if (F(0) != 0 && !isfinite(F(0))) return -1;
        mantissa = is_plain(F(0)) ? mantissa_of(F(0), 24, &exponent) : 0;
        r[0] = (Word)mantissa, r[1] = (Word)(int64_t)exponent;
        return 2;
    default: return -1;
    }
}

__attribute__((no_sanitize("undefined"))) static int fractions(PrimopId id, const Word *x, Word *r)
{
    switch (id) {
        DOUBLE(DoubleAdd, D(0) + D(1))
        DOUBLE(DoubleSub, D(0) - D(1))
        DOUBLE(DoubleMul, D(0) * D(1))
        DOUBLE(DoubleDiv, D(0) / D(1))
        DOUBLE(DoubleNegate, -D(0))
        DOUBLE(DoubleFabs, fabs(D(0)))
        DOUBLE(DoubleSqrt, sqrt(D(0)))
        DOUBLE(DoublePower, pow(D(0), D(1)))
        COMPARE(Double, D(0), D(1))
        DOUBLE(IntToDouble, (double)S(0))
        DOUBLE(WordToDouble, (double)x[0])
        ONE(DoubleToInt, truncated(D(0)))
        FLOAT(FloatAdd, F(0) + F(1))
        FLOAT(FloatSub, F(0) - F(1))
        FLOAT(FloatMul, F(0) * F(1))
        FLOAT(FloatDiv, F(0) / F(1))
        FLOAT(FloatNegate, -F(0))
        FLOAT(FloatFabs, fabsf(F(0)))
        FLOAT(FloatSqrt, sqrtf(F(0)))
        FLOAT(FloatPower, powf(F(0), F(1)))
        COMPARE(Float, F(0), F(1))
        FLOAT(IntToFloat, (float)S(0))
        FLOAT(WordToFloat, (float)x[0])
        ONE(FloatToInt, truncated((double)F(0)))
        DOUBLE(FloatToDouble, (double)F(0))
        FLOAT(DoubleToFloat, (float)D(0))
        ONE(CastWord64ToDouble, x[0])
        ONE(CastDoubleToWord64, x[0])
        ONE(CastWord32ToFloat, low(x[0], 32))
        ONE(CastFloatToWord32, low(x[0], 32))
#define C_FUNCTION(name) DOUBLE(Double_##name, name(D(0))) FLOAT(Float_##name, name##f(F(0)))
#include "eval/c_functions.def"
#undef C_FUNCTION
    default: return -1;
    }
}

int reference_number(PrimopId id, const Word *x, Word *r)
{
    static int (*const parts[])(PrimopId, const Word *, Word *) = {whole_numbers, divisions, narrow_numbers,
                                                                   bits_of_words, decodings, fractions};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int count = parts[i](id, x, r);
        if (count != -1) return count;
    }
    return -1;
}
