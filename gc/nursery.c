/* The nursery: a list of single blocks in which the mutator allocates by bumping a pointer.
 *
 * Always true between calls (66, 67, 68):
 *   - blocks are linked both ways, are owned by NURSERY, and lie in generation 0;
 *   - blocks before `current` are closed: their free pointer is where the mutator left them; blocks behind it
 *     are empty; current's free pointer is heap->hp once nursery_close has been called;
 *   - hp_lim is the current block's end, or equal to hp if the next heap check is to come to heap_need. */
#include "gc/heap_state.h"

static Word *block_end(const BlockDescr *block) { return block->start + BLOCK_WORDS; }

static void nursery_poison(const HeapState *h, const BlockDescr *block)
{
    if (!h->heap.config.poison) return;
    const Word *end = block_end(block) - MUTANT_IS(h, nursery_unpoisoned);
    for (Word *w = block->start; w < end; w++) *w = BLOCK_POISON;
}

static bool nursery_add(HeapState *h, BlockSite site)
{
    Nursery *n = &h->nursery;
    BlockDescr *block = block_group_alloc_at(h->heap.blocks, 1, OWNER_NURSERY, site);
    if (!block) return false;
    block_group_own(h->heap.blocks, block, OWNER_NURSERY, &h->generations[0], 0, nursery_dest(h));
    nursery_poison(h, block); /* under a guard, free blocks are no poison */
    block->flags = 0;
    block->link = NULL;
    block->u.back = n->last;
    if (n->last)
        n->last->link = block;
    else
        n->first = n->current = block;
    n->last = block;
    n->blocks++;
    return true;
}

static void nursery_drop(HeapState *h)
{
    Nursery *n = &h->nursery;
    BlockDescr *block = n->last;
    n->last = block->u.back;
    n->last->link = NULL;
    n->blocks--;
    block_group_free(h->heap.blocks, block);
}

static size_t blocks_of_machine(const HeapState *h) { return h->memory_words / BLOCK_WORDS; }

/* One that is larger than all the machine's memory is refused before any of it is written to. */
bool nursery_new(HeapState *h)
{
    if (h->nursery.wanted > blocks_of_machine(h)) return false;
    while (h->nursery.blocks < h->nursery.wanted)
        if (!nursery_add(h, SITE_NURSERY)) return false;
    nursery_open(h);
    return true;
}

void nursery_close(HeapState *h) { h->nursery.current->free = h->heap.hp; }

void nursery_open(HeapState *h)
{
    BlockDescr *block = h->nursery.current;
    h->heap.hp = block->free;
    h->heap.hp_lim = h->heap.config.stress_period || large_is_due(h) ? block->free : block_end(block);
}

size_t nursery_words(const HeapState *h)
{
    size_t words = (size_t)(h->heap.hp - h->nursery.current->start);
    for (BlockDescr *b = h->nursery.first; b != h->nursery.current; b = b->link)
        words += (size_t)(b->free - b->start);
    return words;
}

size_t nursery_used_blocks(const HeapState *h)
{
    size_t blocks = 1;
    for (BlockDescr *b = h->nursery.first; b != h->nursery.current; b = b->link) blocks++;
    return blocks;
}

static void nursery_block_reset(HeapState *h, BlockDescr *block)
{
    if (block->free != block->start && h->observer.released) h->observer.released(h->observer.context, block);
    nursery_poison(h, block);
    block->free = block->start;
}

static BlockDescr *nursery_take_first(Nursery *n)
{
    BlockDescr *block = n->first;
    n->first = block->link;
    require(n->first, "a nursery gives up its last block");
    n->first->u.back = NULL;
    n->blocks--;
    return block;
}

/* The first block that has been reset is given back, and another takes its place, as far as there are others.
 */
static bool nursery_exchange(HeapState *h)
{
    if (!nursery_add(h, SITE_NURSERY)) return false;
    block_group_free(h->heap.blocks, nursery_take_first(&h->nursery));
    return true;
}

/* Under a guard, who still refers to what was not kept is not to find other objects there, but a fault. */
void nursery_reset(HeapState *h)
{
    Nursery *n = &h->nursery;
    BlockDescr *end = n->current->link;
    size_t used = 0;
    for (BlockDescr *b = n->first; b != end; b = b->link, used++) nursery_block_reset(h, b);
    if (block_allocator_source(h->heap.blocks)->quarantine)
        while (used > 0 && nursery_exchange(h)) used--;
    n->current = n->first;
}

