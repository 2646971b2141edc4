/* gc/weak.c, gc/stable.c and gc/sanity_weak.c: weak pointers, finalizers, stable pointers and names, across
 * collections; and that the checker notices when something is wrong with them. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "gc/heap_state.h"
#include "gc/stable.h"
#include "gc/weak.h"

#define MOST_ROOTS 8

typedef struct World {
    Heap *heap;
    InfoTable *con;   /* two pointers */
    InfoTable *first; /* selects the first of them */
    Closure *nil;
    Ref roots[MOST_ROOTS];
    size_t died, due;
    Ref rooted[64];
    size_t rooted_count;
} World;

static void visit_roots(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    for (int i = 0; i < MOST_ROOTS; i++)
        if (w->roots[i]) visit(visit_context, &w->roots[i]);
}

static void count_died(void *context, const Closure *weak, bool dead)
{
    (void)weak, (void)dead;
    ((World *)context)->died++;
}

static void count_due(void *context, const Closure *weak, const Closure *finalizer)
{
    (void)weak, (void)finalizer;
    ((World *)context)->due++;
}

static World *world_of(uint32_t generations, const GcCollector *collector)
{
    World *w = calloc(1, sizeof *w);
    HeapConfig config;
    heap_config_default(&config);
    config.collector = collector;
    config.nursery_bytes = 8192;
    config.generations = generations;
    config.sanity_level = 3;
    w->heap = heap_new(&config);
    w->con = info_new(w->heap->infos, KIND_CON);
    w->con->ptrs = 2;
    w->con->words = 3;
    w->con->tag = 1;
    w->con->name = "Two";
    w->first = info_new(w->heap->infos, KIND_THUNK_SELECTOR);
    Word *nil = heap_alloc_static(w->heap, 3);
    w->nil = (Closure *)nil;
    nil[0] = (Word)w->con;
    nil[1] = nil[2] = ref_of(w->nil);
    heap_add_roots(w->heap, ROOT_HANDLE, visit_roots, w);
    heap_observe(w->heap, &(GcObserver){.context = w, .weak_died = count_died, .finalizer_due = count_due});
    return w;
}

static World *world_new(uint32_t generations) { return world_of(generations, collector_default()); }

static void world_free(World *w)
{
    heap_free(w->heap);
    free(w);
}

/* Nothing here fills a nursery: no allocation collects. */
static Word *object(World *w, const InfoTable *info, size_t words)
{
    Word *o = heap_alloc_no_gc(w->heap, words);
    o[0] = (Word)info;
    for (size_t i = 1; i < words; i++) o[i] = ref_of(w->nil);
    return o;
}

static Ref con(World *w, Ref first, Ref second)
{
    Word *o = object(w, w->con, 3);
    if (first) o[1] = first;
    if (second) o[2] = second;
    return ref_of((Closure *)o);
}

static Ref weak(World *w, Ref key, Ref value, Ref finalizer)
{
    Word *o = object(w, info_std(w->heap->infos, STD_WEAK), kinds[KIND_WEAK].words);
    o[WEAK_KEY] = key;
    o[WEAK_VALUE] = value;
    o[WEAK_FINALIZER] = finalizer;
    o[WEAK_C_FINALIZERS] = 0;
    heap_add_weak(w->heap, (Closure *)o);
    return (Ref)o;
}

static bool alive(const World *w, Ref r) { return weak_is_alive(w->heap, ref_closure(r)); }
static Word field(Ref r, int i) { return closure_words(ref_closure(r))[i]; }
static void collect_now(World *w, bool major) { heap_collect(w->heap, major, GC_REASON_REQUESTED); }

/* ---- Weak pointers */

Test(weak, lives_with_its_key_and_keeps_its_value)
{
    World *w = world_new(2);
    w->roots[0] = con(w, 0, 0);
    w->roots[1] = weak(w, w->roots[0], con(w, con(w, 0, 0), 0), 0);
    for (int i = 0; i < 4; i++) {
        collect_now(w, i % 2);
        cr_assert(alive(w, w->roots[1]));
        cr_assert_eq(field(w->roots[1], WEAK_KEY), w->roots[0]);
        cr_assert_eq(ref_closure(field(w->roots[1], WEAK_VALUE))->info, w->con);
    }
    w->roots[0] = 0;
    collect_now(w, true);
    cr_assert_not(alive(w, w->roots[1]));
    for (int i = WEAK_KEY; i <= WEAK_C_FINALIZERS; i++) cr_assert_eq(field(w->roots[1], i), 0);
    cr_assert_eq(w->died, 1);
    cr_assert_eq(w->due, 0);
    world_free(w);
}

