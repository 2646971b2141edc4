/* gc/sanity*.c: reports, faults of a collection, and what the table of injections (test_gc_inject.c) does not
 * reach. Each test breaks one thing in a healthy heap, asserts that the first report carries the seeded
 * number, mends it, and asserts that the heap is healthy again. */
#include "gc/heap_state.h"
#include "gc_mutator.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_POKES 8

typedef struct World {
    Mutator *m;
    struct {
        void *place;
        char old[WORD_BYTES];
        size_t size;
    } pokes[MOST_POKES];
    size_t count;
    Ref hidden; /* a root while `shown` */
    bool shown;
} World;

static void poke_bytes(World *w, void *place, const void *value, size_t size)
{
    w->pokes[w->count].place = place;
    w->pokes[w->count].size = size;
    memcpy(w->pokes[w->count++].old, place, size);
    memcpy(place, value, size);
}
static void poke(World *w, void *place, Word value) { poke_bytes(w, place, &value, WORD_BYTES); }
static void poke_half(World *w, void *place, uint16_t value) { poke_bytes(w, place, &value, 2); }

static void mend(World *w)
{
    while (w->count > 0) {
        w->count--;
        memcpy(w->pokes[w->count].place, w->pokes[w->count].old, w->pokes[w->count].size);
    }
}

/* ---- Objects to break. Root 0 and 1 are the tests' own. */

static HeapState *state(World *w) { return heap_state(w->m->heap); }
static const InfoTable *table(World *w, StdInfo which) { return std(w->m, which); }

/* A fresh object of these words in root 0. */
static Word *fresh(World *w, const InfoTable *info, size_t words)
{
    Word *o = take(w->m, words);
    cr_assert(o);
    memset(o, 0, words * WORD_BYTES);
    o[0] = (Word)info;
    for (size_t i = 1; i < words; i++) o[i] = ref_of(w->m->nil);
    w->m->roots[0] = ref_of((Closure *)o);
    return o;
}

/* Root 0's object after it has reached the oldest generation. */
static Word *aged(World *w)
{
    for (int i = 0; i < 3; i++) heap_collect(w->m->heap, true, GC_REASON_REQUESTED);
    return closure_words(ref_closure(w->m->roots[0]));
}

static Word *young_con(World *w)
{
    Word *o = take(w->m, 3);
    o[0] = (Word)w->m->con[1];
    o[1] = ref_of(w->m->nil);
    o[2] = 0;
    w->m->roots[1] = ref_of((Closure *)o);
    return o;
}

static Word *stack_of(World *w) { return closure_words(current_stack(w->m)); }

/* ---- The check */

static int first_invariant(World *w)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    size_t violations = heap_check(w->m->heap, 3, out);
    fclose(out);
    int number = 0;
    if (violations > 0) sscanf(text, "invariant %d:", &number);
    free(text);
    return number;
}

static World world_new(void)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 16384;
    config.minimum_old_bytes = 65536;
    config.poison = true;
    World w = {.m = mutator_new(&config, 99)};
    mutator_run(w.m, 5000);
    heap_collect(w.m->heap, true, GC_REASON_REQUESTED);
    return w;
}

static void expect(World *w, int number)
{
    int found = first_invariant(w);
    cr_assert_eq(found, number, "invariant %d was reported, not %d", found, number);
    mend(w);
    found = first_invariant(w);
    cr_assert_eq(found, 0, "after mending, invariant %d was reported", found);
    mutator_free(w->m);
}

