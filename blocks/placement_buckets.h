/* The placement `buckets`, GHC's: bucket k holds the free groups of 2^k to 2^(k+1) - 1 blocks, last freed
 * first. Inline, because it is the default and the allocator's fast path; open to tests, which corrupt it. */
#ifndef THUNKSCOPE_BLOCKS_PLACEMENT_BUCKETS_H
#define THUNKSCOPE_BLOCKS_PLACEMENT_BUCKETS_H

#include "blocks/free_list.h"

enum { BUCKETS = 8 };

typedef struct Buckets {
    BlockDescr *lists[BUCKETS];
} Buckets;

static inline unsigned bucket_of(uint32_t blocks) { return 31u - (unsigned)__builtin_clz(blocks); }

static inline void buckets_insert(Buckets *b, BlockDescr *g)
{
    list_push(&b->lists[bucket_of(g->blocks)], g);
}
static inline void buckets_remove(Buckets *b, BlockDescr *g)
{
    list_remove(&b->lists[bucket_of(g->blocks)], g);
}

/* Any group of a bucket above the request's own is large enough. */
static inline BlockDescr *buckets_fit(const Buckets *b, uint32_t blocks)
{
    unsigned bucket = blocks == 1 ? 0 : bucket_of(blocks - 1) + 1;
    while (bucket < BUCKETS && !b->lists[bucket]) bucket++;
    return bucket < BUCKETS ? b->lists[bucket] : NULL;
}

/* In the request's own bucket some are, some are not: looked through before a new megablock is begun. */
BlockDescr *buckets_fit_searched(const Buckets *b, uint32_t blocks);

static inline BlockDescr *buckets_take(Buckets *b, uint32_t blocks)
{
    BlockDescr *g = buckets_fit(b, blocks);
    if (unlikely(!g)) g = buckets_fit_searched(b, blocks);
    if (likely(g != NULL)) buckets_remove(b, g);
    return g;
}

#endif
