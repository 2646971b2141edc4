/* gc/heap.h: allocation, limits, exhausted sources, walking, observing, flags, reports. */
#include "gc_mutator.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static HeapConfig tiny(void)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 8192;
    config.minimum_old_bytes = 65536;
    config.clock = false;
    config.poison = true;
    config.collector = tested;
    return config;
}

/* ---- Heap checks */

COLLECTOR_TEST(heap, a_check_gives_what_it_was_asked_for, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    Heap *h = heap_new(&config);
    for (size_t words = 1; words <= NURSERY_OBJECT_WORDS; words += 7) {
        cr_assert_eq(heap_need(h, words), HEAP_OK);
        cr_assert_eq(Bdescr(h->hp), Bdescr(h->hp + words - 1), "%zu words in one block", words);
        filler_write(h->infos, h->hp, words);
        h->hp += words;
    }
    cr_assert_eq(h->gc_count > 0, !tested->instead);
    cr_assert_eq(heap_check(h, 3, stderr), 0);
    heap_free(h);
}

COLLECTOR_TEST(heap, an_interrupt_takes_the_slow_path_once_and_does_not_collect, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    Heap *h = heap_new(&config);
    Word *lim = h->hp_lim;
    heap_interrupt(h);
    cr_assert_eq(h->hp_lim, h->hp);
    cr_assert_eq(heap_need(h, 4), HEAP_OK);
    cr_assert_eq(h->hp_lim, lim);
    cr_assert_eq(h->gc_count, 0);
    heap_free(h);
}

COLLECTOR_TEST(heap, stress_collects_at_every_third_check, GENERATIONAL)
{
    HeapConfig config = tiny();
    config.stress_period = 3;
    Heap *h = heap_new(&config);
    for (uint32_t i = 1; i <= 30; i++) {
        cr_assert_eq(h->hp_lim, h->hp, "the next check comes to heap_need");
        cr_assert_eq(heap_need(h, 2), HEAP_OK);
        filler_write(h->infos, h->hp, 2);
        h->hp += 2;
        h->hp_lim = h->hp;
        cr_assert_eq(h->gc_count, i / 3);
    }
    HeapTotals t;
    heap_totals(h, &t);
    cr_assert_eq(t.collections[0], 8, "every fourth of ten is major");
    cr_assert_eq(t.collections[1], 2);
    heap_free(h);
}

COLLECTOR_TEST(heap, allocated_words_are_exact, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    Heap *h = heap_new(&config);
    HeapTotals t;
    uint64_t words = 0;
    for (size_t i = 1; i < 2000; i++) {
        size_t n = i % 97 + 1 + (i % 100 == 0 ? LARGE_OBJECT_WORDS : 0);
        Word *o = heap_alloc(h, n);
        filler_write(h->infos, o, n);
        words += n;
        heap_totals(h, &t);
        cr_assert_eq(t.allocated_words, words);
    }
    cr_assert_eq(h->gc_count > 10, !tested->instead);
    heap_free(h);
}

COLLECTOR_TEST(heap, many_large_objects_make_a_collection_due, COLLECTING)
{
    HeapConfig config = tiny();
    Heap *h = heap_new(&config);
    for (int i = 0; i < 20; i++) {
        Word *o = heap_alloc(h, 1000);
        o[0] = (Word)info_std(h->infos, STD_ARR_WORDS);
        o[BYTES_COUNT] = 998 * WORD_BYTES;
    }
    cr_assert_gt(h->gc_count, 5);
    BlockCounters counters;
    block_counters(h->blocks, &counters);
    cr_assert_leq(counters.owner_blocks[OWNER_LARGE], 8, "the dead ones were given back");
    heap_free(h);
}

/* ---- Pinned byte arrays */

static Word *pinned(Heap *h, size_t bytes, size_t align)
{
    size_t words = BYTES_PAYLOAD + (bytes + WORD_BYTES - 1) / WORD_BYTES;
    Word *o = heap_alloc_pinned(h, words, align);
    o[0] = (Word)info_std(h->infos, STD_ARR_WORDS);
    o[BYTES_COUNT] = bytes;
    return o;
}

