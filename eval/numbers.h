/* Numbers as primitives see them: the views of a word, and the arithmetic that C leaves undefined. */
#ifndef THUNKSCOPE_EVAL_NUMBERS_H
#define THUNKSCOPE_EVAL_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "eval/primops.h"

#define WORD_TO_Word(w)   (w)
#define WORD_TO_Int(w)    ((int64_t)(w))
#define WORD_TO_Double(w) word_double(w)
#define WORD_TO_Float(w)  word_float(w)
#define Word_TO_WORD(v)   ((Word)(v))
#define Int_TO_WORD(v)    ((Word)(int64_t)(v))
#define Double_TO_WORD(v) double_word(v)
#define Float_TO_WORD(v)  float_word(v)
typedef int64_t Int;
typedef double Double;
typedef float Float;

static inline double word_double(Word w)
{
    double d;
    memcpy(&d, &w, sizeof d);
    return d;
}

static inline Word double_word(double d)
{
    Word w;
    memcpy(&w, &d, sizeof w);
    return w;
}

/* Float# stands in the low half of its word. */
static inline float word_float(Word w)
{
    uint32_t low = (uint32_t)w;
    float f;
    memcpy(&f, &low, sizeof f);
    return f;
}

static inline Word float_word(float f)
{
    uint32_t low;
    memcpy(&low, &f, sizeof low);
    return low;
}

/* As the machine's own division does: infinities and NaN are values. */
__attribute__((no_sanitize("undefined"))) static inline double double_divide(double x, double y)
{
    return x / y;
}
__attribute__((no_sanitize("undefined"))) static inline float float_divide(float x, float y) { return x / y; }

/* What x86-64's cvttsd2si answers, for values out of range too. */
static inline int64_t double_truncate(double d)
{
    return d >= -9223372036854775808.0 && d < 9223372036854775808.0 ? (int64_t)d : INT64_MIN;
}

/* Division that cannot trap: the quotient of the least Int# by -1 is itself. */
static inline int64_t int_quot(int64_t x, int64_t y) { return y == -1 ? (int64_t)(0 - (Word)x) : x / y; }
static inline int64_t int_rem(int64_t x, int64_t y) { return y == -1 ? 0 : x % y; }

static inline bool int_mul_overflows(int64_t x, int64_t y)
{
    int64_t product;
    return __builtin_mul_overflow(x, y, &product);
}

/* The primitives of class COMPUTE (eval/numbers.def): *r and what follows become the results. They never
 * fail. */
enum { COMPUTE_MOST_ARGS = 3 };
typedef void (*NumberFunction)(const Word *args, Word *r);
extern const NumberFunction number_functions[PRIM_COUNT];

#endif
