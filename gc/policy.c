/* How big things may get, in blocks: where and when the sizing policy is asked (gc/sizing.h), and what stands
 * above it.
 *
 * A generation is collected when it holds more than max_blocks, which is 0 until the first major collection;
 * after one it is what the policy says. Under -M the generations get what the limit leaves when
 * copying needs its double, and -m per cent, or the nursery, stay free to allocate in. When -c per cent of it
 * live in the oldest generation, or copying would not fit, that is compacted where it is, if the collector
 * has somebody for it. A source that has so much and no more (`fixed`) stands for an -M that leaves room for
 * collections. A program that passes -M is told so, and may then take -Mgrace more beyond what it
 * has, to deal with it. Committed memory beyond what may be needed decays after major collections, and what
 * a collection had to take beyond -M goes back when it ends.
 *
 * Follows: GHC, rts/sm/GC.c (resizeGenerations, resize_nursery, returnMemoryToOS and its decay),
 * rts/sm/Storage.c (calcNeeded). */
#include "gc/amounts.h"
#include "gc/heap_state.h"

/* Of a source that has so much and no more, a share; without one, what is asked for. */
static size_t within_source(const HeapState *h, size_t blocks, size_t share)
{
    size_t most = block_allocator_most(h->heap.blocks);
    return most ? at_most(blocks, most / share) : blocks;
}

static size_t minimum_nursery(const HeapState *h)
{
    return at_least(within_source(h, blocks_of_bytes(h->heap.config.nursery_bytes), 8), 1);
}

static size_t whole_grace(const HeapState *h)
{
    return within_source(h, blocks_of_bytes(h->heap.config.grace_bytes), 8);
}

/* What a source that has so much and no more leaves to generations and nursery: without what others have,
 * what a minor collection copies and a compacting one marks in, and the grace. */
static size_t source_limit(const HeapState *h)
{
    size_t most = block_allocator_most(h->heap.blocks);
    if (most == 0) return 0;
    BlockCounters c;
    block_counters(h->heap.blocks, &c);
    size_t ours =
        c.owner_blocks[OWNER_NURSERY] + c.owner_blocks[OWNER_GENERATION] + c.owner_blocks[OWNER_LARGE];
    size_t beside = c.allocated_blocks - ours + 3 * minimum_nursery(h) + most / 16 + whole_grace(h);
    return most > beside ? most - beside : 1;
}

/* 0: none. */
static size_t limit_blocks(const HeapState *h)
{
    size_t given = h->heap.config.heap_limit / BLOCK_SIZE, has = source_limit(h);
    return given && has ? at_most(given, has) : given + has;
}

uint32_t policy_choose_generation(const HeapState *h, bool major)
{
    uint32_t oldest = h->oldest->no;
    if (major) return oldest;
    for (uint32_t g = oldest; g > 0; g--) {
        const Generation *generation = &h->generations[g];
        if (generation_held(generation) > generation->max_blocks) return g;
    }
    return 0;
}

/* ---- In place, or copied */

/* The oldest generation can be collected where it is, if need be. */
static bool may_compact(const HeapState *h)
{
    const GcCollector *collector = h->heap.config.collector;
    return collector->in_place || (collector->compacting && limit_blocks(h));
}

/* It will be, as far as is known. */
static bool is_in_place(const HeapState *h) { return h->heap.config.collector->in_place || h->compacts; }

static void note_compacts(HeapState *h)
{
    double most = h->heap.config.compact_share / 100 * (double)limit_blocks(h);
    h->compacts = may_compact(h) && (double)h->oldest->list.blocks > most;
    h->sizes.in_place = is_in_place(h);
}

/* What a major collection needs beside what is there. What generation 0 holds goes round with the nursery,
 * and does not count, unless it is all there is. */
static size_t copied_blocks(const HeapState *h, bool in_place)
{
    size_t blocks = 0;
    for (uint32_t g = 1; g < h->oldest->no; g++) blocks += h->generations[g].list.blocks;
    return in_place ? blocks : blocks + h->oldest->list.blocks;
}

/* Under -M this much is to stay free: what the mutator allocates in between two collections. */
static size_t minimum_free(const HeapState *h)
{
    double share = h->heap.config.minimum_free / (generation_count(h) == 1 ? 100 : 200);
    return at_least((size_t)(share * (double)limit_blocks(h)), minimum_nursery(h));
}

static size_t blocks_with_copies(const HeapState *h, bool in_place)
{
    return generations_blocks(h) + copied_blocks(h, in_place) + minimum_free(h);
}

static size_t needed_blocks(const HeapState *h) { return blocks_with_copies(h, may_compact(h)); }

