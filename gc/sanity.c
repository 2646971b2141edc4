/* Sanity checking: levels, reports, and the transition checks of a collection.
 *
 * heap_check goes from the ground up, each step relying on what the steps before it have proved: the block
 * layer (1-15); the map of groups, and the heap's lists; the objects of each group; remembered sets and CAFs;
 * every object's shape and references; roots; what upper layers have registered; after a major collection
 * that nothing unreachable is left. A violation is one line that begins "invariant N:", and the checker goes
 * on as far as it safely can, up to SANITY_MOST_VIOLATIONS; the first bad object's story ends the report. */
#include "gc/collection.h"
#include "gc/sanity_private.h"

/* An injection comes before one of the first so many collections, or later if there is no victim yet. */
enum { INJECT_FIRST_OF = 5 };

/* ---- Levels */

/* Walks again and reports. */
static void check_exactly(Sanity *s)
{
    s->objects = s->references = s->weaks = 0;
    s->shapes_broken = s->cafs_broken = s->map->sound = false;
    sanity_unmark(s);
    sanity_find_objects(s);
    sanity_check_remembered(s);
    sanity_check_cafs(s);
    sanity_check_objects(s);
    sanity_check_roots(s);
    if (!s->shapes_broken) sanity_check_threads(s);
    if (!s->shapes_broken) sanity_check_weak(s);
    if (s->collection && s->violations == 0) sanity_check_forwarded(s);
}

void sanity_walk(Sanity *s)
{
    bool lists_sound = s->violations == 0;
    if (lists_sound) {
        if (sanity_swift(s)) {
            sanity_count_stale(s);
            return;
        }
        s->violations = 0; /* counted, not told */
    }
    check_exactly(s);
    require(s->violations > 0, "the swift check finds a fault that the exact one does not");
}

static void check_upper_layers(Sanity *s)
{
    for (size_t i = 0; i < s->h->check_count; i++)
        s->h->checks[i].check(s->h->checks[i].context, &s->h->heap, sanity_upper_reported, s);
}

static void check_heap(Sanity *s)
{
    bool walked = s->after && s->h->transition_checked == s->h->heap.gc_count;
    sanity_map_make(s);
    if (!sanity_check_lists(s)) return;
    if (walked && s->violations == 0 && s->h->heap.config.sanity_level < 4)
        sanity_check_unchanged(s);
    else
        sanity_walk(s);
    check_upper_layers(s);
    if (s->violations == 0) sanity_check_poison(s);
}

/* Blocks are miscounted: the lists may tell which. */
static void find_miscounted(Sanity *s)
{
    sanity_map_make(s);
    sanity_check_lists(s);
}

static void check_levels(Sanity *s, uint32_t level)
{
    if (level >= 2) block_check(s->h->heap.blocks, s->h->checks_made++, sanity_block_reported, s);
    if (s->violations > 0) return;
    if (level >= 1) sanity_check_counters(s);
    if (level < 3) return;
    if (s->violations == 0)
        check_heap(s);
    else
        find_miscounted(s);
}

void heap_check_counts(const Heap *heap, HeapCheckCounts *out) { *out = ((const HeapState *)heap)->checked; }
void heap_check_totals(const Heap *heap, HeapCheckTotals *out)
{
    *out = ((const HeapState *)heap)->check_totals;
}

static void count_walk(HeapCheckTotals *t, const HeapCheckCounts *walk)
{
    t->walks++;
    t->looked.groups += walk->groups;
    t->looked.objects += walk->objects;
    t->looked.references += walk->references;
    t->looked.remembered += walk->remembered;
    t->looked.stale += walk->stale;
    t->looked.floating += walk->floating;
}

static size_t finish(Sanity *s)
{
    if (s->objects > 0) {
        s->h->checked = (HeapCheckCounts){s->map->group_count, s->objects, s->references,
                                          s->remembered,       s->stale,   s->floating};
        count_walk(&s->h->check_totals, &s->h->checked);
    }
    sanity_end_report(s);
    return s->violations;
}

size_t heap_check(Heap *heap, uint32_t level, FILE *out)
{
    Sanity s = {.h = heap_state(heap), .out = out ? out : stderr, .json = heap->config.json_report};
    check_levels(&s, level);
    return finish(&s);
}

/* ---- At collections */

/* Breaks what --inject asks for, once there is a victim; a checker that does not notice has failed itself. */
static void inject_if_due(HeapState *h, uint32_t number)
{
    const HeapConfig *config = &h->heap.config;
    bool early = number < 1 + config->inject_seed % INJECT_FIRST_OF && !h->ending;
    if (!config->inject || h->injection.number || early) return;
    inject(&h->injection, &h->heap, (int)config->inject, config->inject_seed);
}

static void expect_noticed(const HeapState *h, const Sanity *s)
{
    if (!h->injection.number || s->violations > 0) return;
    fprintf(stderr, "thunkscope: invariant %d was broken on purpose (%s), and the checker did not notice\n",
            h->injection.number, h->injection.way);
    panic_exit(254, "a check has not noticed what was broken on purpose");
}

