/* gc/policy.c: sizes beside the formulas of GHC's rts/sm/GC.c and Storage.c, written out again. */
#include "gc_mutator.h"

#include "gc/heap_state.h"

static HeapConfig small(void)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 16384;
    config.minimum_old_bytes = 65536;
    config.clock = false;
    return config;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static size_t live_blocks(const HeapState *h)
{
    return (h->oldest->words + BLOCK_WORDS - 1) / BLOCK_WORDS + h->oldest->large.blocks;
}

static Mutator *grown_world(const HeapConfig *config, uint64_t seed)
{
    Mutator *m = mutator_new(config, seed);
    mutator_run(m, 30000);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    return m;
}

/* ---- When the oldest generation is collected */

static void note_generation(void *context, const GcStats *stats)
{
    uint8_t *generations = context;
    if (stats->number <= 3) generations[stats->number - 1] = stats->generation;
}

/* What survives goes to generation 0, then to generation 1, which may hold nothing until its first
 * collection: the third one. GHC's -S shows the same. */
Test(policy, the_third_collection_is_the_first_major_one)
{
    uint8_t generations[3] = {9, 9, 9};
    HeapConfig config = small();
    Mutator *m = mutator_new(&config, 1);
    heap_on_collection(m->heap, note_generation, generations);
    mutator_run(m, 5000);
    cr_assert_geq(m->heap->gc_count, 3);
    cr_assert_arr_eq(generations, ((uint8_t[]){0, 0, 1}), 3);
    mutator_free(m);
}

Test(policy, an_old_generation_may_grow_by_the_factor)
{
    for (uint64_t seed = 1; seed < 6; seed++) {
        HeapConfig config = small();
        config.factor = 1 + (double)seed;
        config.minimum_old_bytes = seed % 2 ? 4096 : 1 << 22;
        Mutator *m = grown_world(&config, seed);
        HeapState *h = heap_state(m->heap);
        size_t size =
            larger((size_t)((double)live_blocks(h) * config.factor), config.minimum_old_bytes / BLOCK_SIZE);
        cr_assert_eq(h->oldest->max_blocks, size);
        cr_assert_gt(live_blocks(h), 1);
        mutator_free(m);
    }
}

Test(policy, under_a_limit_copying_has_its_double_and_some_stays_free)
{
    static const double per_cent[] = {0, 3, 25, 60};
    for (uint32_t generations = 2; generations <= 4; generations++)
        for (int i = 0; i < 4; i++) {
            HeapConfig config = small();
            config.generations = generations;
            config.heap_limit = (size_t)16 << 20;
            config.minimum_free = per_cent[i];
            config.minimum_old_bytes = (size_t)1 << 30;
            Mutator *m = grown_world(&config, 7);
            size_t limit = config.heap_limit / BLOCK_SIZE;
            size_t free =
                larger((size_t)(per_cent[i] * (double)limit / 200), config.nursery_bytes / BLOCK_SIZE);
            cr_assert_eq(heap_state(m->heap)->oldest->max_blocks, (limit - free) / (2 * (generations - 1)));
            mutator_free(m);
        }
}

/* The more is to stay free, the earlier -M is reached. */
Test(policy, what_is_to_stay_free_is_not_for_what_lives)
{
    size_t reached[2];
    for (int i = 0; i < 2; i++) {
        HeapConfig config = small();
        config.heap_limit = (size_t)4 << 20;
        config.minimum_free = i ? 80 : 0;
        Heap *heap = heap_new(&config);
        HeapState *h = heap_state(heap);
        reached[i] = 0;
        while (!policy_over_limit(h, reached[i])) reached[i]++;
        heap_free(heap);
    }
    size_t limit = ((size_t)4 << 20) / BLOCK_SIZE;
    cr_assert_eq(reached[0], limit - 4 + 1, "the nursery's four blocks stay free");
    cr_assert_eq(reached[1], limit - limit * 80 / 200 + 1);
}

/* ---- In place, or copied */

static size_t kept_in_place; /* words, by the last collection */
static void note_kept_in_place(void *context, const GcStats *stats)
{
    (void)context;
    kept_in_place = stats->kept_words;
}

