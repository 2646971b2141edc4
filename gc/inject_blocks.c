/* Ways to break the block layer (1 to 15). */
#include "gc/inject_private.h"

#include <sys/mman.h>

#include "blocks/allocator.h"

static BlockAllocator *blocks_of(const Injection *in) { return in->heap->blocks; }

static bool is_free(Injection *in, BlockDescr *g)
{
    (void)in;
    return block_is_free(g);
}
static bool is_small_free(Injection *in, BlockDescr *g) { return is_free(in, g) && !group_is_mega(g); }
static bool is_mega_free(Injection *in, BlockDescr *g) { return is_free(in, g) && group_is_mega(g); }
static bool is_owned(Injection *in, BlockDescr *g) { return !is_free(in, g); }

bool inject_1_not_marked_free(Injection *in)
{
    BlockDescr *g = inject_group(in, is_free);
    return g && inject_poke(in, &g->free, (Word)g->start);
}
bool inject_2_link_back(Injection *in)
{
    BlockDescr *g = inject_group(in, is_free);
    return g && inject_poke(in, &g->u.back, (Word)g);
}

static bool has_tail(Injection *in, BlockDescr *g)
{
    (void)in;
    return g->blocks > 1 && !group_is_mega(g);
}
bool inject_3_tail(Injection *in)
{
    BlockDescr *g = inject_group(in, has_tail);
    return g && inject_poke32(in, &g[g->blocks - 1].blocks, 1);
}

/* Takes a free group off its list; puts a free group first on a list. */
static void unlink_free(Injection *in, BlockDescr **list, BlockDescr *g)
{
    inject_poke(in, g->u.back ? (void *)&g->u.back->link : (void *)list, (Word)g->link);
    if (g->link) inject_poke(in, &g->link->u.back, (Word)g->u.back);
}
static bool push_free(Injection *in, BlockDescr **list, BlockDescr *g)
{
    BlockDescr *first = *list;
    inject_poke(in, &g->link, (Word)first);
    inject_poke(in, &g->u.back, 0);
    if (first) inject_poke(in, &first->u.back, (Word)g);
    return inject_poke(in, list, (Word)g);
}
/* The default placement's list. Others have none that could be broken here. */
static bool has_buckets(const Injection *in) { return blocks_of(in)->buckets != NULL; }
static BlockDescr **bucket_for(const Injection *in, uint32_t blocks)
{
    return &blocks_of(in)->buckets->lists[bucket_of(blocks)];
}

static bool can_be_split(Injection *in, BlockDescr *g) { return is_small_free(in, g) && g->blocks >= 3; }
bool inject_4_split(Injection *in)
{
    BlockDescr *g = has_buckets(in) ? inject_group(in, can_be_split) : NULL;
    if (!g) return false;
    uint32_t rest = 1 + inject_chance(in, g->blocks - 2), kept = g->blocks - rest;
    BlockDescr *second = g + kept;
    unlink_free(in, bucket_for(in, g->blocks), g);
    inject_poke(in, &second->start, (Word)block_memory(second));
    inject_poke(in, &second->free, (Word)BLOCK_FREE);
    inject_poke16(in, &second->owner, OWNER_FREE);
    inject_poke32(in, &second->blocks, rest);
    if (rest > 1) inject_poke(in, &second[rest - 1].link, (Word)second);
    inject_poke32(in, &g->blocks, kept);
    if (kept > 1) {
        inject_poke32(in, &g[kept - 1].blocks, 0);
        inject_poke(in, &g[kept - 1].link, (Word)g);
    }
    push_free(in, bucket_for(in, kept), g);
    return push_free(in, bucket_for(in, rest), second);
}

bool inject_5_small_among_mega(Injection *in)
{
    BlockDescr *g = has_buckets(in) ? inject_group(in, is_small_free) : NULL;
    if (!g) return false;
    unlink_free(in, bucket_for(in, g->blocks), g);
    return push_free(in, &blocks_of(in)->mega, g);
}
bool inject_6_mega_among_small(Injection *in)
{
    BlockDescr *g = has_buckets(in) ? inject_group(in, is_mega_free) : NULL;
    if (!g || g->blocks != USABLE_BLOCKS) return false;
    unlink_free(in, &blocks_of(in)->mega, g);
    return push_free(in, bucket_for(in, g->blocks), g);
}

static bool holds_objects(Injection *in, BlockDescr *g)
{
    (void)in;
    return g->owner == OWNER_GENERATION || g->owner == OWNER_NURSERY;
}
bool inject_7_owner(Injection *in)
{
    BlockDescr *g = inject_group(in, holds_objects);
    return g && inject_poke16(in, &g->owner, OWNER_USER);
}
/* The last group of its megablock, which then reaches beyond it. */
static bool is_last_small(Injection *in, BlockDescr *g)
{
    (void)in;
    return !group_is_mega(g) && block_index(g) + g->blocks == MBLOCK_BLOCKS;
}
bool inject_8_group_size(Injection *in)
{
    BlockDescr *g = inject_group(in, is_last_small);
    return g && inject_poke32(in, &g->blocks, g->blocks + 1);
}
bool inject_9_unknown_owner(Injection *in)
{
    BlockDescr *g = inject_group(in, is_owned);
    return g && inject_poke16(in, &g->owner, OWNER_COUNT + 3);
}

/* A megablock below the highest committed one that is not committed; its first page is made readable. */
bool inject_10_readable(Injection *in)
{
    const MblockDirectory *d = &blocks_of(in)->directory;
    if (!d->base || !block_allocator_source(in->heap->blocks)->inaccessible) return false;
    for (size_t n = 0; n < d->length; n++) {
        if (d->entries[n].address) continue;
        in->opened = d->base + n * MBLOCK_SIZE;
        in->where = in->opened;
        return mprotect(in->opened, BLOCK_SIZE, PROT_READ) == 0;
    }
    return false;
}

bool inject_11_stray_write(Injection *in)
{
    BlockDescr *g = blocks_of(in)->poison ? inject_group(in, is_free) : NULL;
    return g && inject_poke(in, &g->start[inject_chance(in, BLOCK_WORDS)], 1);
}
bool inject_14_free_pointer(Injection *in)
{
    BlockDescr *g = inject_group(in, is_owned);
    return g && inject_poke(in, &g->free, (Word)(g->start + block_group_words(g) + 1));
}
bool inject_15_peak(Injection *in)
{
    BlockCounters *n = &blocks_of(in)->counters;
    return n->allocated_blocks > 0 && inject_poke(in, &n->peak_blocks, n->allocated_blocks - 1);
}