const GcCollector *policy_choose_collector(const HeapState *h, uint32_t collected)
{
    const GcCollector *usual = h->heap.config.collector;
    if (collected < h->oldest->no || !usual->compacting || !limit_blocks(h)) return usual;
    return h->compacts || blocks_with_copies(h, false) > limit_blocks(h) ? usual->compacting : usual;
}

bool policy_over_limit(const HeapState *h, size_t more)
{
    return limit_blocks(h) && needed_blocks(h) + more > limit_blocks(h) + h->grace_blocks;
}

bool policy_grant_grace(HeapState *h)
{
    if (h->grace_blocks || h->heap.config.grace_bytes == 0) return false;
    h->grace_blocks = needed_blocks(h) - limit_blocks(h) + whole_grace(h);
    h->heap.overflowed = true;
    return true;
}

void policy_end_grace(HeapState *h)
{
    if (needed_blocks(h) <= limit_blocks(h)) h->grace_blocks = 0;
}

HeapLimit heap_limit_met(const Heap *heap)
{
    const HeapState *h = heap_state((Heap *)heap);
    const BlockSource *source = block_allocator_source(heap->blocks);
    size_t given = heap->config.heap_limit / BLOCK_SIZE, has = source_limit(h);
    size_t refused = block_allocator_refused(heap->blocks);
    if (has && (!given || has < given))
        return (HeapLimit){.source = source->name, .bytes = source->mblocks * MBLOCK_SIZE};
    if (refused && !(given && needed_blocks(h) > given))
        return (HeapLimit){.source = source->name, .request = refused};
    return (HeapLimit){.bytes = given * BLOCK_SIZE};
}

/* ---- Under -M and -H */

static size_t beyond(size_t blocks, size_t used) { return blocks > used ? blocks - used : 0; }

/* What generations may grow to under -M, which is to hold them and their copies: equal shares, as GHC's. When
 * what lives fills more than half of such a share, the oldest generation gets half of what is left beyond it,
 * and the others the rest: else every collection would be a major one long before -M is reached. */
static void grow_within_limit(HeapState *h, size_t size)
{
    size_t left = beyond(limit_blocks(h), minimum_free(h)), live = h->sizes.live;
    size_t others = generation_count(h) - 2, times_oldest = is_in_place(h) ? 1 : 2;
    size_t share = left / (2 * others + times_oldest), oldest = share, other = share;
    if (others && live > share / 2) {
        oldest = at_most(size, live + beyond(left, times_oldest * live) / (2 * times_oldest));
        other = beyond(left, times_oldest * oldest) / (2 * others);
    }
    for (uint32_t g = 0; g < generation_count(h); g++) h->generations[g].max_blocks = at_most(size, other);
    h->oldest->max_blocks = at_most(size, oldest);
}

/* -H without a size: as much as an old generation may take. */
static void suggest(HeapState *h, size_t size)
{
    if (!h->heap.config.suggested_by_size) return;
    h->suggested_blocks = limit_blocks(h) ? at_most(size, limit_blocks(h)) : size;
}

/* ---- What the sizing policy is asked */

static size_t live_small(const HeapState *h)
{
    return (generation_words(h->oldest) + BLOCK_WORDS - 1) / BLOCK_WORDS;
}

/* Blocks that the older generations, and what is in generation 0, will need at the next collection. */
static size_t needed(const HeapState *h)
{
    size_t blocks = 0;
    for (uint32_t g = 0; g < generation_count(h); g++) {
        const Generation *generation = &h->generations[g];
        size_t held = generation->list.blocks + generation->large.blocks;
        bool in_place = g == h->oldest->no && is_in_place(h);
        blocks += held;
        if ((g == 0 || generation_held(generation) > generation->max_blocks) && !in_place)
            blocks += generation->list.blocks;
    }
    return blocks;
}

/* Of the nursery's blocks, how many in a hundred were full again after the last minor collection. */
static void note_kept(HeapState *h, const GcStats *stats)
{
    const size_t words_in_use = BLOCK_WORDS - 10;
    if (stats->generation > 0) return;
    h->sizes.nursery_survivors = stats->copied_words / words_in_use * 100 / h->nursery.blocks;
}

/* What has come and gone since the last major collection. */
static void note_major(HeapState *h)
{
    GcSizes *s = &h->sizes;
    size_t before = h->statistics.before[h->oldest->no] / BLOCK_WORDS;
    size_t allocated = (size_t)(h->statistics.totals.allocated_words / BLOCK_WORDS);
    s->promoted = before > s->live ? before - s->live : 0;
    s->allocated = allocated - h->allocated_at_major;
    h->allocated_at_major = allocated;
    s->live = live_small(h) + h->oldest->large.blocks;
}

