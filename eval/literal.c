/* Numbers as text: 5# -5# 0xff# 3## D1.5 D1.0e-2 F2.0 D-Infinity DNaN, read and written.
 *
 * Always true: what is written is the shortest text that is read back as the same bits, in the layout of
 * GHC's `show`; the process's locale plays no part. */
#include "eval/lexer_private.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 400 }; /* of a float's text: beyond every double's exact decimal expansion in use */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int digit_value(char c)
{
    if (is_digit(c)) return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/* Digits up to `end` in that base; false if there is something else or nothing. *fits: within 64 bits. */
static bool parse_digits(const char *at, const char *end, int base, uint64_t *value, bool *fits)
{
    *value = 0;
    *fits = true;
    for (const char *c = at; c < end; c++) {
        int digit = digit_value(*c);
        if (digit >= base) return false;
        if (__builtin_mul_overflow(*value, (uint64_t)base, value)) *fits = false;
        if (__builtin_add_overflow(*value, (uint64_t)digit, value)) *fits = false;
    }
    return at < end;
}

/* The hashes at the end of a number: 1 Int#, 2 Word#. */
static int count_hashes(const char *text, size_t length)
{
    int n = 0;
    while (length > 0 && text[length - 1] == '#') length--, n++;
    return n;
}

static bool parse_integer(const char *text, size_t length, Literal *lit, const char **problem)
{
    int hashes = count_hashes(text, length);
    const char *at = text, *end = text + length - hashes;
    bool negative = *at == '-', fits;
    if (negative) at++;
    int base = end - at > 2 && at[0] == '0' && (at[1] | 0x20) == 'x' ? 16 : 10;
    uint64_t value;
    bool has_point = memchr(text, '.', length);
    *problem = has_point ? "not a number: expected D1.5 (Double#) or F1.5 (Float#)"
                         : "not a number: expected 5# (Int#) or 5## (Word#)";
    if (!parse_digits(base == 16 ? at + 2 : at, end, base, &value, &fits)) return false;
    if (hashes != 1 && hashes != 2) return false;
    *problem =
        hashes == 1 ? "this number does not fit into an Int#" : "this number does not fit into a Word#";
    uint64_t limit = hashes == 2 ? (negative ? 0 : UINT64_MAX) : (uint64_t)INT64_MAX + negative;
    if (!fits || value > limit) return false;
    *lit = (Literal){.kind = hashes == 1 ? LIT_INT : LIT_WORD, .bits = negative ? -value : value};
    return true;
}

/* -?digits.digits(e-?digits)? */
static bool has_shape_of_float(const char *at)
{
    if (*at == '-') at++;
    size_t whole = strspn(at, "0123456789");
    if (whole == 0 || at[whole] != '.') return false;
    at += whole + 1;
    size_t part = strspn(at, "0123456789");
    if (part == 0) return false;
    at += part;
    if (*at == 0) return true;
    if (*at++ != 'e') return false;
    if (*at == '-') at++;
    size_t exponent = strspn(at, "0123456789");
    return exponent > 0 && at[exponent] == 0;
}

static double strtod_c(const char *text, bool is_float)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    require(c, "no C locale");
    double d = is_float ? (double)strtof_l(text, NULL, c) : strtod_l(text, NULL, c);
    freelocale(c);
    return d;
}

static Word bits_of(double d, bool is_float)
{
    uint64_t bits = 0;
    float f = (float)d;
    if (is_float)
        memcpy(&bits, &f, sizeof f);
    else
        memcpy(&bits, &d, sizeof d);
    return bits;
}

static bool parse_float_value(const char *text, bool is_float, Literal *lit, const char **problem)
{
    lit->kind = is_float ? LIT_FLOAT : LIT_DOUBLE;
    bool finite = has_shape_of_float(text);
    if (strcmp(text, "NaN") == 0)
        lit->bits = is_float ? 0x7fc00000u : 0x7ff8000000000000u;
    else if (strcmp(text, "Infinity") == 0)
        lit->bits = bits_of(__builtin_inf(), is_float);
    else if (strcmp(text, "-Infinity") == 0)
        lit->bits = bits_of(-__builtin_inf(), is_float);
    else if (finite)
        lit->bits = bits_of(strtod_c(text, is_float), is_float);
    else
        return false;
    bool overflow = finite && __builtin_isinf(strtod_c(text, is_float));
    if (overflow) *problem = is_float ? "out of range for a Float#" : "out of range for a Double#";
    return !overflow;
}