Test(heap, pinned_objects_are_aligned_and_share_blocks)
{
    HeapConfig config = tiny();
    config.nursery_bytes = 1 << 20;
    Heap *h = heap_new(&config);
    for (size_t i = 0; i < 500; i++) {
        size_t align = (size_t)8 << i % 6;
        Word *o = pinned(h, i % 50 + 1, align);
        cr_assert_eq((Word)(o + BYTES_PAYLOAD) % align, 0);
        cr_assert_eq(Bdescr(o)->owner, OWNER_PINNED);
    }
    BlockCounters counters;
    block_counters(h->blocks, &counters);
    cr_assert_leq(counters.owner_blocks[OWNER_PINNED], 15, "500 of 8 words on average, gaps included");
    cr_assert_eq(heap_check(h, 3, NULL), 0);
    heap_free(h);
}

Test(heap, pinned_objects_stay_and_their_dead_neighbours_with_them)
{
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, 5);
    Word *kept = pinned(m->heap, 100, 16), *neighbour = pinned(m->heap, 100, 16), *alone = NULL;
    BlockDescr *block = Bdescr(kept);
    cr_assert_eq(block, Bdescr(neighbour));
    m->roots[0] = (Ref)kept;
    kept[BYTES_PAYLOAD] = 77;
    for (int i = 0; i < 40 || Bdescr(alone) == block; i++) alone = pinned(m->heap, 2000, 16);
    for (int i = 0; i < 3; i++) heap_collect(m->heap, true, GC_REASON_REQUESTED);
    cr_assert_eq(m->roots[0], (Ref)kept);
    cr_assert_eq(kept[BYTES_PAYLOAD], 77);
    cr_assert_eq(block->gen_no, 1, "it was promoted as a whole");
    cr_assert_eq(neighbour[BYTES_COUNT], 100);
    BlockCounters counters;
    block_counters(m->heap->blocks, &counters);
    cr_assert_eq(counters.owner_blocks[OWNER_PINNED], 2, "its block and the current one");
    m->roots[0] = ref_of(m->nil);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    block_counters(m->heap->blocks, &counters);
    cr_assert_eq(counters.owner_blocks[OWNER_PINNED], 1, "the current block stays until it is full");
    cr_assert_eq(heap_check(m->heap, 3, NULL), 0);
    mutator_free(m);
}

Test(heap, large_pinned_objects_have_a_group_each)
{
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, 5);
    Word *o = pinned(m->heap, 30000, 512);
    cr_assert_eq((Word)(o + BYTES_PAYLOAD) % 512, 0);
    m->roots[0] = (Ref)o;
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    cr_assert_eq(m->roots[0], (Ref)o);
    cr_assert_eq(heap_check(m->heap, 3, NULL), 0);
    m->roots[0] = ref_of(m->nil);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    BlockCounters counters;
    block_counters(m->heap->blocks, &counters);
    cr_assert_eq(counters.owner_blocks[OWNER_PINNED], 0);
    mutator_free(m);
}

Test(heap, absurd_sizes_are_exhaustion)
{
    HeapConfig config = tiny();
    Heap *h = heap_new(&config);
    cr_assert_null(heap_alloc(h, (size_t)1 << 60));
    cr_assert_null(heap_alloc_pinned(h, (size_t)1 << 60, 16));
    cr_assert_null(heap_alloc_no_gc(h, (size_t)1 << 44));
    cr_assert_eq(heap_check(h, 3, NULL), 0);
    heap_free(h);
}

/* ---- Limits */

/* Conses until the heap is exhausted or `most` cells live; the list hangs on root 0. */
static size_t cons_until_exhausted(Mutator *m, size_t most)
{
    m->roots[0] = ref_of(m->nil);
    for (size_t i = 0; i < most; i++) {
        Word *o = take(m, 3);
        if (!o) return i;
        o[0] = (Word)m->con[1];
        o[1] = m->roots[0];
        o[2] = i;
        m->roots[0] = ref_of((Closure *)o);
    }
    return most;
}

static size_t list_length(const Mutator *m)
{
    size_t length = 0;
    for (Ref r = m->roots[0]; ref_closure(r) != m->nil; r = ref_closure(r)->payload[0]) length++;
    return length;
}

COLLECTOR_TEST(heap, the_limit_answers_and_leaves_the_heap_whole, COLLECTING)
{
    for (uint32_t generations = 1; generations <= 3; generations++) {
        HeapConfig config = tiny();
        config.generations = generations;
        config.heap_limit = (size_t)1 << 20;
        config.grace_bytes = 0;
        Mutator *m = mutator_new(&config, 5);
        size_t cells = cons_until_exhausted(m, 1000000);
        cr_assert_lt(cells, (1u << 20) / 24, "a megabyte holds no more");
        cr_assert_gt(cells, (1u << 20) / 24 / 4, "but a quarter of it, with copying");
        cr_assert_eq(list_length(m), cells);
        cr_assert_eq(heap_check(m->heap, 3, stderr), 0);
        m->roots[0] = ref_of(m->nil);
        cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK, "and room is there again");
        cr_assert_eq(cons_until_exhausted(m, 1000), 1000);
        mutator_free(m);
    }
}