/* By so many blocks of cells. */
static void list_lengthen(Mutator *m, size_t blocks)
{
    size_t words = m->con[1]->words, cells = blocks * BLOCK_WORDS / words;
    for (Word *o; cells > 0 && (o = heap_alloc(m->heap, words)); cells--) {
        o[0] = (Word)m->con[1];
        o[1] = m->roots[0];
        for (size_t i = 2; i < words; i++) o[i] = cells;
        m->roots[0] = ref_of((Closure *)o);
    }
    cr_assert_eq(cells, 0, "%zu cells are left", cells);
}

/* A list of so many blocks of cells, and nothing else. */
static Mutator *list_world(const HeapConfig *config, size_t blocks)
{
    Mutator *m = mutator_new(config, 1);
    for (int i = 0; i < (int)MUTATOR_ROOTS; i++) m->roots[i] = ref_of(m->nil);
    heap_on_collection(m->heap, note_kept_in_place, NULL);
    list_lengthen(m, blocks);
    return m;
}

static void collect_twice(Mutator *m)
{
    for (int i = 0; i < 2; i++) cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
}

static HeapConfig limited(double share, uint32_t generations)
{
    HeapConfig config = small();
    config.heap_limit = (size_t)4 << 20; /* 1024 blocks */
    config.compact_share = share;
    config.generations = generations;
    config.sanity_level = 3;
    config.sanity_period = 16;
    return config;
}

/* What the old generations may grow to, and their copies. */
static size_t grown_with_copies(const HeapState *h, bool in_place)
{
    size_t blocks = 0;
    for (uint32_t g = 1; g < generation_count(h); g++) blocks += 2 * h->generations[g].max_blocks;
    return in_place && blocks ? blocks - h->oldest->max_blocks : blocks;
}

/* GHC's -c<n>: what lives in the oldest generation, beside that share of -M. */
Test(policy, a_share_of_the_limit_is_copied_and_more_is_compacted)
{
    for (uint32_t generations = 1; generations <= 3; generations++)
        for (int above = 0; above <= 1; above++) {
            HeapConfig config = limited(above ? 19 : 21, generations);
            Mutator *m = list_world(&config, 205);
            collect_twice(m);
            cr_assert(above ? kept_in_place > 190 * BLOCK_WORDS : kept_in_place == 0,
                      "%u generations, %d: %zu words stayed, %zu blocks", generations, above, kept_in_place,
                      heap_state(m->heap)->oldest->list.blocks);
            cr_assert_leq(grown_with_copies(heap_state(m->heap), above), 1024 - 1024 * 3 / 200);
            mutator_free(m);
        }
}

Test(policy, without_a_limit_nothing_is_compacted)
{
    HeapConfig config = limited(0, 2);
    config.heap_limit = 0;
    Mutator *m = list_world(&config, 205);
    collect_twice(m);
    cr_assert_eq(kept_in_place, 0);
    mutator_free(m);
}

/* Copying needs the double of what lives; in place it may be nearly all that the limit allows. What is small
 * again is copied again. */
Test(policy, what_copying_has_no_room_for_is_compacted)
{
    for (uint32_t generations = 1; generations <= 2; generations++) {
        HeapConfig config = limited(100, generations);
        Mutator *m = list_world(&config, 930);
        cr_assert_not(m->heap->overflowed);
        cr_assert_gt(kept_in_place, 0);
        collect_twice(m);
        cr_assert_gt(kept_in_place, 900 * BLOCK_WORDS);
        m->roots[0] = ref_of(m->nil);
        collect_twice(m);
        collect_twice(m);
        cr_assert_eq(kept_in_place, 0);
        cr_assert_eq(heap_check(m->heap, 3, stderr), 0);
        mutator_free(m);
    }
}

/* So it is when a source that did not know how much it has has no more. */
Test(policy, what_a_source_has_no_room_to_copy_is_compacted)
{
    HeapConfig config = limited(100, 2);
    config.heap_limit = 0;
    config.source = block_source_fixed(NULL, (size_t)4 << 20);
    config.source->mblocks = 0;
    Mutator *m = list_world(&config, 800);
    collect_twice(m);
    cr_assert_gt(kept_in_place, 780 * BLOCK_WORDS);
    cr_assert_eq(heap_check(m->heap, 3, stderr), 0);
    mutator_free(m);
}