Test(weak, that_nothing_leads_to_keeps_its_value_too)
{
    World *w = world_new(2);
    w->roots[0] = con(w, 0, 0);
    weak(w, w->roots[0], con(w, 0, 0), con(w, 0, 0));
    collect_now(w, true);
    cr_assert_eq(w->heap->gc_count, 1);
    cr_assert_eq(heap_state(w->heap)->oldest->weaks.count + heap_state(w->heap)->generations[0].weaks.count,
                 1);
    w->roots[0] = 0;
    collect_now(w, true);
    cr_assert_eq(heap_finalizers_waiting(w->heap), 1, "its finalizer waits all the same");
    world_free(w);
}

Test(weak, value_that_refers_to_the_key_keeps_neither)
{
    World *w = world_new(2);
    Ref key = con(w, 0, 0), value = con(w, key, 0);
    w->roots[0] = weak(w, key, value, 0);
    collect_now(w, false);
    cr_assert_not(alive(w, w->roots[0]));
    world_free(w);
}

Test(weak, ring_of_two_ephemerons_dies_as_a_whole)
{
    World *w = world_new(2);
    Ref a = con(w, 0, 0), b = con(w, 0, 0);
    w->roots[0] = weak(w, a, b, 0);
    w->roots[1] = weak(w, b, a, 0);
    collect_now(w, true);
    cr_assert_not(alive(w, w->roots[0]));
    cr_assert_not(alive(w, w->roots[1]));
    world_free(w);
}

/* The value of each is the key of the next one: in the order of the list, against it, and shuffled. */
static void chain(size_t count, size_t step)
{
    World *w = world_new(2);
    Ref *keys = malloc((count + 1) * sizeof *keys);
    for (size_t i = 0; i <= count; i++) keys[i] = con(w, 0, 0);
    for (size_t i = 0; i < count; i++) weak(w, keys[i * step % count], keys[i * step % count + 1], 0);
    w->roots[0] = keys[0];
    w->roots[1] = weak(w, keys[count], keys[count], 0);
    free(keys);
    collect_now(w, true);
    cr_assert(alive(w, w->roots[1]), "the last one's key is alive by way of all others");
    cr_assert_eq(w->died, 0);
    w->roots[0] = 0;
    collect_now(w, true);
    cr_assert_not(alive(w, w->roots[1]));
    cr_assert_eq(w->died, count + 1);
    world_free(w);
}

Test(weak, chain_in_any_order)
{
    chain(1000, 1);
    chain(1000, 999);
    chain(1000, 337);
}

Test(weak, long_chain_takes_no_quadratic_time, .timeout = 20)
{
    chain(200000, 1);
    chain(200000, 199999);
    chain(200000, 123457);
}

/* ---- Who lives, in random graphs: what a fixpoint over them says */

enum { OBJECTS = 120, WEAKS = 60 };

/* Objects refer to two earlier ones each, at most, mostly to none. 0 is the root. */
typedef struct Graph {
    Ref refs[OBJECTS], weaks[WEAKS];
    unsigned fields[OBJECTS][2], keys[WEAKS], values[WEAKS];
    bool lives[OBJECTS];
    uint64_t random;
} Graph;

static unsigned below(Graph *g, unsigned n)
{
    g->random = g->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((g->random >> 33) % n);
}

/* The object, or an indirection to it. */
static Ref reference_to(World *w, Graph *g, unsigned object_no)
{
    if (below(g, 6)) return g->refs[object_no];
    Word *ind = object(w, info_std(w->heap->infos, STD_IND), 2);
    ind[IND_TARGET] = g->refs[object_no];
    return (Ref)ind;
}

/* That, or a selector of it, which keeps nothing else. */
static Ref way_to(World *w, Graph *g, unsigned object_no)
{
    Ref name = reference_to(w, g, object_no);
    if (below(g, 6)) return name;
    Word *selector = object(w, w->first, SELECTEE + 1);
    selector[SELECTEE] = con(w, name, g->refs[below(g, OBJECTS)]);
    return (Ref)selector;
}