#define FIRES(number, what)                                                                                  \
    static void break_##number##_##what(World *w);                                                           \
    Test(sanity, number##_##what)                                                                            \
    {                                                                                                        \
        World w = world_new();                                                                               \
        cr_assert_eq(first_invariant(&w), 0, "the heap is healthy at first");                                \
        break_##number##_##what(&w);                                                                         \
        expect(&w, number);                                                                                  \
    }                                                                                                        \
    static void break_##number##_##what(World *w)

/* ---- Lists and blocks */

/* ---- Headers and sizes */

/* ---- References */

FIRES(22, empty_nursery)
{
    Word behind = (Word)(state(w)->nursery.last->start + 16);
    poke(w, &fresh(w, w->m->con[1], 3)[1], behind);
}
FIRES(22, root) { poke(w, &w->m->roots[2], (Word)w & ~(Word)7); }

/* ---- Kinds */

static InfoTable *function_of(World *w, uint32_t arity, uint32_t arg_words)
{
    InfoTable *info = payload_info(w->m->heap->infos, KIND_FUN, 0, 1, (uint8_t)arity);
    info->arg_words = arg_words;
    return info;
}

/* Nothing of the PAP's own block changes, and its function's tag does not, either. */
FIRES(25, function_behind_a_block_that_has_not_changed)
{
    Word *function = heap_alloc_static(w->m->heap, 2);
    function[0] = (Word)function_of(w, 3, 3);
    function[1] = 0;
    const InfoTable *of_fewer = function_of(w, 3, 1);
    Word *pap = fresh(w, table(w, STD_PAP), PAP_PAYLOAD + 2);
    pap[PAP_COUNTS] = pap_counts(1, 2);
    pap[PAP_FUN] = ref_of((Closure *)function);
    aged(w);
    for (int i = 0; i < 2; i++) cr_assert_eq(first_invariant(w), 0);
    poke(w, function, (Word)of_fewer);
}

static Word *fresh_array(World *w, size_t elements)
{
    size_t cards = card_table_words(elements);
    Word *o = fresh(w, table(w, STD_MUT_ARR_PTRS_DIRTY), ARRAY_PAYLOAD + elements + cards);
    o[ARRAY_PTRS] = elements;
    o[ARRAY_SIZE] = elements + cards;
    memset(&o[ARRAY_PAYLOAD + elements], 1, cards * WORD_BYTES);
    return o;
}

static Word *shrunk_bytes(World *w)
{
    Word *o = fresh(w, table(w, STD_ARR_WORDS), 1000);
    o[BYTES_COUNT] = 900 * WORD_BYTES;
    heap_shrunk(w->m->heap, (Closure *)o, 1000);
    return o;
}
FIRES(32, no_filler)
{
    Word *o = fresh(w, table(w, STD_ARR_WORDS), 1000);
    o[BYTES_COUNT] = 998 * WORD_BYTES;
    poke(w, &o[BYTES_COUNT], 997 * WORD_BYTES);
}
FIRES(32, short_filler)
{
    Word *o = shrunk_bytes(w);
    poke(w, &o[BYTES_PAYLOAD + 900 + FILLER_WORDS], 97);
}
FIRES(32, overwritten_filler)
{
    Word *o = shrunk_bytes(w);
    poke(w, &o[BYTES_PAYLOAD + 900], 0);
}

/* ---- Pinned objects */

static Word *pinned_bytes(World *w, size_t words)
{
    Word *o = heap_alloc_pinned(w->m->heap, words, 64);
    o[0] = (Word)table(w, STD_ARR_WORDS);
    o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
    w->m->roots[0] = (Ref)o;
    return o;
}
FIRES(12, current_block_of_pinned_objects)
{
    pinned_bytes(w, 10);
    poke_half(w, &state(w)->pinned->flags, BF_LARGE | BF_PINNED);
}
FIRES(12, pinned_group_without_its_flag)
{
    Word *o = pinned_bytes(w, 2000);
    poke_half(w, &Bdescr(o)->flags, BF_LARGE);
}
FIRES(19, pinned_neighbour)
{
    pinned_bytes(w, 10);
    Word *o = pinned_bytes(w, 10);
    poke(w, &o[BYTES_COUNT], 9 * WORD_BYTES);
}
FIRES(17, gap_between_pinned_objects)
{
    pinned_bytes(w, 10);
    Word *o = pinned_bytes(w, 10);
    poke(w, o - 6, 0);
}
FIRES(9, current_block_on_a_list_too)
{
    pinned_bytes(w, 10);
    poke(w, &state(w)->generations[0].large.first, (Word)state(w)->pinned);
}

/* ---- Frozen arrays */

FIRES(37, frozen_dirty_and_not_remembered)
{
    Word *o = fresh_array(w, 10);
    heap_freeze_array(w->m->heap, (Closure *)o);
    o = aged(w);
    cr_assert_eq(o[0], (Word)table(w, STD_MUT_ARR_PTRS_FROZEN));
    poke(w, &o[0], (Word)table(w, STD_MUT_ARR_PTRS_FROZEN_DIRTY));
}
FIRES(33, frozen_array_with_a_young_element)
{
    Word *o = fresh_array(w, 10);
    heap_freeze_array(w->m->heap, (Closure *)o);
    o = aged(w);
    poke(w, &o[ARRAY_PAYLOAD], ref_of((Closure *)young_con(w)));
}

/* ---- Generations */

FIRES(33, old_thunk_updated)
{
    fresh(w, w->m->thunk[0], 3);
    Word *o = aged(w), *child = young_con(w);
    filler_write(w->m->heap->infos, o + 2, 1);
    poke(w, &o[1], ref_of((Closure *)child));
    poke(w, &o[0], (Word)table(w, STD_IND));
}

/* ---- Stacks */

FIRES(44, no_stop_frame)
{
    Word *frame = push(w->m, 1), *end;
    frame[0] = (Word)table(w, STD_STOP_FRAME);
    end = &stack_of(w)[STACK_AREA + stack_of(w)[STACK_WORDS]];
    InfoTable *info = info_new(w->m->heap->infos, KIND_CASE_FRAME);
    info->ptrs = 0;
    info->words = 1;
    poke(w, &stack_of(w)[STACK_SP], (Word)(end - 1));
    poke(w, end - 1, (Word)info);
}
FIRES(54, masking_state_of_a_catch_frame)
{
    Word *frame = push(w->m, 3);
    frame[0] = (Word)table(w, STD_CATCH_FRAME);
    frame[CATCH_FRAME_HANDLER] = ref_of(w->m->nil);
    frame[CATCH_FRAME_MASKED] = MASKING_INTERRUPTIBLE;
    poke(w, &frame[CATCH_FRAME_MASKED], MASKING_COUNT);
}

/* ---- CAFs */

/* ---- The report */

Test(sanity, tells_the_story)
{
    World w = world_new();
    Word *o = fresh(&w, w.m->con[1], 3);
    poke(&w, &o[1], 42);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    cr_assert_eq(heap_check(w.m->heap, 3, out), 1);
    fclose(out);
    cr_assert_eq(strncmp(text, "invariant 23: a pointer word is never a small number\n", 52), 0, "%s", text);
    cr_assert(strstr(text, "object: block "));
    cr_assert(strstr(text, "owner NURSERY"));
    cr_assert(strstr(text, "a root of class handle"));
    cr_assert(strstr(text, "1 violation(s)"));
    free(text);
    mend(&w);
    mutator_free(w.m);
}

static void always_unhappy(void *context, Heap *heap,
                           void (*report)(void *report_context, int invariant, const void *object,
                                          const char *text),
                           void *report_context)
{
    (void)heap;
    report(report_context, 50, NULL, context);
}

Test(sanity, upper_layers_report_too)
{
    World w = world_new();
    heap_add_check(w.m->heap, always_unhappy, "the run queue is knotted");
    cr_assert_eq(first_invariant(&w), 50);
    mutator_free(w.m);
}

Test(sanity, a_violation_ends_a_checked_collection, .exit_code = 254)
{
    World w = world_new();
    w.m->heap->config.sanity_level = 3;
    poke(&w, &fresh(&w, w.m->con[1], 3)[1], 42);
    freopen("/dev/null", "w", stderr);
    heap_collect(w.m->heap, true, GC_REASON_REQUESTED);
}

/* ---- Faults of the collector, played by an observer and a root that is there only while it runs */

static void misdirect(void *context, const Closure *from, const Closure *to, size_t words, uint8_t generation,
                      MoveWhy why)
{
    (void)words, (void)generation, (void)why;
    if (to->info == context) ((Word *)from)[0] += 2 * WORD_BYTES;
}

/* As if it should have gone further than it did. */
static void send_further(void *context, const Closure *from, const Closure *to, size_t words,
                         uint8_t generation, MoveWhy why)
{
    (void)context, (void)to, (void)words, (void)generation, (void)why;
    Bdescr(from)->dest_no = 1;
}

static void miscount(void *context, const Closure *from, const Closure *to, size_t words, uint8_t generation,
                     MoveWhy why)
{
    (void)from, (void)to, (void)words, (void)why;
    heap_state(context)->generations[generation].objects++;
}

/* Collects in a child process that must end with 254, and tell of the invariant. */
static void collect_and_expect(World *w, int number)
{
    FILE *log = tmpfile();
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(log), STDERR_FILENO);
        heap_collect(w->m->heap, true, GC_REASON_REQUESTED);
        _exit(0);
    }
    int status, found = 0;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 254, "the child ended with status %x", status);
    rewind(log);
    cr_assert_eq(fscanf(log, "invariant %d:", &found), 1);
    cr_assert_eq(found, number, "invariant %d was reported, not %d", found, number);
    fclose(log);
    mutator_free(w->m);
}

