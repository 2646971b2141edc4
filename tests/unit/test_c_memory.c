/* Memory that C gives to programs: pieces do not touch each other, keep what they hold as they are resized,
 * and stand where the same requests had them before. */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "eval/c_memory.h"

enum { PIECES = 200, OPERATIONS = 20000 };

typedef struct Piece {
    unsigned char *at;
    size_t bytes;
    unsigned char mark;
} Piece;

static uint64_t next_random(uint64_t *seed)
{
    return *seed = *seed * 6364136223846793005u + 1442695040888963407u;
}

static size_t random_size(uint64_t *seed)
{
    uint64_t r = next_random(seed) >> 33;
    return r % 50 == 0 ? r % 300000 : r % 600;
}

static void expect_kept(const Piece *p, size_t bytes)
{
    for (size_t k = 0; k < bytes; k++) cr_assert_eq(p->at[k], p->mark);
}

static void take(CMemory *m, Piece *p, uint64_t *seed)
{
    size_t align = (size_t)1 << (next_random(seed) >> 33) % 13;
    *p = (Piece){.bytes = random_size(seed), .mark = (unsigned char)(next_random(seed) >> 40)};
    p->at = c_memory_take(m, p->bytes, align);
    cr_assert(p->at && (uintptr_t)p->at % align == 0 && (uintptr_t)p->at % 16 == 0 && c_memory_is_at(p->at));
    memset(p->at, p->mark, p->bytes);
}

static void resize(CMemory *m, Piece *p, uint64_t *seed)
{
    size_t bytes = random_size(seed) + 1, kept = bytes < p->bytes ? bytes : p->bytes;
    p->at = c_memory_resize(m, p->at, bytes);
    cr_assert(p->at && (uintptr_t)p->at % 16 == 0);
    expect_kept(p, kept);
    memset(p->at, p->mark, bytes);
    p->bytes = bytes;
}

/* A hash of the addresses that came out. */
static uint64_t random_run(uint64_t seed)
{
    static Piece pieces[PIECES];
    CMemory *m = c_memory_new();
    uint64_t hash = 0;
    cr_assert(m);
    memset(pieces, 0, sizeof pieces);
    for (int k = 0; k < OPERATIONS; k++) {
        Piece *p = &pieces[next_random(&seed) % PIECES];
        if (!p->at) {
            take(m, p, &seed);
        } else if (next_random(&seed) >> 63) {
            resize(m, p, &seed);
        } else {
            expect_kept(p, p->bytes);
            c_memory_free(p->at);
            *p = (Piece){0};
        }
        hash = hash * 31 + (uintptr_t)p->at;
    }
    c_memory_delete(m);
    return hash;
}

Test(c_memory, equal_requests_equal_addresses)
{
    for (uint64_t seed = 1; seed <= 3; seed++) cr_expect_eq(random_run(seed), random_run(seed));
}

Test(c_memory, two_stores)
{
    CMemory *a = c_memory_new(), *b = c_memory_new();
    char *x = c_memory_copy(a, "one"), *y = c_memory_copy(b, "two");
    cr_expect(x != y && strcmp(x, "one") == 0 && strcmp(y, "two") == 0);
    c_memory_free(y);
    cr_expect_eq((char *)c_memory_take(b, 4, 1), y, "it went back to its own store");
    cr_expect_neq((char *)c_memory_take(a, 4, 1), x);
    c_memory_delete(a);
    c_memory_delete(b);
}

Test(c_memory, zeroed_after_use)
{
    CMemory *m = c_memory_new();
    for (size_t bytes = 1; bytes <= (size_t)1 << 20; bytes *= 4) {
        unsigned char *p = c_memory_take(m, bytes, 1);
        memset(p, 0xff, bytes);
        c_memory_free(p);
        unsigned char *q = c_memory_take_zeroed(m, bytes, 1);
        cr_expect_eq(p, q);
        for (size_t k = 0; k < bytes; k++) cr_assert_eq(q[k], 0);
    }
    c_memory_delete(m);
}

Test(c_memory, too_much)
{
    CMemory *m = c_memory_new();
    cr_expect_null(c_memory_take(m, SIZE_MAX, 1));
    cr_expect_eq(errno, ENOMEM);
    cr_expect_null(c_memory_take(m, (size_t)1 << 40, 1));
    cr_expect_null(c_memory_take(m, 1, (size_t)1 << 40));
    cr_expect_null(c_memory_take_zeroed(m, SIZE_MAX / 2, 4));
    char *p = c_memory_copy(m, "kept");
    cr_expect_null(c_memory_resize(m, p, SIZE_MAX));
    cr_expect_str_eq(p, "kept");
    c_memory_delete(m);
}

/* C's own memory is given back and resized too; without a store all of it is C's. */
Test(c_memory, of_c)
{
    CMemory *m = c_memory_new();
    char *p = c_memory_resize(m, strcpy(malloc(5), "text"), 100);
    cr_expect(!c_memory_is_at(p) && strcmp(p, "text") == 0);
    c_memory_free(p);
    c_memory_free(NULL);
    p = c_memory_take(NULL, 100, 64);
    cr_expect(p && (uintptr_t)p % 64 == 0 && !c_memory_is_at(p));
    c_memory_free(p);
    c_memory_delete(m);
}
