/* gc/mark.c and the collectors that leave the oldest generation in place: what random mutators
 * (test_gc_collect, gc_stress) do not aim at. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "gc/heap_state.h"
#include "tests/unit/gc_tables.h"

#define MOST_ROOTS 8

typedef struct World {
    Heap *heap;
    InfoTable *cons, *wide, *function, *thunk;
    Closure *nil;
    Ref roots[MOST_ROOTS];
    size_t kept, slid; /* as the observer heard it, of the last collection */
} World;

static void visit_roots(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    for (int i = 0; i < MOST_ROOTS; i++)
        if (w->roots[i]) visit(visit_context, &w->roots[i]);
}

static void note_begin(void *context, const GcStats *stats)
{
    World *w = context;
    (void)stats;
    w->kept = w->slid = 0;
}

static void note_moved(void *context, const Closure *from, const Closure *to, size_t words,
                       uint8_t generation, MoveWhy why)
{
    World *w = context;
    (void)words, (void)generation, (void)why;
    if (!(Bdescr(from)->flags & BF_MARKED)) return;
    w->kept++;
    w->slid += from != to;
}

static World *world_checked(const char *collector, uint32_t sanity_level)
{
    World *w = calloc(1, sizeof *w);
    char error[400];
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 64 << 10;
    config.sanity_level = sanity_level;
    config.sanity_period = 1;
    config.collector = collector_find(collector, error, sizeof error);
    cr_assert(config.collector, "%s", error);
    w->heap = heap_new(&config);
    w->cons = payload_info(w->heap->infos, KIND_CON, 2, 1, 1);
    w->wide = payload_info(w->heap->infos, KIND_CON, 300, 0, 1);
    w->thunk = payload_info(w->heap->infos, KIND_THUNK, 4, 0, 0);
    w->function = payload_info(w->heap->infos, KIND_FUN, 1, 1, 3);
    w->function->con_tag = w->function->arg_words = 3;
    w->function->bitmap.inline_bits = 1;
    Word *nil = heap_alloc_static(w->heap, 4);
    w->nil = (Closure *)nil;
    nil[0] = (Word)w->cons;
    nil[1] = nil[2] = ref_of(w->nil);
    nil[3] = 0;
    heap_add_roots(w->heap, ROOT_HANDLE, visit_roots, w);
    heap_observe(w->heap, &(GcObserver){.context = w, .gc_begin = note_begin, .moved = note_moved});
    return w;
}

/* At 4 it notices that lists are thinned by writing to constructors (30). */
static World *world_new(const char *collector) { return world_checked(collector, 3); }

static void world_free(World *w)
{
    heap_free(w->heap);
    free(w);
}

/* Into roots[into], so that it is kept; may collect. */
static Word *object(World *w, int into, const InfoTable *info, size_t words)
{
    Word *o = heap_alloc(w->heap, words);
    o[0] = (Word)info;
    for (size_t i = 1; i < words; i++) o[i] = ref_of(w->nil);
    w->roots[into] = ref_of((Closure *)o);
    return o;
}

static void cons(World *w, int into, int head, int tail, Word number)
{
    Word *o = object(w, 7, w->cons, 4);
    if (head >= 0) o[1] = w->roots[head];
    if (tail >= 0 && w->roots[tail]) o[2] = w->roots[tail];
    o[3] = number;
    w->roots[into] = w->roots[7];
    w->roots[7] = 0;
}

static void list(World *w, int into, Word count)
{
    for (w->roots[into] = 0; count > 0; count--) cons(w, into, -1, into, count);
}

static const Word *words_of(Ref r) { return (const Word *)ref_closure(r); }

static void expect_list(const World *w, Ref list, Word first, Word step, Word count)
{
    for (Word i = 0; i < count; i++, list = words_of(list)[2]) {
        cr_assert_eq(words_of(list)[0], (Word)w->cons);
        cr_assert_eq(words_of(list)[3], first + i * step);
    }
    cr_assert_eq(ref_closure(list), w->nil);
}

static void collect_all(World *w) { cr_assert_eq(heap_collect(w->heap, true, GC_REASON_REQUESTED), HEAP_OK); }

/* Drops every second cell. */
static void thin(Ref list)
{
    for (Word *w = closure_words(ref_closure(list));;) {
        Word *next = closure_words(ref_closure(w[2]));
        w[2] = next[2];
        if (next[2] == next[1]) return; /* nil */
        w = closure_words(ref_closure(w[2]));
    }
}

static char *const in_place[] = {"mark-compact", "mark-region"};

