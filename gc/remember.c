/* Remembered sets and the barriers that fill them.
 *
 * Always true between calls: an object of generation g > 0 that holds a reference to a younger generation is
 * in g's set (33). Mutable arrays of old generations always are, and frozen ones that say FROZEN_DIRTY; a
 * MUT_VAR, MVAR, TSO or STACK is iff its header or flag says dirty, so that the mutator needs one barrier per
 * collection (37). An entry may stand twice after a black hole was remembered and then updated.
 *
 * Should the source have no block for an entry, the entry is lost, and the next collection collects all
 * generations: it needs no remembered sets, and makes them anew. Until then the above need not be true. */
#include "gc/heap_state.h"

#include <string.h>

static BlockDescr *remembered_block_new(HeapState *h, RememberedSet *set)
{
    BlockDescr *block = block_beside_copies(h, OWNER_REMEMBERED, SITE_REMEMBERED);
    if (!block) return NULL;
    block->flags = 0;
    block->link = set->blocks;
    return set->blocks = block;
}

void remembered_add(HeapState *h, Generation *generation, Closure *c, const char *why)
{
    RememberedSet *set = &generation->remembered;
    BlockDescr *block = set->blocks;
    if (!block || block->free == block->start + BLOCK_WORDS) block = remembered_block_new(h, set);
    if (!block) {
        h->remembered_lost = true;
        return;
    }
    *block->free++ = (Word)c;
    set->entries++;
    if (h->observer.remembered) h->observer.remembered(h->observer.context, c, why);
}

void remembered_free(HeapState *h, RememberedSet *set)
{
    block_chain_free(h->heap.blocks, set->blocks);
    *set = (RememberedSet){0};
}

void remembered_each(const RememberedSet *set, EntryVisitor visit, void *context)
{
    for (BlockDescr *b = set->blocks; b; b = b->link)
        for (Word *entry = b->start; entry < b->free; entry++) visit(context, (Closure *)*entry);
}

/* ---- Barriers */

/* Whether a mutant forgets entries of that sort. */
static bool barrier_is_forgotten(const Heap *heap, const char *why)
{
    return (MUTANT_IS(heap, barrier_mut_var) && strcmp(why, "mutable variable") == 0) ||
           (MUTANT_IS(heap, barrier_mvar) && strcmp(why, "MVar") == 0) ||
           (MUTANT_IS(heap, barrier_array) && strcmp(why, "array") == 0) ||
           (MUTANT_IS(heap, barrier_stack) && strcmp(why, "stack") == 0) ||
           (MUTANT_IS(heap, barrier_thread) && strcmp(why, "thread") == 0) ||
           (MUTANT_IS(heap, barrier_update) && strcmp(why, "update") == 0) ||
           (MUTANT_IS(heap, barrier_black_hole) && strcmp(why, "black hole") == 0);
}

void heap_remember(Heap *heap, Closure *c, const char *why)
{
    BlockDescr *block = Bdescr(c);
    if (block->gen_no == 0 || block->owner == OWNER_STATIC) return;
    if (barrier_is_forgotten(heap, why)) return;
    remembered_add(heap_state(heap), &heap_state(heap)->generations[block->gen_no], c, why);
}

void heap_dirty_stack(Heap *heap, Closure *stack)
{
    Word *dirty = &closure_words(stack)[STACK_DIRTY];
    if (*dirty) return;
    *dirty = 1;
    heap_remember(heap, stack, "stack");
}

void heap_dirty_tso(Heap *heap, Closure *tso)
{
    Word *dirty = &closure_words(tso)[TSO_DIRTY];
    if (*dirty) return;
    *dirty = 1;
    heap_remember(heap, tso, "thread");
}

static void dirty_header(Heap *heap, Closure *c, StdInfo clean, StdInfo dirty, const char *why)
{
    if (c->info != info_std(heap->infos, clean)) return;
    c->info = info_std(heap->infos, dirty);
    heap_remember(heap, c, why);
}

void heap_dirty_mut_var(Heap *heap, Closure *var)
{
    dirty_header(heap, var, STD_MUT_VAR_CLEAN, STD_MUT_VAR_DIRTY, "mutable variable");
}

void heap_dirty_mvar(Heap *heap, Closure *mvar)
{
    dirty_header(heap, mvar, STD_MVAR_CLEAN, STD_MVAR_DIRTY, "MVar");
}

/* The table that an array of the kind of `array` has in that state. */
static const InfoTable *array_info(const Heap *heap, const Closure *array, StdInfo boxed, StdInfo small)
{
    return info_std(heap->infos, array->info->kind == KIND_MUT_ARR_PTRS ? boxed : small);
}

static bool is_forgotten(const Heap *heap, const Closure *array)
{
    return array->info == array_info(heap, array, STD_MUT_ARR_PTRS_FROZEN, STD_SMALL_MUT_ARR_PTRS_FROZEN);
}

/* A write to a frozen array, through a name from before it was frozen, thaws it. */
static void array_dirty(Heap *heap, Closure *array)
{
    if (unlikely(is_forgotten(heap, array))) heap_remember(heap, array, "array");
    if (MUTANT_IS(heap, barrier_header)) return;
    array->info = array_info(heap, array, STD_MUT_ARR_PTRS_DIRTY, STD_SMALL_MUT_ARR_PTRS_DIRTY);
}

void heap_dirty_elements(Heap *heap, Closure *array, size_t index, size_t count)
{
    if (count == 0) return;
    array_dirty(heap, array);
    if (array->info->kind != KIND_MUT_ARR_PTRS) return;
    Word *w = closure_words(array);
    uint8_t *cards = (uint8_t *)&w[ARRAY_PAYLOAD + w[ARRAY_PTRS]];
    size_t last = (index + count - 1) >> CARD_ELEMENTS_SHIFT;
    if (MUTANT_IS(heap, barrier_card)) return;
    if (MUTANT_IS(heap, barrier_next_card)) index += 1u << CARD_ELEMENTS_SHIFT;
    for (size_t card = index >> CARD_ELEMENTS_SHIFT; card <= last; card++) cards[card] = 1;
}

void heap_dirty_array(Heap *heap, Closure *array, size_t index)
{
    heap_dirty_elements(heap, array, index, 1);
}

void heap_thaw_array(Heap *heap, Closure *array) { array_dirty(heap, array); }

void heap_freeze_array(Heap *heap, Closure *array)
{
    if (is_forgotten(heap, array)) return;
    array->info = array_info(heap, array, STD_MUT_ARR_PTRS_FROZEN_DIRTY, STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY);
}

void heap_shrunk(Heap *heap, Closure *array, size_t old_words)
{
    size_t words = closure_size(array);
    if (words < old_words) filler_write(heap->infos, closure_words(array) + words, old_words - words);
}