static unsigned field_new(World *w, Graph *g, unsigned i, int field)
{
    if (i == 0 || below(g, 3)) return OBJECTS;
    unsigned to = 1 + below(g, OBJECTS - 1);
    if (to >= i) return OBJECTS;
    closure_words(ref_closure(g->refs[i]))[1 + field] = way_to(w, g, to);
    return to;
}

static void graph_new(World *w, Graph *g)
{
    for (unsigned i = 0; i < OBJECTS; i++) {
        g->refs[i] = con(w, 0, 0);
        for (int field = 0; field < 2; field++) g->fields[i][field] = field_new(w, g, i, field);
    }
    for (unsigned i = 0; i < WEAKS; i++) {
        g->keys[i] = below(g, 4) ? below(g, OBJECTS) : 0;
        g->values[i] = below(g, OBJECTS);
        g->weaks[i] = weak(w, reference_to(w, g, g->keys[i]), way_to(w, g, g->values[i]), 0);
    }
    w->roots[0] = g->refs[0];
    for (unsigned i = 0; i < WEAKS; i++) w->roots[1] = con(w, g->weaks[i], w->roots[1]);
}

static bool revive(Graph *g, unsigned object_no)
{
    if (object_no == OBJECTS || g->lives[object_no]) return false;
    return g->lives[object_no] = true;
}

static void naive_fixpoint(Graph *g)
{
    bool found = revive(g, 0);
    while (found) {
        found = false;
        for (unsigned i = 0; i < OBJECTS; i++)
            for (int field = 0; field < 2; field++) found |= g->lives[i] && revive(g, g->fields[i][field]);
        for (unsigned i = 0; i < WEAKS; i++) found |= g->lives[g->keys[i]] && revive(g, g->values[i]);
    }
}

static void expect_fixpoint(const World *w, const Graph *g, uint64_t seed)
{
    Ref list = w->roots[1];
    for (unsigned i = WEAKS; i-- > 0; list = field(list, 2))
        cr_assert_eq(alive(w, field(list, 1)), g->lives[g->keys[i]], "seed %llu, weak pointer %u under %s",
                     (unsigned long long)seed, i, w->heap->config.collector->name);
}

static void one_graph(const GcCollector *collector, uint64_t seed)
{
    World *w = world_of(
        2 + seed % 3 < collector->most_generations ? 2 + seed % 3 : collector->most_generations, collector);
    Graph g = {.random = seed};
    graph_new(w, &g);
    naive_fixpoint(&g);
    if (seed % 2) {
        w->roots[2] = con(w, 0, 0);
        for (unsigned i = 0; i < OBJECTS; i++) w->roots[2] = con(w, g.refs[i], w->roots[2]);
        for (int i = 0; i < 3; i++) collect_now(w, i % 2);
        w->roots[2] = 0;
    }
    collect_now(w, true);
    expect_fixpoint(w, &g, seed);
    world_free(w);
}

Test(weak, random_graphs_keep_what_a_fixpoint_keeps, .timeout = 120)
{
    for (size_t i = 0; collector_at(i); i++)
        for (uint64_t seed = 1; seed <= 200 && !collector_at(i)->instead; seed++)
            one_graph(collector_at(i), seed);
}

Test(weak, finalizers_wait_in_order_and_once)
{
    World *w = world_new(3);
    Ref finalizers[5];
    for (int i = 0; i < 5; i++) {
        finalizers[i] = con(w, con(w, 0, 0), 0);
        w->roots[i] = weak(w, con(w, 0, 0), ref_of(w->nil), finalizers[i]);
        w->roots[5] = con(w, finalizers[i], w->roots[5]); /* to know them by */
    }
    for (int i = 0; i < 3; i++) collect_now(w, i == 1);
    cr_assert_eq(w->due, 5);
    cr_assert_eq(heap_finalizers_waiting(w->heap), 5);
    Ref known = w->roots[5];
    for (int i = 4; i >= 0; i--, known = field(known, 2)) finalizers[i] = field(known, 1);
    for (int i = 0; i < 5; i++) cr_assert_eq(heap_take_finalizer(w->heap), finalizers[i]);
    collect_now(w, true);
    cr_assert_eq(heap_finalizers_waiting(w->heap), 0);
    cr_assert_eq(w->due, 5, "none is due again");
    world_free(w);
}