/* Whoever never collects fills the heap to its limit, and answers. */
Test(heap, without_collections_the_limit_ends_it)
{
    char error[200];
    HeapConfig config = tiny();
    config.collector = collector_find("none", error, sizeof error);
    config.heap_limit = (size_t)1 << 20;
    config.grace_bytes = 0;
    Mutator *m = mutator_new(&config, 5);
    size_t cells = cons_until_exhausted(m, 1000000);
    cr_assert(cells > (1u << 20) / 24 * 9 / 10 && cells < (1u << 20) / 24, "%zu cells", cells);
    cr_assert_eq(list_length(m), cells);
    cr_assert_eq(heap_check(m->heap, 3, stderr), 0);
    m->roots[0] = ref_of(m->nil);
    cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_EXHAUSTED, "nothing is ever freed");
    cr_assert_eq(m->heap->gc_count, 0);
    mutator_free(m);
}

COLLECTOR_TEST(heap, the_limit_holds_for_large_objects, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    config.heap_limit = (size_t)1 << 20;
    Heap *h = heap_new(&config);
    cr_assert_null(heap_alloc(h, (1u << 20) / 8));
    cr_assert_not_null(heap_alloc(h, (1u << 20) / 32));
    heap_free(h);
}

COLLECTOR_TEST(heap, a_fixed_source_that_is_full_answers, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    config.source = block_source_fixed(NULL, (size_t)4 << 20);
    Mutator *m = mutator_new(&config, 5);
    size_t cells = cons_until_exhausted(m, 10000000);
    cr_assert_lt(cells, (4u << 20) / 24);
    cr_assert_gt(cells, (1u << 20) / 24);
    cr_assert_eq(list_length(m), cells);
    mutator_free(m);
}

/* Runs a mutator whose source fails at its n-th request. 0: it ended well; 1: exhausted; 251: out of memory.
 */
static int run_with_fault(size_t n, bool onwards)
{
    pid_t child = fork();
    if (child == 0) {
        HeapConfig config = tiny();
        config.source = block_source_faulty(block_source_reserve(), n, onwards);
        Mutator *m = mutator_new(&config, n);
        if (!m) _exit(1);
        cons_until_exhausted(m, 200000);
        if (heap_check(m->heap, 3, stderr) > 0) _exit(254);
        _exit(m->exhausted);
    }
    int status;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status), "request %zu: ended by signal %d", n, WTERMSIG(status));
    return WEXITSTATUS(status);
}

COLLECTOR_TEST(heap, a_source_that_fails_is_an_answer, ALL_COLLECTORS)
{
    bool exhausted = false;
    for (size_t n = 1; n <= 12; n++) {
        int once = run_with_fault(n, false), onwards = run_with_fault(n, true);
        cr_assert(once == 0 || once == 1 || once == 251, "request %zu: exit %d", n, once);
        cr_assert(onwards == 0 || onwards == 1 || onwards == 251, "request %zu: exit %d", n, onwards);
        exhausted |= onwards == 1;
    }
    cr_assert(exhausted, "no request failed");
}

/* ---- Walking */

typedef struct Count {
    size_t objects, words;
} Count;

static void count_object(void *context, Closure *c)
{
    Count *count = context;
    count->objects++;
    count->words += closure_size(c);
}

COLLECTOR_TEST(heap, after_a_major_collection_everything_that_is_there_survived, COLLECTING)
{
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, 3);
    mutator_run(m, 20000);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    Count all = {0}, survivors = {0};
    heap_each_object(m->heap, WALK_ALL, count_object, &all);
    heap_each_object(m->heap, WALK_SURVIVORS, count_object, &survivors);
    cr_assert_eq(all.objects, survivors.objects + 2 + MUTATOR_CAFS, "static closures are no survivors");
    mutator_free(m);
}

static void gc_end_counts(void *context, Heap *heap, const GcStats *stats)
{
    Mutator *m = context;
    Count survivors = {0};
    heap_each_object(heap, WALK_SURVIVORS, count_object, &survivors);
    cr_assert_eq(survivors.objects, m->moved_objects + m->relinked_objects + m->kept_objects);
    if (stats->major) cr_assert_eq(stats->live_objects, survivors.objects);
    m->moved_objects = m->relinked_objects = m->kept_objects = 0;
}

