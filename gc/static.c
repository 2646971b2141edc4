/* Static closures and CAFs.
 *
 * Static closures stand in blocks of owner STATIC, which carry BF_EVACUATED and the oldest generation's
 * number: evacuate leaves references to them alone. They refer to static closures only, but for entered CAFs
 * (IND_STATIC), which are linked through CAF_LINK in the order in which they were entered: roots of minor
 * collections, and of major ones unless code says which of them live (srt.c). An object larger than a block
 * has a group to itself, so that every object starts in a group's first block, the only one whose descriptor
 * says all. */
#include "gc/heap_state.h"

#include <stdlib.h>

static BlockDescr *static_group_new(HeapState *h, size_t words)
{
    size_t blocks = blocks_of_bytes(words * WORD_BYTES);
    BlockDescr *group = block_group_alloc_at(h->heap.blocks, (uint32_t)blocks, OWNER_STATIC, SITE_STATIC);
    uint64_t *marks = calloc(1, STATIC_MARK_BYTES);
    if (!group || !marks) {
        if (group) block_group_free(h->heap.blocks, group);
        free(marks);
        return NULL;
    }
    uint8_t no = h->oldest->no;
    block_group_own(h->heap.blocks, group, OWNER_STATIC, h->oldest, no, no);
    group->flags = BF_EVACUATED;
    group->u.marks = marks;
    block_list_append(&h->statics, group);
    return group;
}

static size_t group_room(const BlockDescr *group)
{
    return group->blocks == 1 ? (size_t)(group->start + BLOCK_WORDS - group->free) : 0;
}

Word *heap_alloc_static(Heap *heap, size_t words)
{
    HeapState *h = heap_state(heap);
    BlockDescr *group = h->statics.last;
    if (!group || group_room(group) < words) group = static_group_new(h, words);
    if (!group) return NULL;
    Word *object = group->free;
    group->free += words;
    return object;
}

bool heap_is_static(const Heap *heap, const Closure *c)
{
    return block_contains(heap->blocks, c) && Bdescr(c)->owner == OWNER_STATIC;
}

void statics_free(HeapState *h)
{
    for (BlockDescr *b = h->statics.first; b; b = b->link) free(b->u.marks);
}

void heap_add_caf(Heap *heap, Closure *ind_static)
{
    HeapState *h = heap_state(heap);
    closure_words(ind_static)[CAF_LINK] = 0;
    if (MUTANT_IS(heap, unlisted_caf)) return;
    if (h->last_caf)
        closure_words(h->last_caf)[CAF_LINK] = (Word)ind_static;
    else
        h->first_caf = ind_static;
    h->last_caf = ind_static;
    h->caf_count++;
}
