/* gc/: a collection that has begun ends, however little memory there is: either it is refused before anything
 * moves, or everything is there afterwards. */
#include "gc_mutator.h"

#include "gc/collection.h"

/* A source that does not know how much it has, so that nothing is done before it has no more. */
static BlockSource *ends_unexpectedly(size_t bytes)
{
    BlockSource *source = block_source_fixed(NULL, bytes);
    cr_assert_not_null(source);
    source->mblocks = 0;
    return source;
}

/* Byte arrays of two sizes, a small and a large one filling a block; copying them in another order, first all
 * large ones, takes a block for each of these and half a block for each of the others. */
enum { LARGER = 300, SMALLER = (int)BLOCK_WORDS - LARGER, MOST_PAIRS = 200 };

typedef struct Pairs {
    Heap *heap;
    Ref larger[MOST_PAIRS], smaller[MOST_PAIRS];
    size_t count;
} Pairs;

static void pairs_roots(void *context, SlotVisitor visit, void *visit_context)
{
    Pairs *p = context;
    for (size_t i = 0; i < p->count; i++) visit(visit_context, &p->larger[i]);
    for (size_t i = 0; i < p->count; i++) visit(visit_context, &p->smaller[i]);
}

static Ref bytes_at(Pairs *p, Word *o, size_t words, size_t number)
{
    o[0] = (Word)info_std(p->heap->infos, STD_ARR_WORDS);
    o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
    for (size_t i = BYTES_PAYLOAD; i < words; i++) o[i] = number * 1000 + i;
    return (Ref)o;
}

static void pairs_fill(Pairs *p, size_t count)
{
    for (p->count = 0; p->count < count; p->count++) {
        Word *o = heap_alloc_no_gc(p->heap, LARGER);
        if (o) p->larger[p->count] = bytes_at(p, o, LARGER, p->count);
        Word *next = o ? heap_alloc_no_gc(p->heap, SMALLER) : NULL;
        if (!next) return;
        p->smaller[p->count] = bytes_at(p, next, SMALLER, p->count);
    }
}

static void bytes_check(Ref ref, size_t words, size_t number)
{
    const Word *o = (const Word *)ref;
    cr_assert_eq(o[BYTES_COUNT], (words - BYTES_PAYLOAD) * WORD_BYTES);
    for (size_t i = BYTES_PAYLOAD; i < words; i++) cr_assert_eq(o[i], number * 1000 + i);
}

static void pairs_check(const Pairs *p)
{
    for (size_t i = 0; i < p->count; i++) {
        bytes_check(p->larger[i], LARGER, i);
        bytes_check(p->smaller[i], SMALLER, i);
    }
}

static Pairs *pairs_new(size_t count, uint32_t threads)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 4096;
    config.collector = tested;
    config.gc_threads = threads;
    config.team_words = 0;
    config.source = ends_unexpectedly((size_t)1 << 20);
    Pairs *p = calloc(1, sizeof *p);
    p->heap = heap_new(&config);
    cr_assert_not_null(p->heap);
    heap_add_roots(p->heap, ROOT_HANDLE, pairs_roots, p);
    pairs_fill(p, count);
    return p;
}

static void pairs_free(Pairs *p)
{
    heap_free(p->heap);
    free(p);
}

/* True if the collection was not refused. */
static bool pairs_survive(size_t count, uint32_t threads)
{
    Pairs *p = pairs_new(count, threads);
    cr_assert_eq(p->count, count);
    HeapStatus first = heap_collect(p->heap, true, GC_REASON_REQUESTED);
    pairs_check(p);
    cr_assert_eq(heap_check(p->heap, 2, NULL), 0);
    if (first == HEAP_OK) heap_collect(p->heap, true, GC_REASON_REQUESTED); /* may be refused */
    pairs_check(p);
    pairs_free(p);
    return first == HEAP_OK;
}

COLLECTOR_TEST(room, what_does_not_fit_is_refused_before_anything_moves, COLLECTING)
{
    for (uint32_t threads = 1; threads <= 3; threads += 2) {
        size_t count = 10;
        while (count < MOST_PAIRS && pairs_survive(count, threads)) count += 10;
        cr_assert_gt(count, 60, "%s refuses %zu blocks of 252", tested->name, count);
        cr_assert_lt(count, 150, "%s takes %zu blocks of 252", tested->name, count);
        for (size_t more = count; more <= 200; more += 35) pairs_survive(more, threads);
    }
}

