/* gc/selector.c: selector thunks that a collection evaluates, and those that it has to leave. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "gc/heap_state.h"
#include "tests/unit/gc_tables.h"

#define MOST_ROOTS 4

typedef struct World {
    Heap *heap;
    InfoTable *con, *big, *selector[2], *thunk;
    Closure *nil;
    Ref roots[MOST_ROOTS];
    size_t removed;
} World;

static void visit_roots(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    for (int i = 0; i < MOST_ROOTS; i++)
        if (w->roots[i]) visit(visit_context, &w->roots[i]);
}

static void count_removed(void *context, const Closure *selector, const Closure *value)
{
    (void)selector, (void)value;
    ((World *)context)->removed++;
}

static World *world_new(const char *collector, bool selectors)
{
    World *w = calloc(1, sizeof *w);
    char error[200];
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 8192;
    config.sanity_level = 3;
    config.selectors = selectors;
    config.collector = collector_find(collector, error, sizeof error);
    cr_assert(config.collector, "%s", error);
    w->heap = heap_new(&config);
    w->con = payload_info(w->heap->infos, KIND_CON, 2, 0, 1);
    w->big = payload_info(w->heap->infos, KIND_CON, 600, 0, 1);
    w->thunk = payload_info(w->heap->infos, KIND_THUNK, 0, 1, 0);
    for (uint32_t i = 0; i < 2; i++) {
        w->selector[i] = info_new(w->heap->infos, KIND_THUNK_SELECTOR);
        w->selector[i]->con_tag = i;
    }
    Word *nil = heap_alloc_static(w->heap, 3);
    w->nil = (Closure *)nil;
    nil[0] = (Word)w->con;
    nil[1] = nil[2] = ref_of(w->nil);
    heap_add_roots(w->heap, ROOT_HANDLE, visit_roots, w);
    heap_observe(w->heap, &(GcObserver){.context = w, .selector_removed = count_removed});
    return w;
}

static void world_free(World *w)
{
    heap_free(w->heap);
    free(w);
}

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

static Ref thunk(World *w) { return (Ref)object(w, w->thunk, 3); }

static Ref selector(World *w, int field, Ref selectee)
{
    Word *o = object(w, w->selector[field], 3);
    o[SELECTEE] = selectee;
    return (Ref)o;
}

static Ref indirection(World *w, StdInfo which, Ref to)
{
    Word *o = object(w, info_std(w->heap->infos, which), 2);
    o[IND_TARGET] = to;
    return (Ref)o;
}

static void collect_all(World *w) { heap_collect(w->heap, true, GC_REASON_REQUESTED); }
static Word field(Ref r, int i) { return closure_words(ref_closure(r))[i]; }
static bool is_selector(Ref r) { return ref_closure(r)->info->kind == KIND_THUNK_SELECTOR; }
static size_t objects(const World *w)
{
    size_t all = 0;
    const HeapState *h = heap_state(w->heap);
    for (uint32_t g = 0; g < generation_count(h); g++) all += h->generations[g].objects;
    return all;
}

static char *const collectors[] = {"gen-copy", "mark-compact", "mark-region", "semispace"};

/* Runs once for each collector. */
#define EACH(name)                                                                                           \
    static void name##_with(const char *collector);                                                          \
    Test(selector, name, .timeout = 60)                                                                      \
    {                                                                                                        \
        for (size_t i = 0; i < sizeof collectors / sizeof *collectors; i++) name##_with(collectors[i]);      \
    }                                                                                                        \
    static void name##_with(const char *collector)

EACH(becomes_its_field_and_lets_go_of_the_rest)
{
    World *w = world_new(collector, true);
    Ref wanted = con(w, 0, 0);
    w->roots[0] = selector(w, 1, con(w, con(w, con(w, 0, 0), 0), wanted));
    w->roots[1] = w->roots[0];
    collect_all(w);
    cr_assert_eq(ref_closure(w->roots[0])->info, w->con);
    cr_assert_eq(ref_tag(w->roots[0]), 1);
    cr_assert_eq(w->roots[0], w->roots[1]);
    cr_assert_eq(objects(w), 1);
    cr_assert_eq(w->removed, 1);
    world_free(w);
}

EACH(stays_if_it_is_told_to)
{
    World *w = world_new(collector, false);
    w->roots[0] = selector(w, 1, con(w, 0, 0));
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    cr_assert_eq(objects(w), 2);
    world_free(w);
}

EACH(stays_while_its_selectee_is_not_evaluated)
{
    World *w = world_new(collector, true);
    w->roots[0] = selector(w, 0, thunk(w));
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    Word *t = closure_words(ref_closure(field(w->roots[0], SELECTEE)));
    filler_write(w->heap->infos, t + 2, 1);
    heap_update(w->heap, (Closure *)t, con(w, 0, 0), info_std(w->heap->infos, STD_IND));
    collect_all(w);
    cr_assert_eq(w->roots[0], ref_of(w->nil), "a later collection does it");
    world_free(w);
}

EACH(looks_through_what_stands_for_its_selectee)
{
    World *w = world_new(collector, true);
    w->roots[0] = selector(w, 0, indirection(w, STD_IND, indirection(w, STD_BLACKHOLE, con(w, 0, 0))));
    w->roots[1] = selector(w, 1, con(w, 0, indirection(w, STD_IND, indirection(w, STD_IND, con(w, 0, 0)))));
    collect_all(w);
    cr_assert_eq(w->roots[0], ref_of(w->nil));
    cr_assert_eq(ref_closure(w->roots[1])->info, w->con);
    cr_assert_eq(objects(w), 1);
    world_free(w);
}

