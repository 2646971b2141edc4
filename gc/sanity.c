/* Sanity checking: levels, reports, and the transition checks of a collection.
 *
 * heap_check goes from the ground up, each step relying on what the steps before it have proved: the block
 * layer (1-15); the map of groups, and the heap's lists; the objects of each group; remembered sets and CAFs;
 * every object's shape and references; roots; what upper layers have registered; after a major collection
 * that nothing unreachable is left. A violation is one line that begins "invariant N:", and the checker goes
 * on as far as it safely can, up to SANITY_MOST_VIOLATIONS; the first bad object's story ends the report. */
#include "gc/sanity_private.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The table of invariants */

static const char *const sentences[] = {
#define INVARIANT(number, proof, sentence, ...) [number] = sentence,
#include "gc/invariants.def"
#undef INVARIANT
};

/* ---- Reports */

static void report_line(Sanity *s, int invariant, const void *place, const char *format, va_list arguments)
{
    if (++s->violations > SANITY_MOST_VIOLATIONS || s->probing) return;
    fprintf(s->out, "invariant %d: %s\n  %s", invariant, sentences[invariant], s->when ? s->when : "");
    vfprintf(s->out, format, arguments);
    if (place && block_contains(s->h->heap.blocks, place)) {
        char text[64];
        block_address_print(place, text, sizeof text);
        fprintf(s->out, " (at %s)", text);
    }
    fputc('\n', s->out);
}

void sanity_report(Sanity *s, int invariant, const void *object, const char *format, ...)
{
    if (object && !s->first_bad && !s->probing) s->first_bad = object;
    va_list arguments;
    va_start(arguments, format);
    report_line(s, invariant, object, format, arguments);
    va_end(arguments);
}

static void block_reported(void *context, int invariant, const void *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_line(context, invariant, place, format, arguments);
    va_end(arguments);
}

static void upper_reported(void *context, int invariant, const void *object, const char *text)
{
    sanity_report(context, invariant, object, "%s", text);
}

static void end_report(Sanity *s)
{
    if (s->violations == 0) return;
    if (s->first_bad) sanity_story(s, s->first_bad);
    fprintf(s->out, "sanity: %zu violation(s); %zu groups, %zu objects, %zu references were looked at\n",
            s->violations, s->map ? s->map->group_count : 0, s->objects, s->references);
}

/* ---- Levels */

/* Walks again and reports. */
static void check_exactly(Sanity *s)
{
    s->objects = s->references = s->weaks = 0;
    s->shapes_broken = s->cafs_broken = false;
    sanity_unmark(s);
    sanity_find_objects(s);
    sanity_check_remembered(s);
    sanity_check_cafs(s);
    sanity_check_objects(s);
    sanity_check_roots(s);
    if (!s->shapes_broken) sanity_check_threads(s);
    if (!s->shapes_broken) sanity_check_weak(s);
}

void sanity_walk(Sanity *s)
{
    bool lists_sound = s->violations == 0;
    if (lists_sound) {
        if (sanity_swift(s)) return;
        s->violations = 0; /* counted, not told */
    }
    check_exactly(s);
    require(s->violations > 0, "the swift check finds a fault that the exact one does not");
}

static void check_upper_layers(Sanity *s)
{
    for (size_t i = 0; i < s->h->check_count; i++)
        s->h->checks[i].check(s->h->checks[i].context, &s->h->heap, upper_reported, s);
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
}

static void check_levels(Sanity *s, uint32_t level)
{
    if (level >= 2) block_check(s->h->heap.blocks, s->h->checks_made++, block_reported, s);
    if (level >= 1 && s->violations == 0) sanity_check_counters(s);
    if (level >= 3 && s->violations == 0) check_heap(s);
}

void heap_check_counts(const Heap *heap, HeapCheckCounts *out) { *out = ((const HeapState *)heap)->checked; }

static size_t finish(Sanity *s)
{
    if (s->objects > 0) s->h->checked = (HeapCheckCounts){s->map->group_count, s->objects, s->references};
    end_report(s);
    return s->violations;
}

size_t heap_check(Heap *heap, uint32_t level, FILE *out)
{
    Sanity s = {.h = heap_state(heap), .out = out ? out : stderr};
    check_levels(&s, level);
    return finish(&s);
}

/* ---- At collections */

static bool is_due(const HeapState *h, uint32_t number)
{
    return h->heap.config.sanity_level > 0 && number % h->heap.config.sanity_period == 0;
}

static void finish_or_exit(Sanity *s)
{
    if (finish(s) == 0) return;
    backtrace_print();
    fflush(NULL);
    _exit(254);
}

void sanity_at_collection(HeapState *h, bool after)
{
    uint32_t number = h->heap.gc_count + (after ? 0 : 1), level = h->heap.config.sanity_level;
    if (!is_due(h, number)) return;
    char when[64];
    snprintf(when, sizeof when, "%s collection %u: ", after ? "after" : "before", number);
    Sanity s = {.h = h, .out = stderr, .when = when, .after = after};
    check_levels(&s, level);
    if (level >= 3 && after && s.violations == 0) sanity_check_poison(&s);
    if (level >= 4 && after && s.violations == 0 && h->last_was_major) sanity_check_reachable(&s);
    finish_or_exit(&s);
}

void sanity_at_transition(HeapState *h, const Collection *c)
{
    if (!is_due(h, h->heap.gc_count) || h->heap.config.sanity_level < 3) return;
    char when[64];
    snprintf(when, sizeof when, "in collection %u: ", h->heap.gc_count);
    Sanity s = {.h = h, .out = stderr, .when = when, .after = true};
    sanity_check_transition(&s, c);
    finish_or_exit(&s);
    h->transition_checked = h->heap.gc_count;
}