/* ---- The bound itself */

static size_t blocks_now(const Heap *heap)
{
    BlockCounters counters;
    block_counters(heap->blocks, &counters);
    return counters.allocated_blocks;
}

static size_t most_blocks;
static void note_blocks(void *context, const char *name, uint64_t ns)
{
    const Heap *heap = context;
    (void)ns;
    if (strcmp(name, gc_phase_names[GC_PHASE_FINISH]) == 0) most_blocks = blocks_now(heap);
}

/* Copying the pairs takes three blocks for two; the bound is not below it, and at most a third above. */
Test(room, the_worst_case_is_reached_but_not_passed)
{
    tested = collector_default();
    Pairs *p = pairs_new(60, 1);
    HeapState *h = heap_state(p->heap);
    heap_observe(p->heap, &(GcObserver){.context = p->heap, .gc_phase = note_blocks});
    for (int i = 0; i < 3; i++) {
        nursery_close(h);
        spaces_note_tables(h);
        size_t before = blocks_now(p->heap), bound = spaces_worst_case(p->heap, h->oldest->no);
        cr_assert_eq(heap_collect(p->heap, true, GC_REASON_REQUESTED), HEAP_OK);
        size_t taken = most_blocks - before;
        cr_assert_leq(taken, bound);
        if (i == 0) cr_assert_geq(taken, 85, "%zu blocks", taken);
        cr_assert_leq(bound, taken * 4 / 3 + 4, "collection %d: %zu blocks, bound %zu", i, taken, bound);
    }
    pairs_free(p);
}

/* Small objects: hardly more than they fill. */
Test(room, small_objects_need_little_more_than_they_fill)
{
    tested = collector_default();
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 4096;
    Mutator *m = mutator_new(&config, 1);
    HeapState *h = heap_state(m->heap);
    Ref list = ref_of(m->nil);
    for (int i = 0; i < 20000; i++) {
        Word *o = heap_alloc_no_gc(m->heap, m->con[1]->words);
        o[0] = (Word)m->con[1];
        o[1] = list;
        o[2] = 0;
        list = ref_of((Closure *)o);
    }
    m->roots[0] = list;
    m->roots[1] = ref_of(m->nil);
    for (int i = 0; i < 3; i++) heap_collect(m->heap, true, GC_REASON_REQUESTED);
    nursery_close(h);
    size_t held = h->oldest->list.blocks, bound = spaces_worst_case(m->heap, h->oldest->no);
    cr_assert_gt(held, 100);
    cr_assert_leq(bound, held + held / 2, "%zu blocks, bound %zu", held, bound);
    mutator_free(m);
}

/* ---- Remembered sets without memory */

static bool was_major;
static void note_major(void *context, Heap *heap, const GcStats *stats)
{
    (void)context, (void)heap;
    was_major = stats->major;
}

static BlockDescr *hoard(Heap *heap)
{
    BlockDescr *hoarded = NULL, *block;
    while ((block = block_group_alloc_at(heap->blocks, 1, OWNER_COLLECTOR, SITE_MARKS))) {
        block->link = hoarded;
        hoarded = block;
    }
    return hoarded;
}

COLLECTOR_TEST(room, an_entry_without_a_block_makes_the_next_collection_major, GENERATIONAL)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = (size_t)64 << 10;
    config.collector = tested;
    config.sanity_level = 3;
    config.source = ends_unexpectedly((size_t)2 << 20);
    Mutator *m = mutator_new(&config, 1);
    HeapState *h = heap_state(m->heap);
    Word *variable = heap_alloc_no_gc(m->heap, 2);
    variable[0] = (Word)std(m, STD_MUT_VAR_DIRTY);
    variable[1] = ref_of(m->nil);
    m->roots[0] = (Ref)variable;
    for (int i = 0; i < 3; i++) cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
    heap_observe(m->heap, &(GcObserver){.gc_end = note_major});
    BlockDescr *hoarded = hoard(m->heap);
    Closure *old = ref_closure(m->roots[0]);
    Word *young = heap_alloc_no_gc(m->heap, 2);
    young[0] = (Word)m->con[0];
    young[1] = 4711;
    heap_dirty_mut_var(m->heap, old);
    closure_words(old)[1] = ref_of((Closure *)young);
    cr_assert(h->remembered_lost);
    cr_assert_eq(heap_check(m->heap, 3, stderr), 0, "that is known");
    block_chain_free(m->heap->blocks, hoarded);
    cr_assert_eq(heap_collect(m->heap, false, GC_REASON_REQUESTED), HEAP_OK);
    cr_assert(was_major);
    cr_assert_not(h->remembered_lost);
    cr_assert_eq(((Word *)ref_closure(closure_words(ref_closure(m->roots[0]))[1]))[1], 4711);
    cr_assert_eq(heap_collect(m->heap, false, GC_REASON_REQUESTED), HEAP_OK);
    cr_assert_not(was_major);
    mutator_free(m);
}

