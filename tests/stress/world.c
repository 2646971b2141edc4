#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operations.h"

_Noreturn void world_fail(const World *w, const char *format, ...)
{
    va_list arguments;
    if (w->failed) w->failed(w);
    fflush(stdout);
    fprintf(stderr,
            "gc_stress: seed %llu, operation %llu (%s), collection %u: ", (unsigned long long)w->config.seed,
            (unsigned long long)w->operation, w->operation_name, w->heap ? w->heap->gc_count : 0);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(1);
}

/* ---- Settling */

void settle(World *w, Slot *slot)
{
    for (;;) {
        slot->ref = real_resolve(w, slot->ref);
        slot->node = naive_resolve(slot->node);
        Node *n = slot->node;
        if (n->what != WHAT_SELECTOR || header_of(slot->ref) == n->headers[0]) return;
        Node *selected = naive_selected(n);
        if (!selected) world_fail(w, "a selector is gone that nobody can have evaluated");
        n->value = selected;
        n->words = 2; /* an indirection, if an update frame keeps it */
    }
}

/* ---- Choosing */

bool is_unevaluated(const Node *n)
{
    return n->what == WHAT_THUNK || n->what == WHAT_SELECTOR || n->what == WHAT_AP ||
           n->what == WHAT_AP_STACK;
}

bool is_value(const Node *n) { return n->is_value; }

Slot *any_root(World *w, Wanted wanted)
{
    uint32_t first = chance(w, ROOTS);
    for (uint32_t i = 0; i < ROOTS; i++) {
        Slot *slot = &w->roots[(first + i) % ROOTS];
        if (!wanted(naive_resolve(slot->node))) continue;
        settle(w, slot);
        if (wanted(slot->node)) return slot;
    }
    return NULL;
}

/* ---- Roots and observers */

static void tell_roots(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    uint32_t roots = w->config.forget == BARRIER_root ? ROOTS - 1 : ROOTS;
    for (uint32_t i = 0; i < roots; i++) visit(visit_context, &w->roots[i].ref);
}

static void tell_threads(void *context, SlotVisitor visit, void *visit_context)
{
    World *w = context;
    for (uint32_t i = 0; i < THREADS; i++) visit(visit_context, &w->threads[i].ref);
}

static void moved(void *context, const Closure *from, const Closure *to, size_t words, uint8_t generation,
                  MoveWhy why)
{
    World *w = context;
    (void)why;
    if (Bdescr(to)->gen_no != generation) world_fail(w, "what moved is not where it is said to be");
    if (from == to || Bdescr(from)->flags & BF_MARKED) return;
    w->moved_objects++;
    w->moved_words += words;
}

static void check_stats(const World *w, const GcStats *s)
{
    HeapTotals totals;
    heap_totals(w->heap, &totals);
    if (totals.allocated_words != w->allocated_words)
        world_fail(w, "%llu words are said to have been allocated, not %llu",
                   (unsigned long long)totals.allocated_words, (unsigned long long)w->allocated_words);
    if (!w->config.watch) return;
    if (w->moved_objects != s->copied_objects || w->moved_words != s->copied_words)
        world_fail(w, "%zu objects of %zu words moved, not %zu of %zu", w->moved_objects, w->moved_words,
                   s->copied_objects, s->copied_words);
}

/* Sooner if weak pointers have died in this one. */
static bool comparison_is_due(World *w)
{
    uint32_t every = w->config.compare_every;
    w->collections++;
    return w->collections % every == 0 || (w->weaks.death_count > 0 && w->collections % (every / 4 + 1) == 0);
}

static void collection_ended(void *context, Heap *heap, const GcStats *stats)
{
    World *w = context;
    (void)heap;
    check_stats(w, stats);
    w->moved_objects = w->moved_words = 0;
    w->major_collections += stats->major;
    weaks_bury(w);
    if (comparison_is_due(w)) world_compare(w, stats);
    w->weaks.death_count = 0;
}

static void before_collection(void *context) { threads_pause(context); }

/* ---- The world */

World *world_new(const WorldConfig *config)
{
    Heap *heap = heap_new(&config->heap);
    World *w = calloc(1, sizeof *w);
    if (!heap || !w) {
        free(w);
        heap_free(heap);
        return NULL;
    }
    w->config = *config;
    w->heap = heap;
    w->random = config->seed * 0x9e3779b97f4a7c15u + 0x123456789abcdefu;
    w->operation_name = "start";
    w->lazy = chance(w, 2);
    tables_new(w);
    statics_new(w);
    for (uint32_t i = 0; i < ROOTS; i++) w->roots[i] = w->nil;
    for (uint32_t i = 0; i < THREADS; i++)
        if (!thread_new(w, i)) return world_free(w), NULL;
    heap_add_roots(heap, ROOT_HANDLE, tell_roots, w);
    heap_add_roots(heap, ROOT_STACK, tell_threads, w);
    heap->before_collect = before_collection;
    heap->before_collect_context = w;
    heap_observe(heap, &(GcObserver){.context = w,
                                     .moved = config->watch ? moved : NULL,
                                     .weak_died = weak_died,
                                     .gc_end = collection_ended});
    return w;
}

void world_free(World *w)
{
    heap_free(w->heap);
    naive_free(&w->naive);
    weaks_free(w);
    free(w);
}

/* ---- Steps */

static void drop(World *w)
{
    w->operation_name = "drop";
    operation_drop(w);
    heap_collect(w->heap, true, GC_REASON_REQUESTED);
    w->live_nodes = 0;
}

/* Memory was short: almost everything is dropped, and the mutator tries again. */
static void recover(World *w)
{
    w->out_of_memory++;
    if (w->failures >= 3) {
        w->exhausted = true;
        return;
    }
    operation_drop(w);
    heap_collect(w->heap, true, GC_REASON_REQUESTED);
}

void world_step(World *w)
{
    uint32_t failures = w->failures;
    const Operation *o = operation_choose(w);
    w->operation++;
    w->operation_name = o->name;
    o->run(w);
    if (w->failures > failures)
        recover(w);
    else
        w->failures = 0;
    if (w->naive.count > 2 * (size_t)w->config.most_nodes) world_compare(w, NULL);
    if (w->live_nodes > w->config.most_nodes) drop(w);
}