COLLECTOR_TEST(heap, survivors_are_what_was_moved, COLLECTING)
{
    HeapConfig config = tiny();
    config.generations = 3;
    Mutator *m = mutator_new(&config, 4);
    heap_observe(m->heap, &(GcObserver){.context = m, .moved = mutator_moved, .gc_end = gc_end_counts});
    mutator_run(m, 30000);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    mutator_free(m);
}

/* ---- Observing */

/* A digest of all that is told, addresses as block numbers and offsets. */
typedef struct Tape {
    uint64_t digest;
    size_t phases, released, remembered, inds;
} Tape;

static void tape_word(Tape *t, uint64_t w) { t->digest = (t->digest ^ w) * 0x100000001b3u; }
static void tape_address(Tape *t, const void *p)
{
    tape_word(t, (uint64_t)Bdescr(p)->number << 12 | ((Word)p & 4095));
}
static void tape_moved(void *context, const Closure *from, const Closure *to, size_t words,
                       uint8_t generation, MoveWhy why)
{
    tape_address(context, from);
    tape_address(context, to);
    tape_word(context, words << 16 | (uint64_t)generation << 8 | why);
}
static void tape_released(void *context, BlockDescr *group)
{
    Tape *t = context;
    t->released++;
    tape_word(t, group->number);
}
static void tape_phase(void *context, const char *name, uint64_t ns)
{
    Tape *t = context;
    t->phases++;
    cr_assert_eq(ns, 0, "the clock is off in phase %s", name);
}
static void tape_remembered(void *context, const Closure *object, const char *why)
{
    Tape *t = context;
    cr_assert(why);
    t->remembered++;
    tape_address(t, object);
}
static void tape_ind(void *context, const Closure *ind, const Closure *target)
{
    Tape *t = context;
    t->inds++;
    tape_address(t, ind);
    tape_address(t, target);
}
static void tape_end(void *context, Heap *heap, const GcStats *stats)
{
    (void)heap;
    tape_word(context, stats->live_words);
    tape_word(context, stats->freed_words);
    tape_word(context, stats->promoted_objects);
    cr_assert_eq(stats->pause_ns, 0);
}

static Tape tape_run(uint64_t seed)
{
    Tape t = {0};
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, seed);
    heap_observe(m->heap, &(GcObserver){.context = &t,
                                        .moved = tape_moved,
                                        .released = tape_released,
                                        .gc_phase = tape_phase,
                                        .remembered = tape_remembered,
                                        .ind_removed = tape_ind,
                                        .gc_end = tape_end});
    mutator_run(m, 20000);
    cr_assert_eq(t.phases, GC_PHASE_COUNT * m->heap->gc_count);
    mutator_free(m);
    return t;
}

COLLECTOR_TEST(heap, equal_runs_tell_the_same, COLLECTING)
{
    Tape first = tape_run(8), second = tape_run(8), other = tape_run(9);
    cr_assert_eq(first.digest, second.digest);
    cr_assert_neq(first.digest, other.digest);
    cr_assert(first.released > 0 && first.inds > 0);
    cr_assert_eq(first.remembered > 0, tested->most_generations > 1);
}

COLLECTOR_TEST(heap, observing_changes_nothing, ALL_COLLECTORS)
{
    HeapConfig config = tiny();
    Mutator *watched = mutator_new(&config, 12), *alone = mutator_new(&config, 12);
    heap_observe(alone->heap, NULL);
    mutator_run(watched, 20000);
    mutator_run(alone, 20000);
    HeapTotals a, b;
    heap_totals(watched->heap, &a);
    heap_totals(alone->heap, &b);
    cr_assert_eq(a.allocated_words, b.allocated_words);
    cr_assert_eq(a.copied_words, b.copied_words);
    cr_assert_eq(watched->heap->gc_count, alone->heap->gc_count);
    mutator_free(watched);
    mutator_free(alone);
}

/* ---- Moving stacks, removing indirections */

