/* gc/team: collections by several threads leave the graph that one thread leaves.
 *
 * A large random graph of constructors, thunks, indirections, arrays, mutable variables and entered CAFs,
 * much of it shared, is numbered depth-first from its roots; the numbering, shapes and raw words are hashed.
 * Every collection, by any number of threads, must leave the hash and the counts as they were, and a heap
 * that the sanity checker accepts. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gc/heap.h"
#include "gc_mutator.h"

enum { ROOTS = 64, POOL = 4096 };

typedef struct Graph {
    Heap *heap;
    uint64_t seed;
    Ref roots[ROOTS], pool[POOL];
    InfoTable *con[5], *thunk;
    Ref nil;
} Graph;

static uint32_t below(Graph *g, uint32_t limit)
{
    g->seed = g->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((g->seed >> 33) % limit);
}

static void graph_roots(void *context, SlotVisitor visit, void *visit_context)
{
    Graph *g = context;
    for (int i = 0; i < ROOTS; i++) visit(visit_context, &g->roots[i]);
    for (int i = 0; i < POOL; i++) visit(visit_context, &g->pool[i]);
}

static InfoTable *info_of(Graph *g, Kind kind, uint32_t ptrs)
{
    InfoTable *info = info_new(g->heap->infos, kind);
    info->ptrs = ptrs;
    info->nptrs = 1;
    info->words = kinds[kind].first + ptrs + 1;
    info->tag = kind == KIND_CON ? (uint8_t)(ptrs + 1) : 0;
    info->con_tag = ptrs;
    return info;
}

static Ref any(Graph *g) { return g->pool[below(g, POOL)]; }

static Word *take_words(Graph *g, size_t words)
{
    Word *o = words < LARGE_OBJECT_WORDS ? NULL : heap_alloc(g->heap, words);
    if (!o) {
        cr_assert_eq(heap_need(g->heap, words), HEAP_OK);
        o = g->heap->hp;
        g->heap->hp += words;
    }
    return o;
}

static Ref new_payload_object(Graph *g, const InfoTable *info)
{
    uint32_t first = kinds[info->kind].first;
    Word *o = take_words(g, info->words);
    o[0] = (Word)info;
    if (first == THUNK_HEADER) o[1] = 0;
    for (uint32_t i = 0; i < info->ptrs; i++) o[first + i] = any(g);
    o[first + info->ptrs] = below(g, 1000000);
    return ref_of((Closure *)o);
}

static Ref new_pointer_array(Graph *g, uint32_t elements)
{
    size_t cards = card_table_words(elements);
    Word *o = take_words(g, ARRAY_PAYLOAD + elements + cards);
    o[0] = (Word)info_std(g->heap->infos, STD_MUT_ARR_PTRS_DIRTY);
    o[ARRAY_PTRS] = elements;
    o[ARRAY_SIZE] = elements + cards;
    for (uint32_t i = 0; i < elements; i++) o[ARRAY_PAYLOAD + i] = any(g);
    memset(&o[ARRAY_PAYLOAD + elements], 1, cards * WORD_BYTES);
    return (Word)o;
}

static Ref new_variable(Graph *g)
{
    Word *o = take_words(g, 2);
    o[0] = (Word)info_std(g->heap->infos, STD_MUT_VAR_DIRTY);
    o[1] = any(g);
    return (Word)o;
}

/* A thunk that has been updated: references to it become references to the value. */
static Ref new_updated_thunk(Graph *g)
{
    Ref thunk = new_payload_object(g, g->thunk), value = new_payload_object(g, g->con[2]);
    Closure *c = ref_closure(thunk);
    heap_update(g->heap, c, value, info_std(g->heap->infos, STD_IND));
    filler_write(g->heap->infos, closure_words(c) + 2, g->thunk->words - 2);
    return thunk;
}

/* An entered CAF, which lives as long as something refers to it. */
static Ref new_caf(Graph *g)
{
    Word *caf = heap_alloc_static(g->heap, 3);
    caf[0] = (Word)info_std(g->heap->infos, STD_IND_STATIC);
    caf[IND_TARGET] = any(g);
    heap_add_caf(g->heap, (Closure *)caf);
    return (Word)caf;
}

