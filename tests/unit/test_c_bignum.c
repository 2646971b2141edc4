/* eval/c_bignum.c: each function beside what GMP's numbers of any size make of the same. */
#include <criterion/criterion.h>
#include <gmp.h>
#include <math.h>
#include <string.h>

#include "eval/c_bignum.h"

enum { ROUNDS = 3000, MOST_BITS = 400, ROOM = 24 };

#define UNTOUCHED UINT64_C(0x5aa55aa55aa55aa5)

typedef struct World {
    gmp_randstate_t random;
    mpz_t x, y, z, expected;
    Word result[ROOM];
} World;

static World world;

static void setup(void)
{
    gmp_randinit_default(world.random);
    gmp_randseed_ui(world.random, 1);
    mpz_inits(world.x, world.y, world.z, world.expected, NULL);
}

static void teardown(void)
{
    mpz_clears(world.x, world.y, world.z, world.expected, NULL);
    gmp_randclear(world.random);
}

TestSuite(c_bignum, .init = setup, .fini = teardown);

static unsigned long below(unsigned long n) { return gmp_urandomm_ui(world.random, n); }

/* Long runs of equal bits; never 0. */
static void draw(mpz_t z)
{
    do mpz_rrandomb(z, world.random, 1 + below(MOST_BITS));
    while (mpz_sgn(z) == 0);
}

static Word limbs(const mpz_t z) { return (Word)mpz_limbs_read(z); }
static Word size(const mpz_t z) { return mpz_size(z); }

#define CALL(function, ...) function((const Word[]){__VA_ARGS__})

static Word fresh_result(void)
{
    for (unsigned i = 0; i < ROOM; i++) world.result[i] = UNTOUCHED;
    return (Word)world.result;
}

/* Is what has been written the expected number in so many limbs, and nothing behind it? */
static void wrote(const char *name, Word count)
{
    mpz_t written;
    cr_assert_leq(count, ROOM - 1, "%s", name);
    bool same = mpz_cmp(mpz_roinit_n(written, world.result, (mp_size_t)count), world.expected) == 0;
    cr_assert(same, "%s of %s", name, mpz_get_str(NULL, 16, world.x));
    cr_assert_eq(world.result[count], UNTOUCHED, "%s writes too far", name);
}

Test(c_bignum, shifts)
{
    for (int i = 0; i < ROUNDS; i++) {
        draw(world.x);
        Word count = size(world.x), bits = 1 + below(count * 64 - 1), left = 1 + below(200);
        mpz_tdiv_q_2exp(world.expected, world.x, bits);
        Word top = CALL(bignum_shift_right, fresh_result(), limbs(world.x), count, bits);
        wrote("rshift", count - bits / 64);
        cr_assert_eq(top, world.result[count - bits / 64 - 1]);
        mpz_cdiv_q_2exp(world.expected, world.x, bits);
        top = CALL(bignum_shift_right_negative, fresh_result(), limbs(world.x), count, bits);
        wrote("rshift_2c", count - (bits - 1) / 64);
        cr_assert_eq(top, world.result[count - (bits - 1) / 64 - 1]);
        mpz_mul_2exp(world.expected, world.x, left);
        top = CALL(bignum_shift_left, fresh_result(), limbs(world.x), count, left);
        wrote("lshift", count + (left + 63) / 64);
        cr_assert_eq(top, world.result[count + (left + 63) / 64 - 1]);
    }
}

Test(c_bignum, bits)
{
    static const struct {
        Word (*function)(const Word *);
        void (*expected)(mpz_ptr, mpz_srcptr, mpz_srcptr);
    } rows[] = {{bignum_and, mpz_and}, {bignum_or, mpz_ior}, {bignum_xor, mpz_xor}};
    for (int i = 0; i < ROUNDS; i++) {
        draw(world.x);
        mpz_rrandomb(world.y, world.random, size(world.x) * 64);
        Word x = limbs(world.x), y = limbs(world.y), count = size(world.x);
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++) {
            rows[j].expected(world.expected, world.x, world.y);
            CALL(rows[j].function, fresh_result(), x, y, count);
            wrote("and, or, xor", count);
        }
        mpz_and(world.expected, world.x, world.y);
        mpz_sub(world.expected, world.x, world.expected);
        CALL(bignum_and_not, fresh_result(), x, y, count);
        wrote("andn", count);
    }
}

Test(c_bignum, division)
{
    for (int i = 0; i < ROUNDS; i++) {
        draw(world.x), draw(world.y);
        if (size(world.x) < size(world.y)) mpz_swap(world.x, world.y);
        Word x = limbs(world.x), y = limbs(world.y), count = size(world.x), other = size(world.y);
        mpz_fdiv_q(world.expected, world.x, world.y);
        CALL(bignum_quotient, fresh_result(), x, count, y, other);
        wrote("quotient", count - other + 1);
        mpz_mul(world.expected, world.expected, world.y);
        mpz_sub(world.expected, world.x, world.expected);
        CALL(bignum_remainder, fresh_result(), x, count, y, other);
        wrote("remainder", other);
    }
}