COLLECTOR_TEST(heap, a_chain_of_indirections_goes, COLLECTING)
{
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, 1);
    Word *value = take(m, 3);
    value[0] = (Word)m->con[1];
    value[1] = ref_of(m->nil);
    value[2] = 77;
    Ref r = ref_of((Closure *)value);
    for (int i = 0; i < 10; i++) {
        Word *ind = take(m, 2);
        ind[0] = (Word)std(m, STD_IND);
        ind[IND_TARGET] = r;
        r = (Word)ind;
    }
    m->roots[0] = r;
    heap_observe(m->heap, NULL);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    cr_assert_eq(ref_closure(m->roots[0])->info, m->con[1]);
    cr_assert_eq(ref_tag(m->roots[0]), m->con[1]->tag, "the value's tag has come along");
    cr_assert_eq(ref_closure(m->roots[0])->payload[1], 77);
    mutator_free(m);
}

COLLECTOR_TEST(heap, what_an_update_frame_updates_is_not_skipped, COLLECTING)
{
    HeapConfig config = tiny();
    Mutator *m = mutator_new(&config, 1);
    Word *thunk = take(m, 3), *frame;
    thunk[0] = (Word)m->thunk[0];
    frame = push(m, 2);
    frame[0] = (Word)std(m, STD_UPDATE_FRAME);
    frame[1] = m->roots[0] = (Word)thunk;
    heap_update(m->heap, (Closure *)thunk, ref_of(m->nil), std(m, STD_IND));
    heap_observe(m->heap, NULL);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    frame = (Word *)closure_words(current_stack(m))[STACK_SP];
    cr_assert_eq(ref_closure(frame[1])->info, std(m, STD_IND));
    cr_assert_eq(ref_closure(m->roots[0]), m->nil);
    mutator_free(m);
}

/* ---- Flags */

static void expect_flag(const char *flag, int answer)
{
    HeapConfig config;
    char error[200] = "";
    heap_config_default(&config);
    cr_assert_eq(heap_config_flag(&config, flag, error, sizeof error), answer, "%s: %s", flag, error);
    if (answer < 0) cr_assert(strstr(error, flag), "the error names the flag: %s", error);
}

Test(flags, are_taken_left_or_refused)
{
    const char *good[] = {
        "-A4k",         "-A1.5m",  "-G3",   "-M100m",     "-K8m",       "-ki2k",
        "-kc64k",       "-F3.5",   "-H1g",  "-H",         "-AL64k",     "-m5.5",
        "--copying-gc", "-O2m",    "-c",    "-c20",       "-c0.5",      "-DS",
        "-DS2",         "-DS3,10", "-DS,5", "--stress=7", "--ageing=0", "--no-eager-promotion"};
    const char *bad[] = {
        "-A",       "-Ax",           "-A4q",       "-G0",        "-G33",
        "-Gx",      "-F0.5",         "-Fnan",      "-DS9",       "-DS3,0",
        "-DSx",     "--stress=",     "--ageing=2", "-A0",        "--block-source=nothing-of-the-kind",
        "-Hx",      "-m101",         "-m",         "-A1",        "-A0x10",
        "-ki0",     "-kc7",          "-O4095",     "-H1",        "--inject=30",
        "-M0",      "-F1e1",         "-AL1k",      "-F.",        "--inject=91",
        "-c-1",     "-cx",           "-c101",      "--inject=0", "--inject",
        "--stress", "--block-source"};
    const char *others[] = {"-s", "-S", "-x", "--no-such-flag", "--no-eager-promotions", "-"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) expect_flag(good[i], 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) expect_flag(bad[i], -1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) expect_flag(others[i], 0);
}

Test(flags, set_their_fields)
{
    HeapConfig config;
    char error[200];
    heap_config_default(&config);
    heap_config_flag(&config, "-A4k", error, sizeof error);
    heap_config_flag(&config, "-kc64k", error, sizeof error);
    heap_config_flag(&config, "-DS3,10", error, sizeof error);
    heap_config_flag(&config, "--no-eager-promotion", error, sizeof error);
    heap_config_flag(&config, "-AL64k", error, sizeof error);
    heap_config_flag(&config, "-m7", error, sizeof error);
    heap_config_flag(&config, "-H3m", error, sizeof error);
    heap_config_flag(&config, "-H", error, sizeof error);
    cr_assert_eq(config.large_bytes, 65536);
    cr_assert_eq(config.minimum_free, 7);
    cr_assert(config.suggested_by_size && config.suggested_bytes == 0, "the last -H counts");
    cr_assert_eq(config.nursery_bytes, 4096);
    cr_assert_eq(config.stack_chunk, 65536);
    cr_assert_eq(config.sanity_level, 3);
    cr_assert_eq(config.sanity_period, 10);
    cr_assert_not(config.eager_promotion);
}
