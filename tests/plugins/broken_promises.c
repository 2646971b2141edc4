/* Breaks promises, one for each argument; with `kept`, none. Each must end in a clear story, not in a crash
 * later on.
 *
 * A source: `silent` does not begin and does not say why; its runs are `crooked` (not aligned), given
 * `twice`, too `short`, `closed`, `read-only`, lie `low` (below its base), `high` (out of reach above it) or
 * at the `end` of all addresses; `none` is no memory, which is no broken promise. A placement: answers with a
 * group that is too `small`, with a `foreign` one or a `stale` one, which it was told to forget, or `never`.
 * A sizing policy: wants more than there can be. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"
#include "gc/sizing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MEGABLOCK ((size_t)1 << 20)

enum { POOL = 64, GROUPS = 64 };

typedef struct Broken {
    char promise[16];
    char *pool; /* of POOL megablocks, and what is given of it */
    size_t given;
    struct {
        BlockDescr *group;
        uint32_t blocks;
    } groups[GROUPS];
    unsigned count;
} Broken;

static bool breaks(const Broken *b, const char *promise) { return strcmp(b->promise, promise) == 0; }

static void *broken_open(const char *args, char *error, size_t size)
{
    Broken *b = calloc(1, sizeof *b);
    if (!args) snprintf(error, size, "say which promise is to be broken");
    if (!args || !b || strcmp(args, "silent") == 0) {
        free(b);
        return NULL;
    }
    snprintf(b->promise, sizeof b->promise, "%s", args);
    b->pool = aligned_alloc(MEGABLOCK, POOL * MEGABLOCK);
    return b;
}

static void broken_close(void *state)
{
    Broken *b = state;
    mprotect(b->pool, POOL * MEGABLOCK, PROT_READ | PROT_WRITE);
    free(b->pool);
    free(b);
}

/* ---- The source */

static void *broken_commit(void *state, size_t mblocks)
{
    Broken *b = state;
    char *run = b->pool + b->given * MEGABLOCK;
    if (breaks(b, "none") || b->given + mblocks > POOL) return NULL;
    if (breaks(b, "low")) return b->pool - MEGABLOCK;
    if (breaks(b, "high")) return b->pool + ((size_t)1 << 44);
    if (breaks(b, "end")) return (char *)(UINTPTR_MAX & ~(MEGABLOCK - 1));
    if (breaks(b, "crooked")) return run + 16;
    if (breaks(b, "closed")) mprotect(run, MEGABLOCK, PROT_NONE);
    if (breaks(b, "read-only")) mprotect(run, MEGABLOCK, PROT_READ);
    if (breaks(b, "short")) mprotect(run + MEGABLOCK, MEGABLOCK, PROT_NONE);
    if (!breaks(b, "twice")) b->given += mblocks;
    return run;
}

static void broken_decommit(void *state, void *run, size_t mblocks)
{
    (void)state;
    (void)run;
    (void)mblocks;
}

static void *broken_base(void *state)
{
    const Broken *b = state;
    return breaks(b, "low") || breaks(b, "high") ? b->pool : NULL;
}

const BlockSourcePlugin thunkscope_block_source = {.abi = BLOCK_SOURCE_ABI,
                                                   .name = "broken source",
                                                   .open = broken_open,
                                                   .close = broken_close,
                                                   .commit = broken_commit,
                                                   .decommit = broken_decommit,
                                                   .base = broken_base};

/* ---- The placement: the smallest that is large enough */

static void broken_insert(void *state, BlockDescr *g)
{
    Broken *b = state;
    b->groups[b->count].group = g;
    b->groups[b->count++].blocks = g->blocks;
}

static void forget(Broken *b, unsigned i)
{
    b->count--;
    memmove(&b->groups[i], &b->groups[i + 1], (b->count - i) * sizeof b->groups[0]);
}

static void broken_remove(void *state, BlockDescr *g)
{
    Broken *b = state;
    for (unsigned i = 0; i < b->count && !breaks(b, "stale"); i++)
        if (b->groups[i].group == g) forget(b, i);
}

static BlockDescr *broken_take(void *state, uint32_t blocks, uint32_t *offset)
{
    static BlockDescr foreign = {.blocks = 252};
    Broken *b = state;
    unsigned best = b->count;
    if (breaks(b, "foreign")) return &foreign;
    for (unsigned i = 0; i < b->count && !breaks(b, "never"); i++)
        if (b->groups[i].blocks >= blocks &&
            (best == b->count || b->groups[i].blocks < b->groups[best].blocks))
            best = i;
    if (best == b->count) return NULL;
    BlockDescr *g = b->groups[best].group;
    if (breaks(b, "small")) *offset = g->blocks - blocks + 1;
    forget(b, best);
    return g;
}

static void broken_check(void *state, const PlacementCheck *check)
{
    const Broken *b = state;
    for (unsigned i = 0; i < b->count; i++) check->member(check, b->groups[i].group);
}

const BlockPlacement thunkscope_block_placement = {.abi = BLOCK_PLACEMENT_ABI,
                                                   .name = "broken placement",
                                                   .open = broken_open,
                                                   .close = broken_close,
                                                   .insert = broken_insert,
                                                   .remove = broken_remove,
                                                   .take = broken_take,
                                                   .check = broken_check};

/* ---- The sizing policy */

static size_t everything(void *state, const GcSizes *sizes)
{
    (void)state;
    (void)sizes;
    return SIZE_MAX;
}

const GcSizing thunkscope_gc_sizing = {.abi = GC_SIZING_ABI,
                                       .name = "broken sizing policy",
                                       .open = broken_open,
                                       .close = broken_close,
                                       .old_generation = everything,
                                       .nursery = everything};