static World checked_world(void)
{
    World w = world_new();
    w.m->heap->config.sanity_level = 3;
    heap_observe(w.m->heap, NULL);
    return w;
}

Test(sanity, 72_wrong_forwarding_address)
{
    World w = checked_world();
    InfoTable *info = payload_info(w.m->heap->infos, KIND_CON, 1, 1, 1);
    fresh(&w, info, 3)[2] = 0;
    heap_observe(w.m->heap, &(GcObserver){.context = info, .moved = misdirect});
    collect_and_expect(&w, 72);
}

Test(sanity, 40_survivor_that_stays_behind)
{
    World w = checked_world();
    young_con(&w);
    heap_observe(w.m->heap, &(GcObserver){.context = w.m->heap, .moved = send_further});
    collect_and_expect(&w, 40);
}

Test(sanity, 34_entries_that_hold_nothing_younger_are_counted)
{
    World w = world_new();
    HeapCheckCounts before, after;
    fresh(&w, w.m->con[1], 3);
    Closure *old = (Closure *)aged(&w);
    cr_assert_eq(heap_check(w.m->heap, 3, NULL), 0);
    heap_check_counts(w.m->heap, &before);
    heap_remember(w.m->heap, old, "test");
    cr_assert_eq(heap_check(w.m->heap, 3, NULL), 0);
    heap_check_counts(w.m->heap, &after);
    cr_assert_eq(after.remembered, before.remembered + 1);
    cr_assert_eq(after.stale, before.stale + 1);
    mutator_free(w.m);
}