static Ref new_object(Graph *g)
{
    switch (below(g, 40)) {
    case 0: return new_pointer_array(g, 1 + below(g, 300));
    case 1: return new_variable(g);
    case 2:
    case 3: return new_updated_thunk(g);
    case 4:
    case 5: return new_payload_object(g, g->thunk);
    case 6: return below(g, 200) ? g->nil : new_pointer_array(g, 5000);
    case 7: return below(g, 10) ? g->nil : new_caf(g);
    default: return new_payload_object(g, g->con[below(g, 5)]);
    }
}

/* References in the pool are roots, so that a collection in between is harmless: `any` is read afterwards. */
static void graph_grow(Graph *g, size_t objects)
{
    for (size_t i = 0; i < objects; i++) {
        cr_assert_eq(heap_need(g->heap, 400), HEAP_OK);
        Ref r = new_object(g);
        g->pool[below(g, POOL)] = r;
        if (below(g, 100) == 0) g->roots[below(g, ROOTS)] = r;
    }
}

static Graph *graph_new(uint64_t seed, uint32_t threads)
{
    HeapConfig config;
    heap_config_default(&config);
    config.gc_threads = threads;
    config.team_words = 0;
    config.poison = true;
    config.nursery_bytes = (size_t)256 << 10;
    Graph *g = calloc(1, sizeof *g);
    g->seed = seed;
    g->heap = heap_new(&config);
    cr_assert(g->heap);
    g->heap->code_has_srts = true;
    for (uint32_t i = 0; i < 5; i++) g->con[i] = info_of(g, KIND_CON, i);
    g->thunk = info_of(g, KIND_THUNK, 2);
    Word *nil = heap_alloc_static(g->heap, 2);
    nil[0] = (Word)g->con[0];
    nil[1] = 0;
    g->nil = ref_of((Closure *)nil);
    for (int i = 0; i < ROOTS; i++) g->roots[i] = g->nil;
    for (int i = 0; i < POOL; i++) g->pool[i] = g->nil;
    heap_add_roots(g->heap, ROOT_HANDLE, graph_roots, g);
    return g;
}

static void graph_free(Graph *g)
{
    heap_free(g->heap);
    free(g);
}

/* ---- The hash: objects are numbered as the walk meets them */

typedef struct Walk {
    Closure **met; /* open addressing */
    uint32_t *number;
    size_t room, count;
    Closure **todo;
    size_t todo_count, todo_room;
    uint64_t hash;
} Walk;

static void mix(Walk *w, uint64_t word)
{
    w->hash = (w->hash ^ word) * 0x9e3779b97f4a7c15u + (w->hash >> 29);
}

static Closure *value_of(Ref r)
{
    while (ref_closure(r)->info->kind == KIND_IND) r = closure_words(ref_closure(r))[IND_TARGET];
    return ref_closure(r);
}

static void meet(void *context, Ref *slot)
{
    Walk *w = context;
    Closure *c = value_of(*slot);
    size_t at = ((Word)c >> 3) * 0x9e3779b97f4a7c15u >> 43;
    while (w->met[at] && w->met[at] != c) at = (at + 1) % w->room;
    if (!w->met[at]) {
        w->met[at] = c;
        w->number[at] = (uint32_t)++w->count;
        cr_assert_lt(w->count * 2, w->room);
        w->todo[w->todo_count++] = c;
    }
    mix(w, w->number[at]);
}

static uint64_t graph_hash(Graph *g, size_t *objects)
{
    Walk w = {.room = (size_t)1 << 21, .hash = 1};
    w.met = calloc(w.room, sizeof *w.met);
    w.number = calloc(w.room, sizeof *w.number);
    w.todo = calloc(w.room, sizeof *w.todo);
    graph_roots(g, meet, &w);
    while (w.todo_count) {
        Closure *c = w.todo[--w.todo_count];
        mix(&w, c->info->kind);
        if (c->info->kind == KIND_CON || c->info->kind == KIND_THUNK)
            mix(&w, closure_words(c)[kinds[c->info->kind].first + c->info->ptrs]);
        closure_each_pointer(c, meet, &w);
    }
    *objects = w.count;
    free(w.met);
    free(w.number);
    free(w.todo);
    return w.hash;
}

/* ---- Tests */

static void collect_and_compare(Graph *g, int collections)
{
    size_t objects, objects_after;
    uint64_t hash = graph_hash(g, &objects);
    cr_assert_gt(objects, 1000);
    for (int i = 0; i < collections; i++) {
        cr_assert_eq(heap_collect(g->heap, true, GC_REASON_REQUESTED), HEAP_OK);
        cr_assert_eq(graph_hash(g, &objects_after), hash, "collection %d changed the graph", i);
        cr_assert_eq(objects_after, objects);
        cr_assert_eq(heap_check(g->heap, 3, NULL), 0);
    }
}

