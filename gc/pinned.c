/* Pinned byte arrays: objects without pointers that never move.
 *
 * Small ones share a block. The heap has one *current* block, which carries BF_EVACUATED and so stays where
 * it is, whatever a collection collects, until it is full; then it joins generation 0's large objects and
 * lives, as a whole, while anything in it is reached: dead neighbours float. One from LARGE_OBJECT_WORDS on
 * has a group to itself.
 *
 * Always true: a group of owner PINNED carries BF_PINNED and BF_LARGE; byte arrays and fillers tile it from
 * its start to its free pointer; the current block is on no list.
 *
 * Follows: GHC, rts/sm/Storage.c (allocatePinned). */
#include "gc/heap_state.h"

size_t group_objects(const BlockDescr *group)
{
    size_t objects = 0;
    if (!(group->flags & BF_PINNED)) return 1;
    for (const Word *w = group->start; w < group->free; w += closure_size((const Closure *)w))
        objects += ((const Closure *)w)->info->kind != KIND_FILLER;
    return objects;
}

void pinned_each_object(const BlockDescr *group, void (*visit)(void *context, Closure *c), void *context)
{
    for (Word *w = group->start, *next; w < group->free; w = next) {
        next = w + closure_size((Closure *)w);
        if (((Closure *)w)->info->kind != KIND_FILLER) visit(context, (Closure *)w);
    }
}

static BlockDescr *pinned_group_new(HeapState *h, size_t blocks)
{
    if (blocks > UINT32_MAX) return NULL;
    BlockDescr *group = block_group_alloc_at(h->heap.blocks, (uint32_t)blocks, OWNER_PINNED, SITE_PINNED);
    if (!group) return NULL;
    block_group_own(h->heap.blocks, group, OWNER_PINNED, &h->generations[0], 0, nursery_dest(h));
    group->flags = BF_LARGE | BF_PINNED;
    group->link = NULL;
    return group;
}

/* Words to leave out at `at`, so that what stands header_words behind the object's start is aligned. */
static size_t words_to_alignment(const Word *at, size_t align, size_t header_words)
{
    size_t past = (size_t)(at + header_words) & (align - 1);
    return past ? (align - past) / WORD_BYTES : 0;
}

/* The object's place in the group behind what stands there; what is left out becomes a filler. NULL: no room.
 */
static Word *place(HeapState *h, BlockDescr *group, size_t words, size_t align, size_t header_words)
{
    size_t gap = words_to_alignment(group->free, align, header_words);
    size_t room = (size_t)(group->start + block_group_words(group) - group->free);
    if (gap + words > room) return NULL;
    if (gap) filler_write(h->heap.infos, group->free, gap);
    Word *object = group->free + gap;
    group->free = object + words;
    h->new_large_words += gap + words;
    if (group == h->pinned) h->pinned_new_words += gap + words;
    if (large_is_due(h)) h->heap.hp_lim = h->heap.hp;
    return object;
}

/* A full block is a large object from now on: the next collection decides about it. */
static void retire_current(HeapState *h)
{
    if (h->pinned && !MUTANT_IS(h, pinned_lost)) large_list_push(&h->generations[0].large, h->pinned);
    h->pinned = NULL;
    h->pinned_new_words = 0;
}

static Word *place_small(HeapState *h, size_t words, size_t align, size_t header_words)
{
    Word *object = h->pinned ? place(h, h->pinned, words, align, header_words) : NULL;
    if (object) return object;
    BlockDescr *block = pinned_group_new(h, 1);
    if (!block) return NULL;
    block->flags |= BF_EVACUATED;
    retire_current(h);
    h->pinned = block;
    return place(h, block, words, align, header_words);
}

static Word *place_large(HeapState *h, size_t words, size_t align, size_t header_words)
{
    BlockDescr *group = pinned_group_new(h, blocks_of_bytes(words * WORD_BYTES + align));
    if (!group) return NULL;
    Word *object = place(h, group, words, align, header_words);
    large_list_push(&h->generations[0].large, group);
    return object;
}

Word *heap_alloc_pinned(Heap *heap, size_t words, size_t align)
{
    HeapState *h = heap_state(heap);
    bool large = words + align / WORD_BYTES >= LARGE_OBJECT_WORDS;
    if (words > h->memory_words) return NULL;
    if (!heap_make_room(h, large || !h->pinned ? blocks_of_bytes(words * WORD_BYTES + align) : 1))
        return NULL;
    if (large) return place_large(h, words, align, BYTES_PAYLOAD);
    return place_small(h, words, align, BYTES_PAYLOAD);
}
