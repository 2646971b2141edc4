/* Large objects: one to a group of blocks, never copied. The mutator's allocations go to generation 0 and
 * count as nursery: after large_limit words of them a collection is due. */
#include "gc/heap_state.h"

BlockDescr *large_alloc(HeapState *h, size_t words, BlockSite site)
{
    size_t blocks = blocks_of_bytes(words * WORD_BYTES);
    if (words > h->memory_words || blocks > UINT32_MAX) return NULL;
    BlockDescr *group = block_group_alloc_at(h->heap.blocks, (uint32_t)blocks, OWNER_LARGE, site);
    if (!group) return NULL;
    block_group_own(h->heap.blocks, group, OWNER_LARGE, &h->generations[0], 0, nursery_dest(h));
    group->flags = BF_LARGE;
    group->free = group->start + words;
    large_list_push(&h->generations[0].large, group);
    h->new_large_words += words;
    if (large_is_due(h)) h->heap.hp_lim = h->heap.hp;
    return group;
}

bool large_is_due(const HeapState *h) { return h->new_large_words >= h->large_limit; }