bool sanity_is_due(const HeapState *h, uint32_t number)
{
    return h->heap.config.sanity_level > 0 && (h->ending || number % h->heap.config.sanity_period == 0);
}

_Noreturn static void finish_and_exit(Sanity *s)
{
    char how[64];
    finish(s);
    if (!s->json) panic_tell_stories();
    snprintf(how, sizeof how, "invariant %d is broken", s->first_broken);
    panic_exit(254, how);
}

static void finish_or_exit(Sanity *s)
{
    if (s->violations > 0) finish_and_exit(s);
    finish(s);
}

/* What level 4 checks beside the heap as it stands. */
static void check_more(Sanity *s)
{
    if (!s->after)
        sanity_check_immutable(s);
    else if (s->h->last_was_major)
        sanity_check_reachable(s);
}

static void note_for_later(Sanity *s)
{
    if (s->after) {
        sanity_watch_immutable(s);
    } else {
        sanity_watch_old(s);
        sanity_graph_note(s);
    }
}

void sanity_at_collection(HeapState *h, bool after)
{
    uint32_t number = h->heap.gc_count + h->stood_in + (after ? 0 : 1), level = h->heap.config.sanity_level;
    if (!sanity_is_due(h, number)) return;
    h->check_totals.collections += !after;
    if (!after) inject_if_due(h, number);
    char when[64];
    snprintf(when, sizeof when, "%s collection %u", after ? "after" : "before", number);
    Sanity s = {.h = h, .out = stderr, .json = h->heap.config.json_report, .when = when, .after = after};
    check_levels(&s, level);
    if (level >= 4 && s.violations == 0) check_more(&s);
    finish_or_exit(&s);
    expect_noticed(h, &s);
    if (level >= 4) note_for_later(&s);
}

void heap_check_end(Heap *heap)
{
    HeapState *h = heap_state(heap);
    h->ending = true;
    nursery_close(h);
    sanity_at_collection(h, false);
}

/* The graph that was written down before this collection; NULL: none was. */
static SanityGraph *graph_noted(const HeapState *h)
{
    bool noted = sanity_is_due(h, h->heap.gc_count) && h->heap.config.sanity_level >= 4;
    return noted && h->sanity_map ? h->sanity_map->graph : NULL;
}

void sanity_at_survival(HeapState *h, Collection *c) { sanity_graph_follow(graph_noted(h), c); }

void sanity_each_slot(HeapState *h, SlotVisitor visit, void *context)
{
    sanity_graph_each_slot(graph_noted(h), visit, context);
}

static uint64_t compare_with_before(Sanity *s, const Collection *c)
{
    sanity_check_old(s, c);
    sanity_check_indirections(s);
    sanity_check_promotion(s, c);
    return sanity_graph_compare(s, c);
}

void sanity_at_transition(HeapState *h, Collection *c)
{
    if (!sanity_is_due(h, h->heap.gc_count) || h->heap.config.sanity_level < 3) return;
    char when[64];
    snprintf(when, sizeof when, "in collection %u", h->heap.gc_count);
    Sanity s = {.h = h, .out = stderr, .json = h->heap.config.json_report, .when = when, .after = true};
    sanity_check_transition(&s, c);
    if (h->heap.config.sanity_level >= 4 && s.violations == 0)
        c->stats.graph_digest = compare_with_before(&s, c);
    finish_or_exit(&s);
    h->transition_checked = h->heap.gc_count;
}

/* Objects under way are not whole: no path can be told. */
static Sanity sanity_under_way(HeapState *h, const char *when)
{
    Sanity s = {
        .h = h, .out = stderr, .json = h->heap.config.json_report, .when = when, .shapes_broken = true};
    sanity_map_make(&s);
    return s;
}

void sanity_at_burial(HeapState *h)
{
    if (!sanity_is_due(h, h->heap.gc_count) || h->heap.config.sanity_level < 3) return;
    char when[64];
    snprintf(when, sizeof when, "in collection %u", h->heap.gc_count);
    Sanity s = sanity_under_way(h, when);
    sanity_check_code(&s);
    finish_or_exit(&s);
}

void heap_dead_caf(Heap *heap, const Closure *caf, const char *how)
{
    Sanity s = sanity_under_way(heap_state(heap), NULL);
    sanity_report(&s, 59, caf, "%s", how);
    finish_and_exit(&s);
}

void sanity_at_update(HeapState *h, const Closure *c)
{
    Ref value = ((const Word *)c)[IND_TARGET];
    const InfoTable *info = ref_closure(value)->info;
    if (ref_tag(value) == info->tag || !(kinds[info->kind].flags & IS_VALUE)) return;
    Sanity s = sanity_under_way(h, "at an update");
    sanity_report(&s, 83, c, "it has become a reference with tag %u to a %s of tag %u",
                  (unsigned)ref_tag(value), kinds[info->kind].spoken, info->tag);
    finish_or_exit(&s);
}
