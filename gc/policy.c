/* How big things may get: GHC's sizing policy, in blocks.
 *
 * A generation is collected when it holds more than max_blocks; after a major collection that is what lives
 * times -F, at least -O. Under -M the generations get what the limit leaves when copying needs its double.
 * With one generation the nursery takes the place of the old generation's growth.
 *
 * Follows: GHC, rts/sm/GC.c (resizeGenerations, resize_nursery), rts/sm/Storage.c (calcNeeded). */
#include "gc/heap_state.h"

static size_t at_least(size_t value, size_t minimum) { return value > minimum ? value : minimum; }
static size_t at_most(size_t value, size_t maximum) { return value < maximum ? value : maximum; }

static size_t limit_blocks(const HeapState *h) { return h->heap.config.heap_limit / BLOCK_SIZE; }
static size_t minimum_nursery(const HeapState *h)
{
    return at_least(blocks_of_bytes(h->heap.config.nursery_bytes), 1);
}

uint32_t policy_choose_generation(const HeapState *h, bool major)
{
    uint32_t oldest = h->oldest->no;
    if (major) return oldest;
    for (uint32_t g = oldest; g > 0; g--) {
        const Generation *generation = &h->generations[g];
        if (generation->list.blocks + generation->large.blocks > generation->max_blocks) return g;
    }
    return 0;
}

/* What a major collection needs beside what is there. */
static size_t copied_blocks(const HeapState *h)
{
    size_t blocks = 0;
    for (uint32_t g = 0; g < generation_count(h); g++)
        if (g < h->oldest->no || !h->heap.config.collector->in_place) blocks += h->generations[g].list.blocks;
    return blocks;
}

bool policy_over_limit(const HeapState *h, size_t more)
{
    if (limit_blocks(h) == 0) return false;
    return generations_blocks(h) + copied_blocks(h) + minimum_nursery(h) + more > limit_blocks(h);
}

static size_t grown(const HeapState *h, size_t live)
{
    return (size_t)((double)live * h->heap.config.factor);
}

/* ---- Generations */

static size_t generation_limit(const HeapState *h, size_t live)
{
    size_t size = at_least(grown(h, live), blocks_of_bytes(h->heap.config.minimum_old_bytes));
    size_t limit = limit_blocks(h), old_generations = generation_count(h) - 1, nursery = minimum_nursery(h);
    if (limit == 0) return size;
    size_t left = limit > nursery ? limit - nursery : 0;
    return at_most(size, left / (2 * old_generations - h->heap.config.collector->in_place));
}

static void resize_generations(HeapState *h)
{
    if (generation_count(h) == 1) return;
    size_t live = (h->oldest->words + BLOCK_WORDS - 1) / BLOCK_WORDS + h->oldest->large.blocks;
    size_t size = generation_limit(h, live);
    for (uint32_t g = 0; g < generation_count(h); g++) h->generations[g].max_blocks = size;
}

/* ---- Nursery */

/* One generation: the nursery grows with what lives, so that the cost of copying it is spread. */
static size_t two_space_nursery(const HeapState *h)
{
    size_t live = generations_blocks(h), limit = limit_blocks(h);
    size_t needed = h->heap.config.collector->in_place ? live : 2 * live;
    if (limit && (size_t)((double)live * h->heap.config.factor * 2) > limit)
        return at_least(limit > needed ? limit - needed : 0, minimum_nursery(h));
    return at_least(grown(h, live), minimum_nursery(h));
}

/* -H: the nursery takes what the suggested size leaves, half of it kept for copying. */
static size_t suggested_nursery(const HeapState *h)
{
    size_t suggested = blocks_of_bytes(h->heap.config.suggested_bytes), live = generations_blocks(h);
    return at_least(suggested > live ? (suggested - live) / 2 : 0, minimum_nursery(h));
}

static size_t nursery_size(const HeapState *h)
{
    if (generation_count(h) == 1) return two_space_nursery(h);
    if (h->heap.config.suggested_bytes) return suggested_nursery(h);
    return minimum_nursery(h);
}

void policy_resize(HeapState *h, bool major)
{
    if (major) resize_generations(h);
    h->nursery.wanted = nursery_size(h);
    h->large_limit = h->nursery.wanted * BLOCK_WORDS;
    nursery_resize(h);
}