Test(c_bignum, common_divisors)
{
    for (int i = 0; i < ROUNDS; i++) {
        draw(world.x), draw(world.y), draw(world.z);
        mpz_mul(world.x, world.x, world.z);
        mpz_mul(world.y, world.y, world.z);
        if (size(world.x) < size(world.y)) mpz_swap(world.x, world.y);
        mpz_gcd(world.expected, world.x, world.y);
        wrote("gcd",
              CALL(bignum_gcd, fresh_result(), limbs(world.x), size(world.x), limbs(world.y), size(world.y)));
        Word low = mpz_getlimbn(world.y, 0) | 1, first = mpz_getlimbn(world.x, 0);
        Word divisor = mpz_gcd_ui(NULL, world.x, low);
        cr_assert_eq(CALL(bignum_gcd_limb, limbs(world.x), size(world.x), low), divisor);
        mpz_set_ui(world.z, first);
        divisor = mpz_gcd_ui(NULL, world.z, low);
        cr_assert_eq(CALL(bignum_gcd_limbs, first, low), divisor);
    }
    cr_expect_eq(CALL(bignum_gcd_limbs, 0, 12), 12);
    cr_expect_eq(CALL(bignum_gcd_limbs, 12, 0), 12);
}

static void check_extended(const Word *s, int32_t s_size, const Word *t, int32_t t_size, int32_t size_)
{
    mpz_t s_view, t_view, sum;
    mpz_init(sum);
    mpz_addmul(sum, world.x, mpz_roinit_n(s_view, s, s_size));
    mpz_addmul(sum, world.y, mpz_roinit_n(t_view, t, t_size));
    mpz_gcd(world.expected, world.x, world.y);
    wrote("gcdext", (Word)size_);
    cr_assert_eq(mpz_cmp(sum, world.expected), 0, "x s + y t is not the divisor");
    mpz_clear(sum);
}

Test(c_bignum, coefficients_of_the_divisor)
{
    for (int i = 0; i < ROUNDS; i++) {
        Word s[ROOM], t[ROOM];
        int32_t sizes[3];
        draw(world.x), draw(world.y);
        Word x_size = size(world.x), y_size = size(world.y);
        if (below(2)) mpz_neg(world.x, world.x), x_size = -x_size;
        if (below(2)) mpz_neg(world.y, world.y), y_size = -y_size;
        CALL(bignum_gcd_extended, (Word)s, (Word)&sizes[0], (Word)t, (Word)&sizes[1], fresh_result(),
             (Word)&sizes[2], limbs(world.x), x_size, limbs(world.y), y_size);
        check_extended(s, sizes[0], t, sizes[1], sizes[2]);
    }
}

Test(c_bignum, modular)
{
    mpz_t one;
    mpz_init_set_ui(one, 1);
    for (int i = 0; i < ROUNDS; i++) {
        draw(world.x), draw(world.y), draw(world.z);
        Word x = limbs(world.x), x_size = size(world.x), y = limbs(world.y), y_size = size(world.y);
        Word z = limbs(world.z), z_size = size(world.z), low = mpz_getlimbn(world.z, 0) | 1;
        mpz_powm(world.expected, world.x, world.y, world.z);
        wrote("powm", CALL(bignum_power, fresh_result(), x, x_size, y, y_size, z, z_size));
        Word inverse_size = CALL(bignum_inverse, fresh_result(), x, x_size, z, z_size);
        if (mpz_invert(world.expected, world.x, world.z) == 0 || mpz_cmp(world.z, one) == 0)
            mpz_set_ui(world.expected, 0);
        wrote("invert", inverse_size);
        mpz_set_ui(world.z, low);
        mpz_powm(world.expected, world.x, world.y, world.z);
        cr_assert_eq(CALL(bignum_power_limb, x, x_size, y, y_size, low), mpz_get_ui(world.expected));
        mpz_set_ui(world.x, mpz_getlimbn(world.x, 0)), mpz_set_ui(world.y, mpz_getlimbn(world.y, 0));
        mpz_powm(world.expected, world.x, world.y, world.z);
        Word base = mpz_get_ui(world.x), exponent = mpz_get_ui(world.y);
        cr_assert_eq(CALL(bignum_power_limbs, base, exponent, low), mpz_get_ui(world.expected));
    }
    mpz_clear(one);
}

static double as_double(const mpz_t x, int64_t exponent)
{
    return CALL(bignum_double, limbs(x), size(x), (Word)exponent);
}

Test(c_bignum, doubles_are_cut_off)
{
    mpz_ui_pow_ui(world.x, 10, 40);
    mpz_add_ui(world.x, world.x, 7);
    cr_expect_eq(as_double(world.x, 0), 9.999999999999999e39);
    mpz_set_ui(world.x, UINT64_MAX);
    cr_expect_eq(as_double(world.x, 0), nextafter(0x1p64, 0));
    cr_expect_eq(as_double(world.x, -64), nextafter(1, 0));
    cr_expect_eq(as_double(world.x, INT64_MAX), INFINITY);
    cr_expect_eq(as_double(world.x, INT64_MIN), 0.0);
    mpz_set_ui(world.x, 0);
    cr_expect_eq(as_double(world.x, 3), 0.0);
    mpz_ui_pow_ui(world.x, 2, 1024);
    cr_expect_eq(as_double(world.x, 0), INFINITY);
}
