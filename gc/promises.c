/* What a collector has promised and can be held to at little cost: a broken promise ends in a story that
 * names the collector, not in a crash later on. What a collection answers in the small, a survivor, is asked
 * of users' own collectors alone. */
#include "gc/promises_private.h"

/* More blocks than all megablocks that there can be. */
#define BLOCKS_AT_MOST ((size_t)1 << 32)

size_t promised_worst_case(const HeapState *h, const GcCollector *collector, uint32_t collected)
{
    size_t blocks = collector->worst_case_blocks(&h->heap, collected);
    require(
        blocks < BLOCKS_AT_MOST,
        "the collector \"%s\" says that a collection may need %zu blocks at worst (worst_case_blocks): more "
        "than there can be",
        collector->name, blocks);
    return blocks;
}

static bool is_users_own(const GcCollector *collector) { return collector->layout; }

void promised_blocks_sufficed(const Collection *c)
{
    size_t taken = 0;
    for (uint32_t g = 0; g < generation_count(c->h); g++) taken += c->to[g].blocks;
    require(taken <= c->h->at_hand || !is_users_own(c->collector),
            "the collector \"%s\" has copied into %zu blocks, and has said that it may need %zu at worst "
            "(worst_case_blocks)",
            c->collector->name, taken, c->h->at_hand);
}

/* A nursery that was full goes on in an empty block. */
static bool goes_on(const HeapState *h)
{
    const BlockDescr *block = h->nursery.current;
    return block && h->heap.hp == block->start && h->heap.hp_lim >= h->heap.hp &&
           h->heap.hp_lim <= block->start + BLOCK_WORDS;
}

HeapStatus promised_instead(HeapState *h, const GcCollector *collector, GcReason reason)
{
    h->stood_in++;
    HeapStatus status = collector->instead(&h->heap, reason);
    require(status == HEAP_OK || status == HEAP_EXHAUSTED,
            "the collector \"%s\" answers %u in place of a collection (instead), which is no HeapStatus",
            collector->name, (unsigned)status);
    require(
        status != HEAP_OK || reason != GC_REASON_NURSERY_FULL || goes_on(h),
        "the collector \"%s\" says that all is well (instead), but the nursery, which was full, has no empty "
        "block to go on in",
        collector->name);
    return status;
}

/* Where it is, it may stay: it is not in from-space, or in a generation that is collected in place. */
static bool stays(const Collection *c, const Closure *kept)
{
    if (!block_contains(c->h->heap.blocks, kept) || header_is_forwarded((Word)kept->info)) return false;
    const BlockDescr *block = Bdescr(kept);
    return block->flags & BF_EVACUATED || (c->collector->in_place && block->gen_no == c->h->oldest->no);
}

Closure *promised_survivor(Collection *c, Closure *object)
{
    Closure *kept = c->collector->survivor(c, object);
    require(!kept || !is_users_own(c->collector) || stays(c, kept),
            "the collector \"%s\" says that the object at %p has been kept, and is at %p now (survivor): but "
            "that "
            "is given up after the collection",
            c->collector->name, (void *)object, (void *)kept);
    return kept;
}