/* They are taken as fast as they come, but one always waits. */
Test(weak, finalizers_that_have_been_taken_leave_room)
{
    World *w = world_new(2);
    weak(w, con(w, 0, 0), ref_of(w->nil), ref_of(w->nil));
    for (int i = 0; i < 300; i++) {
        weak(w, con(w, 0, 0), ref_of(w->nil), ref_of(w->nil));
        collect_now(w, false);
        cr_assert_geq(heap_finalizers_waiting(w->heap), 2);
        heap_take_finalizer(w->heap);
    }
    cr_assert_leq(heap_state(w->heap)->finalizers.room, 64);
    world_free(w);
}

Test(weak, finalizer_brings_its_weak_pointer_back_as_a_tombstone)
{
    World *w = world_new(2);
    Ref key = con(w, 0, 0);
    Word *finalizer = closure_words(ref_closure(con(w, key, 0)));
    finalizer[2] = weak(w, key, ref_of(w->nil), ref_of((Closure *)finalizer));
    collect_now(w, true);
    cr_assert_eq(heap_finalizers_waiting(w->heap), 1);
    w->roots[0] = heap_take_finalizer(w->heap);
    cr_assert_eq(ref_closure(field(w->roots[0], 1))->info, w->con, "the key is there again");
    cr_assert_not(alive(w, field(w->roots[0], 2)), "but not to its weak pointer");
    collect_now(w, true);
    world_free(w);
}

Test(weak, dies_once_when_the_program_finalizes_it)
{
    World *w = world_new(2);
    w->roots[0] = con(w, 0, 0);
    w->roots[1] = weak(w, w->roots[0], ref_of(w->nil), con(w, 0, 0));
    collect_now(w, true);
    w->roots[2] = heap_finalize_weak(w->heap, ref_closure(w->roots[1]));
    cr_assert_eq(ref_closure(w->roots[2])->info, w->con);
    cr_assert_eq(heap_finalize_weak(w->heap, ref_closure(w->roots[1])), 0);
    w->roots[0] = 0;
    collect_now(w, true);
    cr_assert_eq(heap_finalizers_waiting(w->heap), 0);
    cr_assert_eq(w->died, 1);
    world_free(w);
}

Test(weak, key_of_an_old_one_is_kept_until_its_generation_is_collected)
{
    World *w = world_new(2);
    w->roots[0] = weak(w, ref_of(w->nil), ref_of(w->nil), 0);
    collect_now(w, true);
    collect_now(w, true);
    cr_assert_eq(Bdescr(ref_closure(w->roots[0]))->gen_no, 1);
    cr_assert(alive(w, w->roots[0]), "a static key does not die");
    world_free(w);
}

Test(weak, key_is_looked_for_through_indirections)
{
    World *w = world_new(2);
    w->roots[0] = con(w, 0, 0);
    Word *ind = object(w, info_std(w->heap->infos, STD_IND), 2);
    ind[IND_TARGET] = w->roots[0];
    w->roots[1] = weak(w, (Ref)ind, ref_of(w->nil), 0);
    collect_now(w, true);
    cr_assert(alive(w, w->roots[1]));
    cr_assert_eq(field(w->roots[1], WEAK_KEY), w->roots[0]);
    world_free(w);
}

/* ---- Stable pointers */

Test(stable_ptr, keeps_its_object_and_follows_it)
{
    World *w = world_new(2);
    StablePtr p = heap_stable_ptr_new(w->heap, con(w, con(w, 0, 0), 0)), q = heap_stable_ptr_new(w->heap, 16);
    (void)q;
    heap_stable_ptr_free(w->heap, q);
    for (int i = 0; i < 4; i++) {
        collect_now(w, i % 2);
        cr_assert_eq(ref_closure(heap_stable_ptr_deref(w->heap, p))->info, w->con);
    }
    heap_stable_ptr_free(w->heap, p);
    collect_now(w, true);
    cr_assert_eq(heap_state(w->heap)->generations[1].objects, 0);
    world_free(w);
}