static void count_major(void *context, const GcStats *stats) { *(size_t *)context += stats->major; }

/* The oldest generation grows beyond what lives in it for as long as -M allows, beside however many others.
 */
Test(policy, few_collections_are_major_until_the_limit_is_near)
{
    for (uint32_t generations = 2; generations <= 8; generations++) {
        size_t major = 0;
        HeapConfig config = limited(30, generations);
        config.sanity_level = 0;
        Mutator *m = list_world(&config, 10);
        heap_on_collection(m->heap, count_major, &major);
        list_lengthen(m, 850);
        cr_assert_not(m->heap->overflowed);
        cr_assert(major > 1 && major < 15, "%u generations: %zu collections are major", generations, major);
        mutator_free(m);
    }
}

/* Who has survived a refusal is not told of it when -M is met. */
Test(policy, a_refusal_that_is_past_is_no_limit)
{
    char error[256];
    HeapConfig config = limited(100, 2);
    config.sanity_level = 0;
    config.source = block_source_parse("faulty:2:mmap", error, sizeof error);
    Mutator *m = list_world(&config, 10);
    cr_assert_not(block_allocator_commit(m->heap->blocks, 1));
    cr_assert_eq(heap_limit_met(m->heap).request, 2);
    list_lengthen(m, 900);
    while (!m->heap->overflowed) list_lengthen(m, 10);
    cr_assert_eq(heap_limit_met(m->heap).bytes, config.heap_limit);
    mutator_free(m);
}

/* Megablocks beyond four that nobody uses. */
static void note_idle(void *context, Heap *heap, const GcStats *stats)
{
    size_t *most = context;
    BlockCounters counters;
    block_counters(heap->blocks, &counters);
    (void)stats;
    if (counters.committed_mblocks > 4) *most = larger(*most, block_allocator_idle(heap->blocks));
}

/* A collection may have to take more than -M; between collections nobody holds it, but for one megablock. */
Test(policy, what_a_collection_takes_beyond_the_limit_goes_back)
{
    HeapConfig config = limited(100, 2);
    size_t most = 0;
    config.nursery_bytes = (size_t)3 << 20;
    config.return_decay = 0;
    Mutator *m = list_world(&config, 10);
    heap_observe(m->heap, &(GcObserver){.context = &most, .gc_end = note_idle});
    for (int i = 0; i < 3; i++) {
        list_lengthen(m, 700);
        m->roots[0] = ref_of(m->nil);
        cr_assert_eq(heap_collect(m->heap, false, GC_REASON_REQUESTED), HEAP_OK);
    }
    heap_observe(m->heap, NULL);
    BlockCounters counters;
    block_counters(m->heap->blocks, &counters);
    cr_assert_gt(counters.peak_mblocks, 4);
    cr_assert_leq(most, 1);
    mutator_free(m);
}

/* A heap that has been compacted knows as well as one that has been copied what copying it may take. */
Test(policy, what_has_been_compacted_has_the_words_of_arrays_counted)
{
    size_t variable[2];
    for (int copied = 0; copied <= 1; copied++) {
        HeapConfig config = limited(copied ? 100 : 0, 2);
        Mutator *m = list_world(&config, 100);
        for (uint32_t i = 1; i < MUTATOR_ROOTS; i++) {
            size_t words = 100 + i;
            Word *o = heap_alloc(m->heap, words);
            o[0] = (Word)std(m, STD_ARR_WORDS);
            o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
            memset(&o[BYTES_PAYLOAD], 0, o[BYTES_COUNT]);
            m->roots[i] = ref_of((Closure *)o);
        }
        collect_twice(m);
        collect_twice(m);
        cr_assert_eq(kept_in_place > 0, !copied);
        variable[copied] = heap_state(m->heap)->oldest->variable_words;
        mutator_free(m);
    }
    cr_assert_gt(variable[1], 100 * (MUTATOR_ROOTS - 1));
    cr_assert_eq(variable[0], variable[1]);
}