Test(sanity, 74_wrong_count)
{
    World w = checked_world();
    heap_observe(w.m->heap, &(GcObserver){.context = w.m->heap, .moved = miscount});
    collect_and_expect(&w, 74);
}

/* What was proved before from-space was released must still hold afterwards. */
static void shrink_old(void *context, const char *name, uint64_t ns)
{
    (void)ns;
    if (strcmp(name, "release") != 0) return;
    Generation *g = &((HeapState *)context)->generations[1];
    g->list.first->free -= 3;
    g->words -= 3;
}

Test(sanity, 73_group_that_shrinks_when_from_space_is_released)
{
    World w = checked_world();
    heap_observe(w.m->heap, &(GcObserver){.context = w.m->heap, .gc_phase = shrink_old});
    collect_and_expect(&w, 73);
}

static void root_while_shown(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    if (w->shown) visit(visit_context, &w->hidden);
}

static void show_root(void *context, const GcStats *stats)
{
    (void)stats;
    ((World *)context)->shown = true;
}

static void hide_root(void *context, const char *name, uint64_t ns)
{
    (void)name, (void)ns;
    ((World *)context)->shown = false;
}

Test(sanity, 75_survivor_that_nothing_leads_to)
{
    World w = checked_world();
    w.m->heap->config.sanity_level = 4;
    heap_add_roots(w.m->heap, ROOT_HANDLE, root_while_shown, &w);
    w.hidden = ref_of((Closure *)young_con(&w));
    w.m->roots[1] = ref_of(w.m->nil);
    heap_observe(w.m->heap, &(GcObserver){.context = &w, .gc_begin = show_root, .gc_phase = hide_root});
    collect_and_expect(&w, 75);
}

static void spill(void *context, const char *name, uint64_t ns)
{
    (void)ns;
    if (strcmp(name, "resize") == 0) ((HeapState *)context)->nursery.last->start[7] = 1;
}

Test(sanity, 80_nursery_not_empty)
{
    World w = checked_world();
    heap_observe(w.m->heap, &(GcObserver){.context = w.m->heap, .gc_phase = spill});
    collect_and_expect(&w, 80);
}

/* ---- The end of a block */

static void visit_thread(void *context, SlotVisitor visit, void *visit_context)
{
    visit(visit_context, (Ref *)context);
}

/* A chunk of a whole block whose only frame is its last word; what lies behind it cannot be read. */
static Word *full_block_stack(Heap *heap)
{
    Word *chunk = heap_alloc_no_gc(heap, BLOCK_WORDS), *end = chunk + BLOCK_WORDS;
    BlockDescr *behind = block_group_alloc(heap->blocks, 1, OWNER_PINNED);
    cr_assert_eq(behind->start, end);
    block_group_free(heap->blocks, behind);
    chunk[0] = (Word)info_std(heap->infos, STD_STACK);
    chunk[STACK_WORDS] = BLOCK_WORDS - STACK_AREA;
    chunk[STACK_SP] = (Word)(end - 1);
    chunk[STACK_DIRTY] = 1;
    end[-1] = (Word)info_std(heap->infos, STD_STOP_FRAME);
    return chunk;
}

Test(sanity, frames_are_read_no_further_than_they_go)
{
    char error[256];
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 4096;
    config.sanity_level = 4;
    config.source = block_source_parse("guard", error, sizeof error);
    Heap *heap = heap_new(&config);
    Word *chunk = full_block_stack(heap), *tso = heap_alloc_no_gc(heap, 8);
    memset(tso, 0, 8 * WORD_BYTES);
    tso[0] = (Word)info_std(heap->infos, STD_TSO);
    tso[TSO_STACK] = (Word)chunk;
    tso[TSO_STACK_WORDS] = chunk[STACK_WORDS];
    tso[TSO_DIRTY] = 1;
    Ref thread = (Word)tso;
    heap_add_roots(heap, ROOT_STACK, visit_thread, &thread);
    for (int i = 0; i < 4; i++) cr_assert_eq(heap_collect(heap, i % 2, GC_REASON_REQUESTED), HEAP_OK);
    heap_free(heap);
}
