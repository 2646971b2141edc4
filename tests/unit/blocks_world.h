/* Tiny worlds of blocks for tests, what a check says about them, and a picture of their groups. */
#ifndef THUNKSCOPE_TESTS_UNIT_BLOCKS_WORLD_H
#define THUNKSCOPE_TESTS_UNIT_BLOCKS_WORLD_H

#include "blocks/allocator.h"
#include "blocks/source.h"
#include "tests/unit/worlds.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)

/* AddressSanitizer has a malloc of its own, which neither gives memory back nor lives in a limited address
 * space. */
#ifdef __SANITIZE_ADDRESS__
enum { UNDER_ASAN = true };
#else
enum { UNDER_ASAN = false };
#endif

static inline BlockAllocator *tiny_world(size_t mblocks)
{
    return block_allocator_new(block_source_fixed(NULL, mblocks * MIB));
}

static inline BlockDescr *take(BlockAllocator *a, uint32_t blocks)
{
    return block_group_alloc(a, blocks, OWNER_USER);
}

typedef struct Findings {
    int first;
    unsigned fired; /* bit k: invariant k */
    char text[256]; /* of the first */
} Findings;

__attribute__((format(printf, 4, 5))) static inline void find(void *context, int invariant, const void *place,
                                                              const char *format, ...)
{
    Findings *f = context;
    (void)place;
    if (!f->fired) {
        va_list args;
        va_start(args, format);
        vsnprintf(f->text, sizeof f->text, format, args);
        va_end(args);
        f->first = invariant;
    }
    f->fired |= 1u << invariant;
}

static inline Findings findings(BlockAllocator *a)
{
    Findings f = {0};
    cr_assert_gt(block_check(a, 0, find, &f), 0u);
    return f;
}

static inline void expect_sound(BlockAllocator *a)
{
    Findings f = findings(a);
    cr_assert_eq(f.fired, 0u, "%s, %s: invariant %d: %s", block_allocator_source(a)->name,
                 block_allocator_placement(a), f.first, f.text);
}

/* This invariant is reported first; beside it only those of `implied` (a set of bits) are. */
static inline void expect_fires(BlockAllocator *a, int invariant, unsigned implied)
{
    Findings f = findings(a);
    const char *placement = block_allocator_placement(a);
    cr_expect_eq(f.first, invariant, "%s: %d came first: %s", placement, f.first, f.text);
    cr_expect_eq(f.fired & ~(implied | 1u << invariant), 0u, "%s: fired %#x, first: %s", placement, f.fired,
                 f.text);
}

static inline BlockCounters counters(BlockAllocator *a)
{
    BlockCounters c;
    block_counters(a, &c);
    return c;
}

static inline void expect_empty(BlockAllocator *a)
{
    BlockCounters c = counters(a);
    expect_sound(a);
    cr_assert_eq(c.allocated_blocks, 0u);
    cr_assert_eq(c.groups_taken, c.groups_returned);
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++)
        if (owner != OWNER_FREE && owner != OWNER_GUARDED) cr_assert_eq(c.owner_blocks[owner], 0u);
}

/* The groups of a world, as text: "4:2u 6:250f" is two blocks of USER at block 4, 250 free ones at block 6.
 */
static inline bool picture_add(void *context, BlockDescr *g)
{
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 256 - length, "%s%u:%u%c", length ? " " : "", g->number, g->blocks,
             g->owner == OWNER_FREE ? 'f' : 'u');
    return true;
}

static inline void expect_picture(BlockAllocator *a, const char *expected)
{
    char text[256] = "";
    block_each_group(a, picture_add, text);
    cr_assert_str_eq(text, expected);
    expect_sound(a);
}

#endif
