/* gc/: memory comes from any source with any placement, goes back to the system when it is no longer needed
 * (-Fd), and is all freed when a heap ends. */
#include "gc_mutator.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/worlds.h"

enum { ARRAYS = 48 };
static const size_t array_words = ((size_t)1 << 20) / WORD_BYTES;

/* Large byte arrays, held or not. */
typedef struct Arrays {
    Heap *heap;
    Ref held[ARRAYS];
} Arrays;

static void arrays_roots(void *context, SlotVisitor visit, void *visit_context)
{
    Arrays *arrays = context;
    for (unsigned i = 0; i < ARRAYS; i++)
        if (arrays->held[i]) visit(visit_context, &arrays->held[i]);
}

static void arrays_fill(Arrays *arrays, const char *decay)
{
    char error[200];
    HeapConfig config;
    heap_config_default(&config);
    config.clock = false;
    cr_assert_eq(heap_config_flag(&config, decay, error, sizeof error), 1, "%s", error);
    *arrays = (Arrays){.heap = heap_new(&config)};
    heap_add_roots(arrays->heap, ROOT_HANDLE, arrays_roots, arrays);
    for (unsigned i = 0; i < ARRAYS; i++) {
        Word *o = heap_alloc(arrays->heap, array_words);
        o[0] = (Word)info_std(arrays->heap->infos, STD_ARR_WORDS);
        o[1] = (array_words - 2) * WORD_BYTES;
        memset(o + 2, 1, (array_words - 2) * WORD_BYTES);
        arrays->held[i] = ref_of((Closure *)o);
    }
}

static size_t committed_after(Arrays *arrays, unsigned majors)
{
    BlockCounters counters;
    for (unsigned i = 0; i < majors; i++) heap_collect(arrays->heap, true, GC_REASON_REQUESTED);
    block_counters(arrays->heap->blocks, &counters);
    return counters.committed_mblocks;
}

static size_t resident_mib(void)
{
    size_t all, pages;
    FILE *statm = fopen("/proc/self/statm", "r");
    cr_assert_eq(fscanf(statm, "%zu %zu", &all, &pages), 2);
    fclose(statm);
    return pages / 256;
}

Test(gc_memory, what_is_no_longer_needed_goes_back_by_halves)
{
    Arrays arrays;
    arrays_fill(&arrays, "-Fd2");
    size_t full = committed_after(&arrays, 1), resident = resident_mib();
    cr_assert_geq(full, ARRAYS);
    memset(arrays.held, 0, sizeof arrays.held);
    size_t once = committed_after(&arrays, 1), half = committed_after(&arrays, 1);
    cr_assert(once < full && half < once, "%zu, %zu, %zu", full, once, half);
    cr_assert(half >= full / 2 - 4 && half <= full / 2 + 4, "half of %zu after two collections: %zu", full,
              half);
    size_t end = committed_after(&arrays, 30);
    cr_assert_leq(end, 5, "nearly everything, in the end");
    cr_assert_leq(resident_mib() + ARRAYS - 6, resident, "%zu MiB were resident, now %zu", resident,
                  resident_mib());
    HeapTotals totals;
    heap_totals(arrays.heap, &totals);
    cr_assert_eq(totals.returned_mblocks, full - end);
    cr_assert_eq(totals.peak_mblocks, full);
    heap_free(arrays.heap);
}

/* Arrays of a nursery's size, all dead when they are collected: copying them is made sure of, and not done.
 */
static void fill_nurseries(Heap *heap, size_t words, unsigned arrays)
{
    for (unsigned i = 0; i < arrays; i++) {
        Word *o = heap_alloc(heap, words);
        o[0] = (Word)info_std(heap->infos, STD_ARR_WORDS);
        o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
        memset(o + BYTES_PAYLOAD, 1, o[BYTES_COUNT]);
    }
}

Test(gc_memory, in_use_is_what_has_been_touched)
{
    HeapConfig config;
    HeapTotals totals;
    heap_config_default(&config);
    config.nursery_bytes = (size_t)16 << 20;
    size_t before = resident_mib();
    Heap *heap = heap_new(&config);
    fill_nurseries(heap, 200, 40000);
    size_t resident = resident_mib() - before;
    heap_totals(heap, &totals);
    cr_assert_gt(heap->gc_count, 2);
    cr_assert_geq(totals.peak_mblocks, totals.peak_touched_mblocks + 10, "room for copies");
    cr_assert_geq(totals.peak_touched_mblocks, 16);
    cr_assert_leq(totals.peak_touched_mblocks, resident + 2, "%zu MiB are resident", resident);
    cr_assert_leq(resident, totals.peak_touched_mblocks + 3, "%zu MiB are resident", resident);
    cr_assert_leq(totals.fragmentation_blocks, 2 * USABLE_BLOCKS);
    cr_assert_geq(totals.peak_blocks, 4096);
    heap_free(heap);
}

Test(gc_memory, with_0_nothing_goes_back)
{
    Arrays arrays;
    arrays_fill(&arrays, "-Fd0");
    size_t full = committed_after(&arrays, 1);
    memset(arrays.held, 0, sizeof arrays.held);
    cr_assert_eq(committed_after(&arrays, 10), full);
    heap_free(arrays.heap);
}

Test(gc_memory, what_may_be_needed_stays)
{
    Arrays arrays;
    arrays_fill(&arrays, "-Fd1");
    size_t full = committed_after(&arrays, 1);
    cr_assert_geq(committed_after(&arrays, 20), full, "all of it lives");
    heap_free(arrays.heap);
}

EveryWorld(gc_memory, a_mutator_runs_in_every_world)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 8192;
    config.clock = false;
    config.sanity_level = 3;
    config.sanity_period = 20;
    config.source = world_source(text);
    config.placer = world_placer(placement);
    Mutator *m = mutator_new(&config, 3);
    cr_assert_not_null(m, "%s, %s", text, placement);
    mutator_run(m, 3000);
    cr_assert_eq(heap_check(m->heap, 3, stderr), 0u, "%s, %s", text, placement);
    mutator_free(m);
}

Test(gc_memory, a_group_that_is_not_freed_ends_in_a_story)
{
    fflush(NULL);
    int ends[2];
    char story[4096] = "";
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        HeapConfig config;
        heap_config_default(&config);
        Heap *heap = heap_new(&config);
        block_group_alloc_at(heap->blocks, 3, OWNER_REMEMBERED, SITE_REMEMBERED);
        heap_free(heap);
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got, at = 0; (got = read(ends[0], story + at, sizeof story - 1 - (size_t)at)) > 0;
         at += got) {
    }
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 254, "%x: %s", status, story);
    cr_assert_not_null(strstr(story, "3 block(s) of REMEMBERED, generation 0; taken for: remembered set"),
                       "%s", story);
}