Test(stable_ptr, numbers_are_used_again_the_last_one_first)
{
    World *w = world_new(2);
    StablePtr p[200];
    for (size_t i = 0; i < 200; i++) cr_assert_eq(p[i] = heap_stable_ptr_new(w->heap, ref_of(w->nil)), i + 1);
    heap_stable_ptr_free(w->heap, p[7]);
    heap_stable_ptr_free(w->heap, p[3]);
    heap_stable_ptr_free(w->heap, 0);
    cr_assert_eq(heap_stable_ptr_count(w->heap), 198);
    cr_assert_eq(heap_stable_ptr_new(w->heap, ref_of(w->nil)), p[3]);
    cr_assert_eq(heap_stable_ptr_new(w->heap, ref_of(w->nil)), p[7]);
    cr_assert_eq(heap_stable_ptr_new(w->heap, ref_of(w->nil)), 201);
    world_free(w);
}

Test(stable_ptr, freed_twice_is_a_story, .exit_code = 254)
{
    World *w = world_new(2);
    StablePtr p = heap_stable_ptr_new(w->heap, ref_of(w->nil));
    freopen("/dev/null", "w", stderr);
    heap_stable_ptr_free(w->heap, p);
    heap_stable_ptr_free(w->heap, p);
}

/* ---- Stable names */

static Ref name_of(World *w, Ref r)
{
    Closure *name = heap_stable_name_find(w->heap, r);
    if (name) return ref_of(name);
    Word *words = heap_alloc_no_gc(w->heap, STABLE_NAME_WORDS);
    cr_assert(heap_stable_name_add(w->heap, r, words));
    return ref_of((Closure *)words);
}
static Word number_of(Ref name) { return stable_name_number(ref_closure(name)); }

Test(stable_name, is_one_to_an_object_wherever_it_goes)
{
    World *w = world_new(2);
    for (int i = 0; i < 3; i++) w->roots[i] = con(w, 0, 0);
    for (int i = 0; i < 3; i++) w->roots[3 + i] = name_of(w, w->roots[i]);
    for (int turn = 0; turn < 4; turn++) {
        for (int i = 0; i < 3; i++) {
            cr_assert_eq(name_of(w, w->roots[i]), w->roots[3 + i]);
            cr_assert_eq(number_of(w->roots[3 + i]), (Word)i + 1);
        }
        collect_now(w, turn % 2);
    }
    world_free(w);
}

Test(stable_name, number_is_free_when_the_name_has_died_not_before)
{
    World *w = world_new(2);
    w->roots[0] = con(w, 0, 0);
    w->roots[1] = name_of(w, w->roots[0]);
    w->roots[0] = con(w, 0, 0);
    collect_now(w, true);
    w->roots[2] = name_of(w, w->roots[0]);
    cr_assert_eq(number_of(w->roots[1]), 1, "its object has died");
    cr_assert_eq(number_of(w->roots[2]), 2);
    w->roots[1] = 0;
    collect_now(w, true);
    w->roots[3] = con(w, 0, 0);
    w->roots[4] = name_of(w, w->roots[3]);
    cr_assert_eq(number_of(w->roots[4]), 1);
    cr_assert_eq(heap_state(w->heap)->stable.name_count, 2);
    world_free(w);
}

static Ref thunk(World *w)
{
    InfoTable *info = info_new(w->heap->infos, KIND_THUNK);
    info->words = THUNK_HEADER + 1;
    info->nptrs = 1;
    return (Ref)object(w, info, 3);
}

static void evaluate(World *w, Ref r, Ref value)
{
    filler_write(w->heap->infos, closure_words((Closure *)r) + 2, 1);
    heap_update(w->heap, (Closure *)r, value, info_std(w->heap->infos, STD_IND));
}

Test(stable_name, of_a_thunk_becomes_that_of_its_value)
{
    World *w = world_new(2);
    w->roots[0] = thunk(w);
    w->roots[1] = name_of(w, w->roots[0]);
    w->roots[2] = con(w, 0, 0);
    evaluate(w, w->roots[0], w->roots[2]);
    cr_assert_eq(name_of(w, w->roots[0]), w->roots[1]);
    cr_assert_eq(name_of(w, w->roots[2]), w->roots[1], "by either way");
    collect_now(w, false);
    cr_assert_eq(w->roots[0], w->roots[2]);
    cr_assert_eq(name_of(w, w->roots[0]), w->roots[1]);
    world_free(w);
}