static void resize_generations(HeapState *h)
{
    const GcSizer *sizer = h->heap.config.sizer;
    if (generation_count(h) == 1) return;
    size_t size = sizer->functions->old_generation(sizer->state, &h->sizes);
    suggest(h, size);
    size += MUTANT_IS(h, policy_generous);
    if (limit_blocks(h)) {
        grow_within_limit(h, size);
        return;
    }
    for (uint32_t g = 0; g < generation_count(h); g++) h->generations[g].max_blocks = size;
}

/* A source that has so much and no more is to hold the nursery and what copying it, and generation 0 with it,
 * takes at worst (Note [How many blocks copying takes]). */
static size_t nursery_within_source(const HeapState *h, size_t size)
{
    size_t has = source_limit(h), others = generations_blocks(h) + copied_blocks(h, is_in_place(h));
    if (has == 0) return size;
    if (generation_count(h) > 1) others += 2 * h->generations[0].list.blocks;
    return at_least(at_most(size, beyond(has, others) / 3), minimum_nursery(h));
}

static size_t policy_nursery(HeapState *h)
{
    const GcSizer *sizer = h->heap.config.sizer;
    GcSizes *s = &h->sizes;
    s->suggested = h->suggested_blocks;
    s->taken = needed(h);
    s->live_small = generation_count(h) == 1 ? h->generations[0].list.blocks : live_small(h);
    if (!sizer->functions->nursery) return sizing_nursery(s);
    size_t size = at_least(sizer->functions->nursery(sizer->state, s), 1);
    return limit_blocks(h) ? at_most(size, at_least(limit_blocks(h) / 2, 1)) : size;
}

/* ---- Memory back to the system */

/* Megablocks that the heap may need before its next major collection: the old generation as it may grow, what
 * copying it takes beside it, and the nursery; no fewer than the last one made sure of. */
static size_t needed_mblocks(const HeapState *h, size_t allocated)
{
    size_t live = generations_blocks(h), grows = at_least(times(h->heap.config.factor, live),
                                                          blocks_of_bytes(h->heap.config.minimum_old_bytes));
    grows = at_least(grows, h->oldest->max_blocks);
    size_t blocks = at_least(grows + live + h->nursery.wanted, allocated + h->at_hand);
    return (blocks + USABLE_BLOCKS - 1) / USABLE_BLOCKS;
}

/* What exceeds the need goes back so that it halves with every -Fd major collections. */
static size_t decayed_mblocks(const HeapState *h, const BlockCounters *counters)
{
    double decay = h->heap.config.return_decay;
    size_t needed = needed_mblocks(h, counters->allocated_blocks), committed = counters->committed_mblocks;
    if (decay <= 0 || committed <= needed) return 0;
    size_t kept = (size_t)((double)(committed - needed) * exp2(-1 / decay));
    return committed - needed - kept;
}

/* What a collection took beyond -M goes back at once. */
static size_t mblocks_beyond_limit(const HeapState *h, const BlockCounters *counters)
{
    size_t most = (h->heap.config.heap_limit + MBLOCK_SIZE - 1) / MBLOCK_SIZE;
    return most && counters->committed_mblocks > most ? counters->committed_mblocks - most : 0;
}

/* One idle megablock stays. */
static void return_memory(HeapState *h, bool major)
{
    BlockAllocator *a = h->heap.blocks;
    BlockCounters counters;
    block_counters(a, &counters);
    size_t gives = at_least(mblocks_beyond_limit(h, &counters), major ? decayed_mblocks(h, &counters) : 0),
           idle = block_allocator_idle(a);
    if (gives) block_allocator_trim(a, at_least(idle > gives ? idle - gives : 0, 1));
}

void policy_init(HeapState *h)
{
    const HeapConfig *config = &h->heap.config;
    size_t large = config->large_bytes ? config->large_bytes : config->nursery_bytes;
    h->large_limit = blocks_of_bytes(large) * BLOCK_WORDS;
    h->suggested_blocks = blocks_of_bytes(config->suggested_bytes);
    h->nursery.wanted = minimum_nursery(h);
    h->sizes = (GcSizes){.generations = config->generations,
                         .in_place = config->collector->in_place,
                         .factor = config->factor,
                         .minimum_old = blocks_of_bytes(config->minimum_old_bytes),
                         .minimum_nursery = minimum_nursery(h),
                         .limit = limit_blocks(h),
                         .nursery_survivors = 30};
}

void policy_resize(HeapState *h, const GcStats *stats)
{
    note_kept(h, stats);
    if (stats->major) note_major(h);
    if (stats->major) note_compacts(h);
    if (stats->major) resize_generations(h);
    h->nursery.wanted = nursery_within_source(h, policy_nursery(h));
    nursery_resize(h);
    return_memory(h, stats->major);
}
