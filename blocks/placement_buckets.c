/* The placement `buckets`: its rarer half, and its functions for the table. Lists of free groups, checked.
 *
 * Follows: GHC, rts/sm/BlockAlloc.c; beyond it, a request's own bucket is searched before a megablock is
 * begun, so that 129 to 251 blocks can be had from what is there. */
#include "blocks/placement_buckets.h"
#include "blocks/placement_private.h"

#include <stdlib.h>

size_t list_check(BlockDescr *first, const PlacementCheck *check)
{
    size_t members = 0;
    const BlockDescr *before = NULL;
    for (BlockDescr *g = first; g; before = g, g = g->link, members++) {
        if (!check->member(check, g)) {
            if (before) check->report(check, 2, before, "is linked to itself, or to what is no free group");
            break;
        }
        if (g->u.back != before)
            check->report(check, 2, g,
                          before ? "does not follow the one before it both ways"
                                 : "is first of its list and has one before it");
    }
    return members;
}

BlockDescr *buckets_fit_searched(const Buckets *b, uint32_t blocks)
{
    BlockDescr *g = b->lists[bucket_of(blocks)];
    while (g && g->blocks < blocks) g = g->link;
    return g;
}

static void *buckets_open(const char *args, char *error, size_t size)
{
    return placement_state_new("buckets", sizeof(Buckets), args, error, size);
}

static void insert(void *state, BlockDescr *g) { buckets_insert(state, g); }
static void remove_group(void *state, BlockDescr *g) { buckets_remove(state, g); }

static BlockDescr *take(void *state, uint32_t blocks, uint32_t *offset)
{
    (void)offset;
    return buckets_take(state, blocks);
}

static void check_sizes(BlockDescr *first, size_t members, unsigned bucket, const PlacementCheck *check)
{
    for (BlockDescr *g = first; members > 0; g = g->link, members--)
        if (!g->blocks || bucket_of(g->blocks) != bucket)
            check->report(check, 1, g, "has %u blocks and is in bucket %u", g->blocks, bucket);
}

static void check(void *state, const PlacementCheck *check)
{
    const Buckets *b = state;
    size_t members[BUCKETS];
    for (unsigned i = 0; i < BUCKETS; i++) members[i] = list_check(b->lists[i], check);
    for (unsigned i = 0; i < BUCKETS; i++) check_sizes(b->lists[i], members[i], i, check);
}

const BlockPlacement block_placement_buckets = {BLOCK_PLACEMENT_ABI, "buckets", buckets_open, free, insert,
                                                remove_group,        take,      check};