/* Random mutators whose collections are made in place, in turns with copies, checked each time. */
Test(policy, random_mutators_live_with_both, .timeout = 60)
{
    for (uint32_t generations = 1; generations <= 3; generations++)
        for (int share = 0; share <= 1; share++) {
            HeapConfig config = limited(share, generations);
            config.sanity_level = 4;
            config.stress_period = 40;
            Mutator *m = mutator_new(&config, 20 + generations);
            m->compare_every = 5;
            mutator_run(m, 6000);
            cr_assert_not(m->exhausted);
            mutator_compare(m);
            mutator_free(m);
        }
}

/* ---- The nursery */

static size_t needed_next(const HeapState *h)
{
    size_t blocks = 0;
    for (uint32_t g = 0; g < h->heap.config.generations; g++) {
        const Generation *generation = &h->generations[g];
        size_t held = generation->list.blocks + generation->large.blocks;
        bool collected = g == 0 || held > generation->max_blocks;
        blocks += held + (collected ? generation->list.blocks : 0);
    }
    return blocks;
}

typedef struct Suggested {
    HeapState *h;
    size_t bytes, seen, grew, kept, last_nursery;
} Suggested;

static void check_suggested(void *context, const GcStats *stats)
{
    Suggested *s = context;
    HeapState *h = s->h;
    if (stats->generation == 0) s->kept = stats->copied_words / (BLOCK_WORDS - 10) * 100 / s->last_nursery;
    long left = (long)(s->bytes / BLOCK_SIZE) - (long)needed_next(h);
    long blocks = left * 100 / (long)(100 + s->kept);
    long minimum = (long)(h->heap.config.nursery_bytes / BLOCK_SIZE);
    cr_assert_eq(h->nursery.wanted, (size_t)(blocks < minimum ? minimum : blocks));
    cr_assert_eq(h->nursery.blocks, h->nursery.wanted);
    s->last_nursery = h->nursery.blocks;
    s->grew += blocks > minimum;
    s->seen++;
}

Test(policy, the_nursery_takes_what_a_suggested_size_leaves)
{
    HeapConfig config = small();
    config.suggested_bytes = (size_t)3 << 19;
    Mutator *m = mutator_new(&config, 3);
    Suggested s = {.h = heap_state(m->heap), .bytes = config.suggested_bytes, .kept = 30, .last_nursery = 4};
    heap_on_collection(m->heap, check_suggested, &s);
    mutator_run(m, 400000);
    cr_assert(s.seen > 5 && s.grew > 5, "%zu collections, %zu large nurseries", s.seen, s.grew);
    mutator_free(m);
}

Test(policy, without_a_size_the_old_generations_growth_is_suggested)
{
    HeapConfig config = small();
    config.suggested_by_size = true;
    Mutator *m = grown_world(&config, 4);
    HeapState *h = heap_state(m->heap);
    cr_assert_eq(h->suggested_blocks, larger(2 * live_blocks(h), config.minimum_old_bytes / BLOCK_SIZE));
    mutator_free(m);
}

Test(policy, with_one_generation_the_nursery_grows_with_what_is_copied)
{
    HeapConfig config = small();
    config.generations = 1;
    config.factor = 3;
    Mutator *m = grown_world(&config, 5);
    HeapState *h = heap_state(m->heap);
    cr_assert_eq(h->nursery.wanted, larger(3 * h->oldest->list.blocks, 4));
    cr_assert_gt(h->nursery.wanted, 4);
    mutator_free(m);
}

Test(policy, large_objects_have_a_limit_of_their_own)
{
    HeapConfig config = small();
    for (int i = 0; i < 2; i++) {
        config.large_bytes = i ? (size_t)1 << 20 : 0;
        Heap *heap = heap_new(&config);
        size_t limit = i ? config.large_bytes : config.nursery_bytes, words = 2 * BLOCK_WORDS, before = 0;
        for (; heap->gc_count == 0; before += words) {
            Word *object = heap_alloc(heap, words);
            object[0] = (Word)info_std(heap->infos, STD_ARR_WORDS);
            object[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
        }
        cr_assert_eq(before, limit / WORD_BYTES + words, "the one after the limit collects");
        heap_free(heap);
    }
}