/* Runs once for each collector. */
#define EACH(name)                                                                                           \
    static void name##_with(World *w);                                                                       \
    Test(in_place, name, .timeout = 60)                                                                      \
    {                                                                                                        \
        for (size_t i = 0; i < sizeof in_place / sizeof *in_place; i++) {                                    \
            World *w = world_new(in_place[i]);                                                               \
            name##_with(w);                                                                                  \
            world_free(w);                                                                                   \
        }                                                                                                    \
    }                                                                                                        \
    static void name##_with(World *w)

EACH(what_lives_as_a_whole_stays_where_it_is)
{
    list(w, 0, 20000);
    collect_all(w);
    collect_all(w);
    collect_all(w);
    cr_assert_eq(w->kept, 20000);
    cr_assert_eq(w->slid, 0);
    expect_list(w, w->roots[0], 1, 1, 20000);
}

/* More objects wait at a time than the stack may have places for. */
EACH(an_array_wider_than_the_stack_is_marked)
{
    enum { ELEMENTS = 100000 };
    Word words = ARRAY_PAYLOAD + ELEMENTS + card_table_words(ELEMENTS);
    Word *array = heap_alloc(w->heap, words);
    for (Word i = 0; i < words; i++) array[i] = i < ARRAY_PAYLOAD + ELEMENTS ? ref_of(w->nil) : 0;
    array[0] = (Word)info_std(w->heap->infos, STD_MUT_ARR_PTRS_CLEAN);
    array[ARRAY_PTRS] = ELEMENTS;
    array[ARRAY_SIZE] = words - ARRAY_PAYLOAD;
    w->roots[0] = (Ref)array;
    collect_all(w);
    for (Word i = 0; i < ELEMENTS; i++) {
        cons(w, 1, -1, -1, i);
        cons(w, 1, 1, -1, i);
        heap_dirty_array(w->heap, (Closure *)array, i);
        array[ARRAY_PAYLOAD + i] = w->roots[1];
    }
    w->roots[1] = 0;
    for (int i = 0; i < 3; i++) collect_all(w);
    cr_assert_eq(w->kept, 2 * ELEMENTS);
    for (Word i = 0; i < ELEMENTS; i++) {
        const Word *cell = words_of(array[ARRAY_PAYLOAD + i]);
        cr_assert(cell[3] == i && words_of(cell[1])[3] == i);
    }
}

/* A pair of which one half is a partial application: of a function that takes a pointer and a word. */
static void cons_application(World *w, Word number)
{
    object(w, 1, w->function, 3);
    cons(w, 2, -1, -1, number);
    Word *pap = object(w, 3, info_std(w->heap->infos, STD_PAP), 5);
    pap[PAP_COUNTS] = pap_counts(1, 2);
    pap[PAP_FUN] = w->roots[1];
    pap[PAP_PAYLOAD] = w->roots[2];
    pap[PAP_PAYLOAD + 1] = number;
    cons(w, 0, 3, 0, number);
    if (number % 2) cons(w, 0, 1, 0, number); /* the function is copied first */
    w->roots[1] = w->roots[2] = w->roots[3] = 0;
}

static const Word *skip_function(const World *w, const Word *cell)
{
    return words_of(cell[1])[0] == (Word)w->function ? words_of(cell[2]) : cell;
}

/* The function that describes the arguments may slide before the application or after it. */
EACH(partial_applications_and_their_functions_slide_in_any_order)
{
    enum { APPLICATIONS = 1000 };
    for (Word i = 0; i < APPLICATIONS; i++) cons_application(w, i);
    for (int k = 0; k < 5; k++) cons(w, 0, -1, 0, 0);
    collect_all(w);
    collect_all(w);
    for (int k = 0; k < 5; k++) w->roots[0] = words_of(w->roots[0])[2];
    collect_all(w);
    cr_assert_gt(w->kept, 3 * APPLICATIONS);
    const Word *cell = words_of(w->roots[0]);
    for (Word i = APPLICATIONS; i-- > 0; cell = words_of(cell[2])) {
        cell = skip_function(w, cell);
        const Word *pap = words_of(cell[1]);
        cr_assert_eq(cell[3], i);
        cr_assert_eq(words_of(pap[PAP_FUN])[0], (Word)w->function);
        cr_assert_eq(words_of(pap[PAP_PAYLOAD])[3], i);
        cr_assert_eq(pap[PAP_PAYLOAD + 1], i);
    }
}