Test(stable_name, of_a_value_wins_over_its_indirections)
{
    World *w = world_new(2);
    w->roots[0] = thunk(w);
    w->roots[1] = name_of(w, w->roots[0]);
    w->roots[2] = con(w, 0, 0);
    w->roots[3] = name_of(w, w->roots[2]);
    evaluate(w, w->roots[0], w->roots[2]);
    cr_assert_eq(name_of(w, w->roots[0]), w->roots[3]);
    for (int i = 0; i < 2; i++) {
        collect_now(w, i);
        cr_assert_eq(name_of(w, w->roots[0]), w->roots[3]);
        cr_assert_neq(number_of(w->roots[1]), number_of(w->roots[3]));
    }
    world_free(w);
}

Test(stable_name, ten_thousand_of_them)
{
    World *w = world_new(2);
    Ref list = ref_of(w->nil);
    for (int i = 0; i < 10000; i++) {
        Ref element = con(w, 0, 0);
        list = con(w, con(w, element, name_of(w, element)), list);
    }
    w->roots[0] = list;
    for (int turn = 0; turn < 2; turn++) {
        collect_now(w, true);
        Word number = 10000;
        for (Ref r = w->roots[0]; ref_closure(r) != w->nil; r = field(r, 2), number--) {
            cr_assert_eq(name_of(w, field(field(r, 1), 1)), field(field(r, 1), 2));
            cr_assert_eq(number_of(field(field(r, 1), 2)), number);
        }
    }
    w->roots[0] = 0;
    collect_now(w, true);
    cr_assert_eq(heap_state(w->heap)->stable.name_count, 0);
    world_free(w);
}

/* ---- The checker: one word is wrong, the invariant's number is reported, the word is mended */

static int reported(World *w)
{
    char *text = NULL;
    size_t size = 0;
    int number = 0;
    FILE *out = open_memstream(&text, &size);
    size_t violations = heap_check(w->heap, 3, out);
    fclose(out);
    if (violations) sscanf(text, "invariant %d:", &number);
    free(text);
    return number;
}

static void expect_fault(World *w, int number, void *place, Word value)
{
    Word *word = place, old = *word;
    cr_assert_eq(reported(w), 0);
    *word = value;
    int found = reported(w);
    cr_assert_eq(found, number, "invariant %d was reported, not %d", found, number);
    *word = old;
    cr_assert_eq(reported(w), 0);
}

/* Weak pointers: three in generation 0, an old one in generation 1; roots 0 to 3. */
static World *weak_world(void)
{
    World *w = world_new(2);
    w->roots[3] = weak(w, ref_of(w->nil), ref_of(w->nil), 0);
    collect_now(w, true);
    collect_now(w, true);
    for (int i = 0; i < 3; i++) w->roots[i] = weak(w, ref_of(w->nil), ref_of(w->nil), 0);
    return w;
}

static WeakList *young_weaks(World *w) { return &heap_state(w->heap)->generations[0].weaks; }

Test(weak_sanity, 61_member_that_is_none)
{
    World *w = weak_world();
    expect_fault(w, 61, &young_weaks(w)->first, (Word)ref_closure(con(w, 0, 0)));
    world_free(w);
}

Test(weak_sanity, 61_list_that_does_not_end)
{
    World *w = weak_world();
    expect_fault(w, 61, &closure_words(young_weaks(w)->last)[WEAK_LINK], (Word)young_weaks(w)->first);
    expect_fault(w, 61, &young_weaks(w)->last, (Word)young_weaks(w)->first);
    expect_fault(w, 61, &young_weaks(w)->count, 2);
    world_free(w);
}

Test(weak_sanity, 62_on_no_list)
{
    World *w = weak_world();
    WeakList *list = young_weaks(w);
    Closure *first = list->first;
    list->first = (Closure *)closure_words(first)[WEAK_LINK];
    list->count--;
    cr_assert_eq(reported(w), 62);
    list->first = first;
    list->count++;
    cr_assert_eq(reported(w), 0);
    world_free(w);
}

Test(weak_sanity, 62_on_another_generations_list)
{
    World *w = weak_world();
    expect_fault(w, 62, &young_weaks(w)->first, w->roots[3]);
    world_free(w);
}