static void nursery_give(HeapState *h, Generation *generation)
{
    BlockDescr *block = nursery_take_first(&h->nursery);
    block_group_own(h->heap.blocks, block, OWNER_GENERATION, generation, generation->no, generation->to->no);
    block->flags = BF_EVACUATED;
    block->u.scan = block->free;
    generation->words += (size_t)(block->free - block->start);
    block_list_append(&generation->list, block);
}

bool nursery_keep(HeapState *h, Generation *generation)
{
    Nursery *n = &h->nursery;
    if (!n->current->link && !nursery_add(h, SITE_NURSERY)) return false;
    BlockDescr *fresh = n->current->link;
    h->statistics.totals.allocated_words += nursery_words(h);
    while (n->first != fresh) nursery_give(h, generation);
    n->current = fresh;
    nursery_resize(h);
    nursery_open(h);
    return true;
}

void nursery_resize(HeapState *h)
{
    if (h->nursery.wanted > blocks_of_machine(h)) h->nursery.wanted = blocks_of_machine(h);
    while (h->nursery.blocks > h->nursery.wanted) nursery_drop(h);
    while (h->nursery.blocks < h->nursery.wanted)
        if (!nursery_add(h, SITE_NURSERY)) return;
}

/* ---- Allocation */

static bool current_has_room(const HeapState *h, size_t words)
{
    return (size_t)(block_end(h->nursery.current) - h->heap.hp) >= words;
}

/* Makes the next, empty block the current one. */
static bool nursery_advance(HeapState *h)
{
    if (!h->nursery.current->link) return false;
    nursery_close(h);
    h->nursery.current = h->nursery.current->link;
    nursery_open(h);
    return true;
}

/* A collection because of this call, if stress demands one. */
static HeapStatus stress(HeapState *h)
{
    bool major;
    if (!stress_is_due(h, &major)) return HEAP_OK;
    return collect(h, major, GC_REASON_STRESS);
}

HeapStatus heap_need(Heap *heap, size_t words)
{
    HeapState *h = heap_state(heap);
    require(words <= NURSERY_OBJECT_WORDS, "a heap check asks for %zu words", words);
    nursery_close(h);
    if (MUTANT_IS(h, stray_write)) mutant_write_old(h, 0);
    HeapStatus status = HEAP_OK;
    if (heap->config.stress_period)
        status = stress(h);
    else if (large_is_due(h))
        status = collect(h, false, GC_REASON_LARGE_OBJECTS);
    if (status != HEAP_OK) return status;
    if (current_has_room(h, words)) {
        nursery_open(h);
        return HEAP_OK;
    }
    if (nursery_advance(h)) return HEAP_OK;
    return collect(h, false, GC_REASON_NURSERY_FULL);
}

static Word *bump(HeapState *h, size_t words)
{
    heap_note_words(&h->heap, words);
    Word *object = h->heap.hp;
    h->heap.hp += words;
    if (h->heap.hp_lim < h->heap.hp) h->heap.hp_lim = h->heap.hp;
    return object;
}

Word *heap_alloc(Heap *heap, size_t words)
{
    HeapState *h = heap_state(heap);
    if (words < LARGE_OBJECT_WORDS) {
        bool fits = heap->hp_lim >= heap->hp && (size_t)(heap->hp_lim - heap->hp) >= words;
        if (!fits && heap_need(heap, words) != HEAP_OK) return NULL;
        return bump(h, words);
    }
    if (words > h->memory_words || !heap_make_room(h, blocks_of_bytes(words * WORD_BYTES))) return NULL;
    BlockDescr *group = large_alloc(h, words, SITE_LARGE_OBJECT);
    return group ? group->start : NULL;
}

bool heap_make_room(HeapState *h, size_t blocks)
{
    nursery_close(h);
    if (h->heap.config.stress_period && stress(h) != HEAP_OK) return false;
    if (large_is_due(h) && collect(h, false, GC_REASON_LARGE_OBJECTS) != HEAP_OK) return false;
    if (policy_over_limit(h, blocks)) collect(h, true, GC_REASON_HEAP_LIMIT);
    return !policy_over_limit(h, blocks);
}

Word *heap_alloc_no_gc(Heap *heap, size_t words)
{
    HeapState *h = heap_state(heap);
    if (words >= LARGE_OBJECT_WORDS) {
        BlockDescr *group = large_alloc(h, words, SITE_LARGE_RUNTIME);
        return group ? group->start : NULL;
    }
    if (!current_has_room(h, words)) {
        if (!h->nursery.current->link && !nursery_add(h, SITE_NURSERY_BEYOND)) return NULL;
        nursery_advance(h);
    }
    return bump(h, words);
}

void heap_interrupt(Heap *heap) { heap->hp_lim = heap->hp; }