/* Objects too large to fit behind others leave gaps at the ends of blocks. */
EACH(objects_of_all_sizes_slide_together)
{
    for (int i = 0; i < 300; i++) {
        object(w, 1, w->wide, 301);
        cons(w, 0, 1, 0, (Word)(300 - i));
        for (int k = 0; k < i % 7; k++) cons(w, 2, -1, -1, 0);
    }
    w->roots[1] = w->roots[2] = 0;
    for (int i = 0; i < 3; i++) collect_all(w);
    expect_list(w, w->roots[0], 1, 1, 300);
    thin(w->roots[0]);
    collect_all(w);
    cr_assert_eq(w->kept, 300);
    expect_list(w, w->roots[0], 1, 2, 150);
}

/* ---- mark-region's own */

/* Drops `dropped` cells behind every `kept` ones. */
static void thin_runs(const World *w, Ref list, int kept, int dropped)
{
    for (;;) {
        for (int i = 1; i < kept && ref_closure(list) != w->nil; i++) list = words_of(list)[2];
        if (ref_closure(list) == w->nil) return;
        Word *last = closure_words(ref_closure(list));
        for (int i = 0; i < dropped && ref_closure(last[2]) != w->nil; i++) last[2] = words_of(last[2])[2];
        list = last[2];
    }
}

static const Generation *oldest(const World *w) { return ((const HeapState *)w->heap)->oldest; }

Test(in_place, holes_are_filled_by_what_is_promoted, .timeout = 60)
{
    World *w = world_new("mark-region");
    list(w, 0, 20000);
    collect_all(w);
    collect_all(w);
    thin_runs(w, w->roots[0], 50, 50);
    collect_all(w);
    size_t blocks = oldest(w)->list.blocks, holes = oldest(w)->holes;
    cr_assert_gt(holes, 30000);
    list(w, 1, 5000);
    uint32_t collections = w->heap->gc_count;
    for (int i = 0; i < 2; i++) heap_collect(w->heap, false, GC_REASON_REQUESTED);
    cr_assert_eq(w->heap->gc_count, collections + 2);
    cr_assert_leq(oldest(w)->list.blocks, blocks + 1);
    cr_assert_leq(oldest(w)->holes, holes - 4000 * 4);
    cr_assert_eq(heap_check(w->heap, 3, NULL), 0);
    expect_list(w, w->roots[1], 1, 1, 5000);
    collect_all(w);
    expect_list(w, w->roots[1], 1, 1, 5000);
    world_free(w);
}

/* As the mutator leaves them if nobody walks the heap: behind an indirection stands anything. */
static void update_heads(World *w, Ref list)
{
    for (; ref_closure(list) != w->nil; list = words_of(list)[2]) {
        Closure *thunk = ref_closure(words_of(list)[1]);
        if (thunk->info != w->thunk) continue;
        heap_update(w->heap, thunk, ref_of(w->nil), info_std(w->heap->infos, STD_IND));
        for (int i = THUNK_HEADER; i < THUNK_HEADER + 4; i++) closure_words(thunk)[i] = 8;
    }
}

Test(in_place, holes_are_found_beside_updated_thunks, .timeout = 60)
{
    World *w = world_checked("mark-region", 2);
    for (Word i = 20000; i > 0; i--) {
        object(w, 1, w->thunk, THUNK_HEADER + 4);
        cons(w, 0, 1, 0, i);
    }
    w->roots[1] = 0;
    collect_all(w);
    collect_all(w);
    thin_runs(w, w->roots[0], 50, 50);
    collect_all(w);
    size_t blocks = oldest(w)->list.blocks, holes = oldest(w)->holes;
    update_heads(w, w->roots[0]);
    list(w, 1, 5000);
    for (int i = 0; i < 2; i++) heap_collect(w->heap, false, GC_REASON_REQUESTED);
    cr_assert_leq(oldest(w)->list.blocks, blocks + 1);
    cr_assert_leq(oldest(w)->holes, holes - 4000 * 4);
    expect_list(w, w->roots[1], 1, 1, 5000);
    collect_all(w);
    expect_list(w, w->roots[1], 1, 1, 5000);
    world_free(w);
}

Test(in_place, blocks_full_of_gaps_are_emptied_bit_by_bit, .timeout = 60)
{
    World *w = world_new("mark-region");
    list(w, 0, 20000);
    collect_all(w);
    collect_all(w);
    thin(w->roots[0]);
    collect_all(w);
    size_t blocks = oldest(w)->list.blocks, slid = 0;
    for (int i = 0; i < 16; i++) {
        collect_all(w);
        slid += w->slid;
    }
    cr_assert_eq(slid, 0);
    cr_assert_leq(oldest(w)->list.blocks, blocks * 6 / 10);
    expect_list(w, w->roots[0], 1, 2, 10000);
    world_free(w);
}