Test(weak_sanity, 62_tombstone_that_refers_to_something)
{
    World *w = weak_world();
    heap_finalize_weak(w->heap, ref_closure(w->roots[0]));
    expect_fault(w, 62, &closure_words(ref_closure(w->roots[0]))[WEAK_VALUE], ref_of(w->nil));
    expect_fault(w, 62, &closure_words(ref_closure(w->roots[1]))[WEAK_KEY], 0);
    world_free(w);
}

Test(weak_sanity, 63_list_of_free_stable_pointers)
{
    World *w = world_new(2);
    for (int i = 0; i < 3; i++) heap_stable_ptr_new(w->heap, ref_of(w->nil));
    heap_stable_ptr_free(w->heap, 2);
    heap_stable_ptr_free(w->heap, 3);
    StableTables *t = &heap_state(w->heap)->stable;
    uint32_t next = t->ptrs[2].next;
    t->ptrs[2].next = 3;
    cr_assert_eq(reported(w), 63);
    t->ptrs[2].next = next;
    expect_fault(w, 63, &t->ptr_count, 2);
    expect_fault(w, 63, &t->ptrs[2].object, ref_of(w->nil));
    expect_fault(w, 22, &t->ptrs[1].object, (Word)w & ~TAG_MASK);
    world_free(w);
}

Test(weak_sanity, 63_stable_names)
{
    World *w = world_new(2);
    for (int i = 0; i < 3; i++) {
        w->roots[i] = con(w, 0, 0);
        w->roots[3 + i] = name_of(w, w->roots[i]);
    }
    StableTables *t = &heap_state(w->heap)->stable;
    expect_fault(w, 63, &t->names[1].object, (Word)ref_closure(con(w, 0, 0)));
    expect_fault(w, 63, &t->names[1].object, (Word)t->names[2].object);
    expect_fault(w, 63, &t->names[2].name, (Word)ref_closure(w->roots[0]));
    expect_fault(w, 63, &closure_words(t->names[3].name)[1], 7);
    expect_fault(w, 63, &t->name_count, 2);
    world_free(w);
}

/* ---- C finalizers */

static char written[64]; /* what they say of themselves */
static void say(const char *word) { strncat(written, word, sizeof written - strlen(written) - 1); }
static void say_into(char *into, const char *word) { strcat(into, word); }

static void add_c_finalizer(World *w, Ref weak_pointer, CFinalizer f)
{
    Closure *weak = ref_closure(weak_pointer);
    Word *array = heap_alloc_no_gc(w->heap, heap_c_finalizer_words(weak));
    heap_add_c_finalizer(w->heap, weak, array, f);
}

static void adds_word(World *w, Ref weak_pointer, const char *word)
{
    add_c_finalizer(w, weak_pointer, (CFinalizer){.function = (Word)say, .pointer = (Word)word});
}

Test(c_finalizers, are_called_when_the_key_dies_or_the_program_or_the_heap_ends)
{
    for (uint32_t generations = 1; generations <= 3; generations++) {
        World *w = world_new(generations);
        written[0] = 0;
        w->roots[0] = con(w, 0, 0);
        w->roots[1] = con(w, 0, 0);
        w->roots[2] = con(w, 0, 0);
        for (int i = 0; i < 3; i++) w->roots[3 + i] = weak(w, w->roots[i], w->roots[i], 0);
        adds_word(w, w->roots[3], "a");
        collect_now(w, true);
        collect_now(w, true);
        adds_word(w, w->roots[3], "b"); /* a young array of an old weak pointer */
        char other[8] = "";
        add_c_finalizer(w, w->roots[3], (CFinalizer){(Word)say_into, (Word) "c", true, (Word)other});
        adds_word(w, w->roots[4], "d");
        adds_word(w, w->roots[5], "e");
        collect_now(w, false);
        cr_assert_str_eq(written, "");
        w->roots[0] = 0;
        collect_now(w, true);
        cr_assert_str_eq(written, "ba");
        cr_assert_str_eq(other, "c");
        collect_now(w, true);
        heap_finalize_weak(w->heap, ref_closure(w->roots[4]));
        heap_finalize_weak(w->heap, ref_closure(w->roots[4]));
        cr_assert_str_eq(written, "bad");
        heap_run_c_finalizers(w->heap);
        heap_run_c_finalizers(w->heap);
        cr_assert_str_eq(written, "bade");
        world_free(w);
    }
}