EACH(selectee_is_large_static_or_old)
{
    World *w = world_new(collector, true);
    w->roots[1] = con(w, 0, con(w, 0, 0));
    collect_all(w);
    collect_all(w);
    w->roots[0] = selector(w, 1, w->roots[1]);
    heap_collect(w->heap, false, GC_REASON_REQUESTED);
    cr_assert_eq(w->roots[0], field(w->roots[1], 2), "old");
    w->roots[1] = 0;
    w->roots[0] = selector(w, 1, ref_of((Closure *)object(w, w->big, 601)));
    collect_all(w);
    cr_assert_eq(w->roots[0], ref_of(w->nil), "large");
    w->roots[0] = selector(w, 0, ref_of(w->nil));
    collect_all(w);
    cr_assert_eq(w->roots[0], ref_of(w->nil), "static");
    cr_assert_eq(objects(w), 0);
    world_free(w);
}

/* Field 0 of field 0 of ...: the innermost has to be evaluated first. */
EACH(nest_of_any_depth)
{
    World *w = world_new(collector, true);
    Ref value = con(w, 0, 0), data = value, nest;
    for (int i = 0; i < 100000; i++) data = con(w, data, 0);
    nest = data;
    for (int i = 0; i < 100000; i++) nest = selector(w, 0, nest);
    w->roots[0] = nest;
    collect_all(w);
    cr_assert_eq(ref_closure(w->roots[0])->info, w->con);
    cr_assert_eq(objects(w), 1);
    cr_assert_eq(w->removed, 100000);
    world_free(w);
}

/* The field of each is the next one. */
EACH(chain_of_any_length)
{
    World *w = world_new(collector, true);
    Ref chain = con(w, 0, 0);
    for (int i = 0; i < 100000; i++) chain = selector(w, 0, con(w, chain, 0));
    w->roots[0] = chain;
    collect_all(w);
    cr_assert_eq(ref_closure(w->roots[0])->info, w->con);
    cr_assert_eq(objects(w), 1);
    world_free(w);
}

/* Each is tried once: in the other order this would take ten thousand million steps. */
EACH(nest_over_a_thunk_takes_linear_time)
{
    World *w = world_new(collector, true);
    Ref nest = thunk(w);
    for (int i = 0; i < 100000; i++) nest = selector(w, 0, nest);
    w->roots[0] = nest;
    collect_all(w);
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    cr_assert_eq(objects(w), 100001);
    world_free(w);
}

EACH(selectee_is_the_selector)
{
    World *w = world_new(collector, true);
    Word *s = closure_words(ref_closure(selector(w, 0, ref_of(w->nil))));
    s[SELECTEE] = (Ref)s;
    w->roots[0] = (Ref)s;
    for (int i = 0; i < 3; i++) {
        collect_all(w);
        cr_assert(is_selector(w->roots[0]));
        cr_assert_eq(field(w->roots[0], SELECTEE), w->roots[0]);
    }
    world_free(w);
}

EACH(ring_of_selectees)
{
    World *w = world_new(collector, true);
    Ref a = selector(w, 0, ref_of(w->nil)), b = selector(w, 1, a);
    closure_words(ref_closure(a))[SELECTEE] = b;
    w->roots[0] = a;
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    cr_assert_eq(field(field(w->roots[0], SELECTEE), SELECTEE), w->roots[0]);
    world_free(w);
}

/* let { p = (x, y); x = fst p }: the field is the selector itself. */
EACH(field_is_the_selector)
{
    World *w = world_new(collector, true);
    Ref s = selector(w, 0, ref_of(w->nil));
    closure_words(ref_closure(s))[SELECTEE] = con(w, s, 0);
    w->roots[0] = s;
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    cr_assert_eq(field(field(w->roots[0], SELECTEE), 1), w->roots[0]);
    world_free(w);
}

EACH(ring_of_fields)
{
    World *w = world_new(collector, true);
    Ref s[3];
    for (int i = 0; i < 3; i++) s[i] = selector(w, 0, ref_of(w->nil));
    for (int i = 0; i < 3; i++) closure_words(ref_closure(s[i]))[SELECTEE] = con(w, s[(i + 1) % 3], 0);
    w->roots[0] = s[0];
    w->roots[1] = s[1];
    for (int i = 0; i < 2; i++) {
        collect_all(w);
        Ref r = w->roots[0];
        for (int k = 0; k < 3; k++, r = field(field(r, SELECTEE), 1)) cr_assert(is_selector(r));
        cr_assert_eq(r, w->roots[0], "all are left to loop");
    }
    world_free(w);
}

/* A nested selector whose value is the one that waits for it. */
EACH(ring_through_a_nest)
{
    World *w = world_new(collector, true);
    Ref inner = selector(w, 0, ref_of(w->nil)), outer = selector(w, 0, inner);
    closure_words(ref_closure(inner))[SELECTEE] = con(w, outer, 0);
    w->roots[0] = outer;
    w->roots[1] = inner;
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    world_free(w);
}

EACH(field_that_is_no_pointer_is_left_alone)
{
    World *w = world_new(collector, true);
    InfoTable *raw = payload_info(w->heap->infos, KIND_CON, 0, 1, 1);
    w->roots[0] = selector(w, 0, ref_of((Closure *)object(w, raw, 2)));
    closure_words(ref_closure(field(w->roots[0], SELECTEE)))[1] = 17;
    w->heap->config.sanity_level = 0; /* 28 */
    collect_all(w);
    cr_assert(is_selector(w->roots[0]));
    world_free(w);
}