static bool parse_float(const char *text, size_t length, Literal *lit, const char **problem)
{
    char copy[LONGEST_NUMBER + 1];
    if (length > LONGEST_NUMBER) return false;
    memcpy(copy, text + 1, length - 1);
    copy[length - 1] = 0;
    return strlen(copy) == length - 1 && parse_float_value(copy, text[0] == 'F', lit, problem);
}

bool literal_parse_number(const char *text, size_t length, Literal *lit, const char **problem)
{
    *problem = NULL;
    *lit = (Literal){0};
    bool is_integer = is_digit(text[0]) || (length > 1 && text[0] == '-' && is_digit(text[1]));
    if (is_integer) return parse_integer(text, length, lit, problem);
    return length > 1 && (text[0] == 'D' || text[0] == 'F') && parse_float(text, length, lit, problem);
}

/* ---- Writing */

/* A finite number's shortest decimal digits d1 d2 …, worth 0.d1d2… × 10^exponent. */
typedef struct Decimal {
    bool negative;
    char digits[20];
    int exponent;
} Decimal;

static double float_value(const Literal *lit)
{
    double d;
    float f;
    if (lit->kind == LIT_FLOAT) return memcpy(&f, &lit->bits, sizeof f), (double)f;
    return memcpy(&d, &lit->bits, sizeof d), d;
}

/* %e's text "-1.25e-03" without the sign and the point, whichever character the locale has for it. */
static Decimal decimal_split(const char *text, bool negative)
{
    Decimal d = {.negative = negative};
    if (negative) text++;
    size_t n = 0;
    for (; *text && *text != 'e'; text++)
        if (is_digit(*text)) d.digits[n++] = *text;
    d.exponent = (int)strtol(text + 1, NULL, 10) + 1;
    return d;
}

static void decimal_join(const Decimal *d, char *out)
{
    snprintf(out, 40, "%s%c.%se%d", d->negative ? "-" : "", d->digits[0], d->digits[1] ? d->digits + 1 : "0",
             d->exponent - 1);
}

static Decimal decimal_shortest(const Literal *lit)
{
    double value = float_value(lit);
    bool is_float = lit->kind == LIT_FLOAT;
    Decimal d = {0};
    for (int precision = 0; precision <= 17; precision++) {
        char text[40];
        snprintf(text, sizeof text, "%.*e", precision, value);
        d = decimal_split(text, value < 0 || (value == 0 && __builtin_signbit(value)));
        decimal_join(&d, text);
        if (bits_of(strtod_c(text, is_float), is_float) == lit->bits) break;
    }
    return d;
}

/* 0.1 <= x < 10^7: all digits before the point, padded, then the rest. */
static void print_plain(const Decimal *d, char *out)
{
    int count = (int)strlen(d->digits);
    if (d->negative) *out++ = '-';
    if (d->exponent <= 0) *out++ = '0';
    for (int i = 0; i < d->exponent; i++) *out++ = i < count ? d->digits[i] : '0';
    *out++ = '.';
    strcpy(out, d->exponent < count ? d->digits + d->exponent : "0");
}

void literal_print_float(const Literal *lit, char *out)
{
    double value = float_value(lit);
    *out++ = lit->kind == LIT_FLOAT ? 'F' : 'D';
    if (value != value) {
        strcpy(out, "NaN");
    } else if (__builtin_isinf(value)) {
        strcpy(out, value < 0 ? "-Infinity" : "Infinity");
    } else if (value == 0) {
        strcpy(out, __builtin_signbit(value) ? "-0.0" : "0.0");
    } else {
        Decimal d = decimal_shortest(lit);
        if (d.exponent >= 0 && d.exponent <= 7)
            print_plain(&d, out);
        else
            decimal_join(&d, out);
    }
}