Test(team, any_number_of_threads_leaves_the_same_graph)
{
    for (uint32_t threads = 1; threads <= 4; threads++)
        for (uint64_t seed = 1; seed <= 2; seed++) {
            Graph *g = graph_new(seed, threads);
            graph_grow(g, 60000);
            collect_and_compare(g, 3);
            graph_grow(g, 20000);
            collect_and_compare(g, 3);
            graph_free(g);
        }
}

static size_t live_objects;
static void note_end(void *context, Heap *heap, const GcStats *stats)
{
    (void)context, (void)heap;
    live_objects = stats->live_objects;
}

Test(team, two_threads_count_what_one_counts)
{
    size_t live[2];
    for (uint32_t threads = 1; threads <= 2; threads++) {
        Graph *g = graph_new(5, threads);
        graph_grow(g, 50000);
        heap_observe(g->heap, &(GcObserver){.gc_end = note_end});
        cr_assert_eq(heap_collect(g->heap, true, GC_REASON_REQUESTED), HEAP_OK);
        live[threads - 1] = live_objects;
        graph_free(g);
    }
    cr_assert_eq(live[0], live[1]);
}

static void compare_at_end(void *context, Heap *heap, const GcStats *stats)
{
    Mutator *m = context;
    (void)heap;
    m->after_major = stats->major;
    mutator_compare(m);
}

/* Stacks, applications, suspended evaluations and the rest: the random mutator, whose moves nobody watches.
 * In small nurseries most collections find too little for all members. */
Test(team, every_shape_survives)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        HeapConfig config;
        heap_config_default(&config);
        config.gc_threads = 3;
        config.team_words = 0;
        config.nursery_bytes = seed % 2 ? (size_t)64 << 10 : 4096;
        config.minimum_old_bytes = (size_t)64 << 10;
        config.sanity_level = 3;
        config.selectors = seed <= 2;
        Mutator *m = mutator_new(&config, seed);
        heap_observe(m->heap, &(GcObserver){.context = m, .gc_end = compare_at_end});
        for (int i = 0; i < 20; i++) {
            mutator_run(m, seed % 2 ? 2000 : 200);
            cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
        }
        mutator_free(m);
    }
}

/* A chain, where only one of the members ever has something to do. */
static void graph_chain(Graph *g, size_t cells)
{
    for (int i = 0; i < POOL; i++) g->pool[i] = g->nil;
    for (int i = 0; i < ROOTS; i++) g->roots[i] = g->nil;
    for (size_t i = 0; i < cells; i++) {
        Word *o = take_words(g, g->con[1]->words);
        o[0] = (Word)g->con[1];
        o[1] = g->roots[0];
        o[2] = i;
        g->roots[0] = ref_of((Closure *)o);
    }
}

/* Share of the copied words that was shared out evenly. */
static double balance_of(Graph *g, uint32_t threads)
{
    HeapTotals before, after;
    heap_totals(g->heap, &before);
    uint32_t oldest = before.generation_count - 1, by_teams = before.par_collections[oldest];
    cr_assert_eq(heap_collect(g->heap, true, GC_REASON_REQUESTED), HEAP_OK);
    heap_totals(g->heap, &after);
    cr_assert_eq(after.par_collections[oldest], by_teams + 1);
    uint64_t copied = after.par_copied_words - before.par_copied_words,
             busiest = after.par_busiest_words - before.par_busiest_words,
             balanced = after.par_balanced_words - before.par_balanced_words;
    cr_assert_eq(copied, after.copied_words - before.copied_words);
    cr_assert(busiest <= copied && busiest * threads >= copied && balanced <= copied);
    return (double)balanced / (double)copied;
}

Test(team, says_how_evenly_its_members_have_copied)
{
    for (uint32_t threads = 2; threads <= 4; threads++) {
        Graph *g = graph_new(9, threads);
        graph_grow(g, 60000);
        bool shared = false; /* a member that wakes late finds everything done */
        for (int i = 0; i < 100 && !shared; i++) shared = balance_of(g, threads) > 0;
        cr_assert(shared);
        graph_chain(g, 300000);
        cr_assert_lt(balance_of(g, threads), 0.1);
        graph_free(g);
    }
}
