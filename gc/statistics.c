#include "gc/statistics.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "gc/collection.h"

const char *const gc_phase_names[GC_PHASE_COUNT] = {
#define GC_PHASE(name, text) [GC_PHASE_##name] = text,
#include "gc/phases.def"
#undef GC_PHASE
};

const uint32_t utilisation_window_ms[UTILISATION_WINDOWS] = {10, 100};

/* ---- Clocks */

uint64_t heap_clock(const HeapState *h, clockid_t clock)
{
    struct timespec t;
    if (!h->heap.config.clock || clock_gettime(clock, &t) != 0) return 0;
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t page_faults(const HeapState *h)
{
    struct rusage usage;
    if (!h->heap.config.clock || !h->statistics.listener) return 0;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_majflt : 0;
}

/* ---- Life */

bool statistics_new(HeapState *h)
{
    Statistics *s = &h->statistics;
    s->pauses = calloc(generation_count(h) + 1, sizeof *s->pauses);
    s->begin_ns = heap_clock(h, CLOCK_MONOTONIC);
    for (int i = 0; i < UTILISATION_WINDOWS; i++)
        utilisation_init(&s->utilisation[i], utilisation_window_ms[i] * UINT64_C(1000000));
    return s->pauses;
}

void statistics_free(HeapState *h) { free(h->statistics.pauses); }

void heap_on_collection(Heap *heap, CollectionListener listener, void *context)
{
    Statistics *s = &heap_state(heap)->statistics;
    s->listener = listener;
    s->listener_context = context;
    s->faults = page_faults(heap_state(heap));
}

/* ---- Survival by age, from what each generation held before and holds now */

static size_t words_of(const Generation *g) { return generation_words(g) + g->large.words; }

/* Words that the collection brought to a generation. */
static size_t arrived(const Collection *c, uint32_t g)
{
    size_t stayed = g > c->collected ? c->h->statistics.before[g] : 0;
    return words_of(&c->generations[g]) - stayed;
}

/* Of these, what came because of its age. */
static size_t arrived_by_age(const Collection *c, uint32_t g) { return arrived(c, g) - c->eager_to[g]; }

static size_t arrived_in_all(const Collection *c)
{
    size_t words = 0;
    for (uint32_t g = 0; g < generation_count(c->h); g++) words += arrived(c, g);
    return words;
}

/* What was not promoted stayed in the oldest generation, or began to age in generation 0. */
static size_t stayed_in_oldest(const Collection *c)
{
    size_t ageing = nursery_dest(c->h) == 0 && c->h->oldest->no > 0 ? arrived_by_age(c, 0) : 0;
    return arrived_in_all(c) - c->stats.promoted_words - ageing;
}

/* Of what lived in generation g, which has been collected. */
static size_t survived(const Collection *c, uint32_t g)
{
    uint32_t oldest = c->h->oldest->no;
    if (g == oldest) return stayed_in_oldest(c);
    size_t older = g + 1 == oldest && c->stats.major ? stayed_in_oldest(c) : 0;
    return arrived_by_age(c, g + 1) - older + c->eager_from[g + 1];
}

static void add_survival(Survival *s, size_t entered, size_t survived_words)
{
    s->entered_words += entered;
    s->survived_words += survived_words;
}

static size_t survived_nursery(const Collection *c, uint32_t to)
{
    size_t older = to == c->h->oldest->no && c->stats.major ? stayed_in_oldest(c) : 0;
    return arrived_by_age(c, to) - older + c->eager_from[to];
}

static void count_survival(const Collection *c)
{
    HeapState *h = c->h;
    Statistics *s = &h->statistics;
    size_t born = c->stats.nursery_words;
    uint32_t to = nursery_dest(h);
    if (h->oldest->no == 0) {
        add_survival(&s->survival[1], born + s->before[0], arrived(c, 0));
        return;
    }
    add_survival(&s->survival[0], born, survived_nursery(c, to));
    for (uint32_t g = to; g <= c->collected; g++)
        add_survival(&s->survival[1 + g], s->before[g], survived(c, g));
}

/* ---- Totals */

void statistics_begin(Collection *c)
{
    HeapState *h = c->h;
    for (uint32_t g = 0; g < generation_count(h); g++) h->statistics.before[g] = words_of(&h->generations[g]);
    size_t fresh = h->new_large_words - h->pinned_new_words, *held = &h->statistics.before[0];
    require(fresh <= *held, "generation 0 holds %zu words, %zu of them new", *held, fresh);
    *held -= fresh;
    c->stats.threads = 1;
    c->stats.faults_before = page_faults(h) - h->statistics.faults;
}

static void count_words(HeapTotals *t, const GcStats *g)
{
    t->allocated_words += g->nursery_words;
    t->copied_words += g->copied_words;
    if (g->threads > 1) {
        t->par_copied_words += g->copied_words;
        t->par_busiest_words += g->busiest_words;
        t->par_balanced_words += g->balanced_words;
    }
    t->kept_words += g->kept_words;
    t->freed_words += g->freed_words;
    t->promoted_words += g->promoted_words;
    t->eager_words += g->eager_words;
    t->remembered += g->remembered;
    t->ind_removed += g->ind_removed;
    t->sel_removed += g->sel_removed;
    if (g->remembered > t->max_remembered) t->max_remembered = g->remembered;
}

static void count_live(HeapTotals *t, const GcStats *g)
{
    t->live_samples++;
    t->live_words_sum += g->live_words;
    if (g->live_words > t->max_live_words) t->max_live_words = g->live_words;
    if (g->large_words > t->max_large_words) t->max_large_words = g->large_words;
    if (g->slop_words > t->max_slop_words) t->max_slop_words = g->slop_words;
}

static void count_times(Statistics *s, const GcStats *g)
{
    uint8_t no = g->generation;
    s->collections[no]++;
    s->par_collections[no] += g->threads > 1;
    s->cpu_ns[no] += g->cpu_ns;
    s->elapsed_ns[no] += g->pause_ns;
    if (g->pause_ns > s->max_pause_ns[no]) s->max_pause_ns[no] = g->pause_ns;
    for (int p = 0; p < GC_PHASE_COUNT; p++) s->totals.phase_ns[p] += g->phase_ns[p];
    histogram_add(&s->pauses[0], g->pause_ns);
    histogram_add(&s->pauses[1 + no], g->pause_ns);
    uint64_t end = g->end_elapsed_ns - s->begin_ns;
    for (int i = 0; i < UTILISATION_WINDOWS; i++)
        utilisation_pause(&s->utilisation[i], end - g->pause_ns, end);
}

void statistics_end(Collection *c)
{
    Statistics *s = &c->h->statistics;
    uint64_t faults = page_faults(c->h);
    c->stats.faults = faults - s->faults - c->stats.faults_before;
    s->faults = faults;
    s->totals.by_reason[c->stats.reason]++;
    count_words(&s->totals, &c->stats);
    count_times(s, &c->stats);
    count_survival(c);
    if (c->stats.major) count_live(&s->totals, &c->stats);
    if (s->listener) s->listener(s->listener_context, &c->stats);
}

/* ---- Asking */

static void point_to_arrays(const Statistics *s, HeapTotals *out)
{
    out->collections = s->collections;
    out->par_collections = s->par_collections;
    out->gc_cpu_ns = s->cpu_ns;
    out->gc_elapsed_ns = s->elapsed_ns;
    out->gc_max_pause_ns = s->max_pause_ns;
    out->survival = s->survival;
    out->pauses = s->pauses;
}

/* Large objects of several megablocks use what are descriptors in others. */
static size_t fragmented_blocks(const BlockCounters *counters)
{
    size_t usable = counters->peak_touched_mblocks * USABLE_BLOCKS;
    return usable > counters->peak_blocks ? usable - counters->peak_blocks : 0;
}

void heap_totals(Heap *heap, HeapTotals *out)
{
    HeapState *h = heap_state(heap);
    Statistics *s = &h->statistics;
    BlockCounters counters;
    block_counters(heap->blocks, &counters);
    *out = s->totals;
    out->allocated_after = nursery_words(h) + h->new_large_words;
    out->allocated_words += out->allocated_after;
    out->peak_mblocks = counters.peak_mblocks;
    out->peak_touched_mblocks = counters.peak_touched_mblocks;
    out->peak_blocks = counters.peak_blocks;
    out->fragmentation_blocks = fragmented_blocks(&counters);
    out->returned_mblocks = counters.returned_mblocks;
    out->heap_checks = h->heap_checks;
    out->generation_count = generation_count(h);
    for (int i = 0; i < UTILISATION_WINDOWS; i++)
        out->utilisation[i] = heap->config.clock ? utilisation_minimum(&s->utilisation[i]) : -1;
    point_to_arrays(s, out);
}