/* Of nine megablocks each second one is taken. */
Test(room, megablocks_apart_count_as_much_as_a_run)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 4096;
    config.source = block_source_fixed(NULL, (size_t)9 << 20);
    Heap *heap = heap_new(&config);
    BlockDescr *taken[8];
    for (int i = 0; i < 8; i++) taken[i] = block_group_alloc(heap->blocks, USABLE_BLOCKS, OWNER_PINNED);
    for (int i = 0; i < 8; i += 2) block_group_free(heap->blocks, taken[i]);
    block_allocator_trim(heap->blocks, 0);
    cr_assert(memory_at_hand(heap_state(heap), 4 * USABLE_BLOCKS));
    cr_assert_not(memory_at_hand(heap_state(heap), 5 * USABLE_BLOCKS));
    for (int i = 1; i < 8; i += 2) block_group_free(heap->blocks, taken[i]);
    heap_free(heap);
}

/* ---- A source that knows how much it has stands for an -M */

/* Each begins with a blank. */
static void config_flags(HeapConfig *config, const char *flags)
{
    char text[64], error[256], *rest = text;
    snprintf(text, sizeof text, "%s", flags);
    for (char *flag = strtok_r(text, " ", &rest); flag; flag = strtok_r(NULL, " ", &rest))
        cr_assert_eq(heap_config_flag(config, flag, error, sizeof error), 1, "%s", error);
}

static Ref hold_all(Mutator *m, Ref list, int count, bool *told)
{
    for (int i = 0; i < count && !*told; i++) {
        m->roots[0] = list;
        if (heap_need(m->heap, m->con[1]->words) != HEAP_OK) return 0;
        list = m->roots[0];
        Word *o = heap_alloc_no_gc(m->heap, m->con[1]->words);
        o[0] = (Word)m->con[1];
        o[1] = list;
        o[2] = (Word)i;
        list = ref_of((Closure *)o);
        *told = m->heap->overflowed;
    }
    return list;
}

/* The mutator holds more and more, is told that it is too much, lets go of it, and may do so again. */
static void fill_again_and_again(const char *flags, size_t mib)
{
    HeapConfig config;
    heap_config_default(&config);
    config_flags(&config, flags);
    config.collector = tested;
    config.sanity_level = 2;
    config.sanity_period = 7;
    config.source = block_source_fixed(NULL, mib << 20);
    Mutator *m = mutator_new(&config, 1);
    m->roots[1] = ref_of(m->nil);
    for (int times = 0; times < 3; times++) {
        bool told = false;
        cr_assert_neq(hold_all(m, ref_of(m->nil), 1000000, &told), 0, "%s%s, %zu MiB: refused", tested->name,
                      flags, mib);
        cr_assert(told, "%s%s, %zu MiB: a million objects fit", tested->name, flags, mib);
        m->heap->overflowed = false;
        m->roots[0] = ref_of(m->nil);
        cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
    }
    HeapLimit limit = heap_limit_met(m->heap);
    cr_assert_str_eq(limit.source, "fixed");
    cr_assert_eq(limit.bytes, mib << 20);
    mutator_free(m);
}

COLLECTOR_TEST(room, who_fills_a_source_is_told_in_time_and_goes_on, COLLECTING)
{
    static const char *const ways[] = {"", " -A64k", " -A16k -G1", " -A64k -H20m", " -H", " -A64k -G3"};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++)
        for (size_t mib = 1; mib <= 4; mib *= 2) fill_again_and_again(ways[way], mib);
}
