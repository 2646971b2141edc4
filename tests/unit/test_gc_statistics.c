/* gc/statistics.h, gc/histogram.h, gc/utilisation.h, gc/report.h: each figure beside a naive count of the
 * same. */
#include "gc_mutator.h"

#include <stdio.h>

#include "gc/report.h"

/* ---- Percentiles against a sorted array */

static uint64_t random_state = 88172645463325252u;
static uint64_t random_word(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

enum { VALUES = 20000 };

static uint64_t nearest_rank(const uint64_t *sorted, size_t count, uint32_t per_mille)
{
    size_t rank = (count * per_mille + 999) / 1000;
    return sorted[rank - 1];
}

static void expect_percentiles(uint64_t *values, size_t count)
{
    static const uint32_t asked[] = {1, 10, 250, 500, 750, 900, 950, 990, 999, 1000};
    Histogram *h = calloc(1, sizeof *h);
    for (size_t i = 0; i < count; i++) histogram_add(h, values[i]);
    qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        double exact = (double)nearest_rank(values, count, asked[i]);
        double found = (double)histogram_percentile(h, asked[i]);
        cr_assert(found >= exact * 0.99 && found <= exact * 1.01, "%u of 1000: %.0f, exactly %.0f", asked[i],
                  found, exact);
    }
    cr_assert_eq(h->least, values[0]);
    cr_assert_eq(h->greatest, values[count - 1]);
    cr_assert_eq(histogram_percentile(h, 1000), values[count - 1], "the greatest is exact");
    free(h);
}

Test(histogram, percentiles_are_those_of_a_sorted_array)
{
    static uint64_t values[VALUES];
    for (unsigned bits = 1; bits <= 64; bits++) { /* uniform in the bits: as many short ones as long ones */
        for (size_t i = 0; i < VALUES; i++) values[i] = random_word() >> (64 - bits) >> random_word() % bits;
        expect_percentiles(values, VALUES);
    }
    for (size_t count = 1; count < 30; count++) {
        for (size_t i = 0; i < count; i++) values[i] = 1000 + random_word() % 1000000;
        expect_percentiles(values, count);
    }
}

Test(histogram, small_values_are_exact)
{
    Histogram h = {0};
    cr_assert_eq(histogram_percentile(&h, 500), 0, "nothing has been added");
    for (uint64_t v = 0; v < 128; v++) histogram_add(&h, v);
    for (uint32_t k = 1; k <= 1000; k++)
        cr_assert_eq(histogram_percentile(&h, k), (128 * k + 999) / 1000 - 1, "%u of 1000", k);
}

/* ---- Utilisation against every window */

typedef struct Pauses {
    uint64_t begin[400], end[400];
    size_t count;
} Pauses;

static uint64_t busy_before(const Pauses *p, uint64_t time)
{
    uint64_t busy = 0;
    for (size_t i = 0; i < p->count && p->begin[i] < time; i++)
        busy += (p->end[i] < time ? p->end[i] : time) - p->begin[i];
    return busy;
}

static uint64_t busy_in(const Pauses *p, uint64_t from, uint64_t to)
{
    return busy_before(p, to) - busy_before(p, from);
}

/* The worst window begins with a pause or ends with one. */
static uint64_t worst_busy(const Pauses *p, uint64_t window)
{
    uint64_t worst = 0, last = p->end[p->count - 1];
    for (size_t i = 0; i < p->count; i++) {
        uint64_t a = p->begin[i] + window <= last ? busy_in(p, p->begin[i], p->begin[i] + window) : 0;
        uint64_t b = p->end[i] >= window ? busy_in(p, p->end[i] - window, p->end[i]) : 0;
        if (a > worst) worst = a;
        if (b > worst) worst = b;
    }
    return worst;
}

static void random_pauses(Pauses *p, uint64_t longest_gap, uint64_t longest_pause)
{
    uint64_t now = 0;
    p->count = 1 + random_word() % 400;
    for (size_t i = 0; i < p->count; i++) {
        p->begin[i] = now += random_word() % longest_gap;
        p->end[i] = now += random_word() % longest_pause;
    }
}

Test(utilisation, is_that_of_the_worst_window)
{
    static Pauses p;
    const uint64_t window = 1000000, spans[] = {100, 3000, 20000, 400000, 7000000};
    size_t known = 0;
    for (int turn = 0; turn < 1500; turn++) {
        Utilisation u;
        utilisation_init(&u, window);
        random_pauses(&p, spans[random_word() % 5] + 1, spans[random_word() % 5] + 1);
        for (size_t i = 0; i < p.count; i++) utilisation_pause(&u, p.begin[i], p.end[i]);
        double found = utilisation_minimum(&u);
        uint64_t last = p.end[p.count - 1];
        if (last < window) cr_assert(found < 0, "no window has passed");
        if (found < 0) {
            cr_assert(last < window + u.slot_ns);
            continue;
        }
        known++;
        double exact = 1 - (double)worst_busy(&p, window) / (double)window;
        cr_assert(found >= exact - 1e-9 && found <= exact + 0.0101, "%f, exactly %f", found, exact);
    }
    cr_assert_gt(known, 500);
}

/* ---- A heap's figures against those of its observer */

static HeapConfig tiny(uint32_t generations)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 8192;
    config.minimum_old_bytes = 65536;
    config.generations = generations;
    config.clock = false;
    return config;
}

/* What has survived, by where it lived (two generations), and what rows say in all. */
typedef struct Count {
    size_t survived[3], eager, promoted, relinked;
    GcStats rows;
    size_t collections, majors, by_reason[GC_REASON_COUNT];
} Count;

static void count_moved(void *context, const Closure *from, const Closure *to, size_t words,
                        uint8_t generation, MoveWhy why)
{
    Count *n = context;
    if (from == to) n->relinked++;
    if (why == MOVE_PROMOTED)
        n->survived[1] += words;
    else if (why == MOVE_SURVIVED && generation == 1)
        n->survived[2] += words;
    else
        n->survived[0] += words;
    if (why == MOVE_EAGER) n->eager += words;
    if (why == MOVE_EAGER || why == MOVE_PROMOTED) n->promoted += words;
}

static void count_row(void *context, const GcStats *g)
{
    Count *n = context;
    n->collections++;
    n->majors += g->major;
    n->by_reason[g->reason]++;
    n->rows.nursery_words += g->nursery_words;
    n->rows.copied_words += g->copied_words;
    n->rows.promoted_words += g->promoted_words;
    n->rows.eager_words += g->eager_words;
    n->rows.freed_words += g->freed_words;
    n->rows.remembered += g->remembered;
    cr_assert_eq(g->number, n->collections);
    cr_assert_leq(g->eager_words, g->promoted_words);
    cr_assert_leq(g->large_words, g->live_words);
}

static void expect_rows(const Count *n, const HeapTotals *t)
{
    cr_assert_eq(t->pauses[0].count, n->collections);
    cr_assert_eq(t->live_samples, n->majors);
    cr_assert_eq(t->allocated_words, n->rows.nursery_words + t->allocated_after);
    cr_assert_eq(t->copied_words, n->rows.copied_words);
    cr_assert_eq(t->promoted_words, n->rows.promoted_words);
    cr_assert_eq(t->eager_words, n->rows.eager_words);
    cr_assert_eq(t->freed_words, n->rows.freed_words);
    cr_assert_eq(t->remembered, n->rows.remembered);
    for (int r = 0; r < GC_REASON_COUNT; r++) cr_assert_eq(t->by_reason[r], n->by_reason[r]);
}

static void run_counted(const HeapConfig *config, uint64_t seed, Count *n, HeapTotals *t)
{
    Mutator *m = mutator_new(config, seed);
    heap_observe(m->heap, &(GcObserver){.context = n, .moved = count_moved});
    heap_on_collection(m->heap, count_row, n);
    mutator_run(m, 60000);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    heap_totals(m->heap, t);
    uint64_t entered = 0, survived = 0;
    for (uint32_t age = 0; age <= config->generations; age++) {
        entered += t->survival[age].entered_words;
        survived += t->survival[age].survived_words;
        cr_assert_leq(t->survival[age].survived_words, t->survival[age].entered_words, "age %u", age);
    }
    cr_assert_eq(entered - survived, t->freed_words, "what has not survived has been freed");
    cr_assert_eq(survived, n->survived[0] + n->survived[1] + n->survived[2]);
    expect_rows(n, t);
    cr_assert_gt(n->collections, 2);
    *t = (HeapTotals){0};
    mutator_free(m);
}

Test(statistics, rows_add_up_to_totals_and_survival_to_what_moved)
{
    for (uint32_t generations = 1; generations <= 5; generations++)
        for (uint32_t ageing = 0; ageing <= 1; ageing++) {
            Count n = {0};
            HeapTotals t;
            HeapConfig config = tiny(generations);
            config.ageing = ageing;
            run_counted(&config, generations * 7 + ageing, &n, &t);
        }
}

Test(statistics, survival_by_age_is_what_the_observer_saw)
{
    HeapConfig config = tiny(2);
    for (uint64_t seed = 1; seed < 6; seed++) {
        Count n = {0};
        Mutator *m = mutator_new(&config, seed);
        heap_observe(m->heap, &(GcObserver){.context = &n, .moved = count_moved});
        mutator_run(m, 60000);
        HeapTotals t;
        heap_totals(m->heap, &t);
        for (int age = 0; age < 3; age++) cr_assert_eq(t.survival[age].survived_words, n.survived[age]);
        cr_assert_eq(t.promoted_words, n.promoted);
        cr_assert_eq(t.eager_words, n.eager);
        cr_assert(n.eager > 0 && n.survived[1] > 0 && n.survived[2] > 0 && n.relinked > 0);
        mutator_free(m);
    }
}

/* Where nobody listens the collector takes paths of its own. */
Test(statistics, who_listens_does_not_matter)
{
    for (uint32_t generations = 1; generations <= 4; generations++) {
        HeapConfig config = tiny(generations);
        Mutator *watched = mutator_new(&config, 21), *alone = mutator_new(&config, 21);
        heap_observe(alone->heap, NULL);
        mutator_run(watched, 60000);
        mutator_run(alone, 60000);
        HeapTotals a, b;
        heap_totals(watched->heap, &a);
        heap_totals(alone->heap, &b);
        cr_assert_eq(a.promoted_words, b.promoted_words);
        cr_assert_eq(a.eager_words, b.eager_words);
        cr_assert_eq(a.freed_words, b.freed_words);
        for (uint32_t age = 0; age <= generations; age++)
            cr_assert_eq(a.survival[age].survived_words, b.survival[age].survived_words);
        mutator_free(watched);
        mutator_free(alone);
    }
}

Test(statistics, nothing_is_eager_if_it_is_forbidden)
{
    HeapConfig config = tiny(3);
    config.eager_promotion = false;
    Mutator *m = mutator_new(&config, 4);
    mutator_run(m, 30000);
    HeapTotals t;
    heap_totals(m->heap, &t);
    cr_assert_eq(t.eager_words, 0);
    cr_assert_gt(t.promoted_words, 0);
    mutator_free(m);
}

Test(statistics, times_add_up)
{
    HeapConfig config = tiny(2);
    config.clock = true;
    Mutator *m = mutator_new(&config, 3);
    mutator_run(m, 40000);
    HeapTotals t;
    heap_totals(m->heap, &t);
    uint64_t phases = 0, pauses = t.gc_elapsed_ns[0] + t.gc_elapsed_ns[1];
    for (int p = 0; p < GC_PHASE_COUNT; p++) phases += t.phase_ns[p];
    cr_assert(phases > 0 && phases <= pauses);
    cr_assert_eq(t.pauses[0].count, t.collections[0] + t.collections[1]);
    cr_assert_eq(t.pauses[1].count, t.collections[0]);
    uint64_t greater =
        t.gc_max_pause_ns[0] > t.gc_max_pause_ns[1] ? t.gc_max_pause_ns[0] : t.gc_max_pause_ns[1];
    cr_assert_eq(t.pauses[0].greatest, greater);
    mutator_free(m);
}

/* ---- Reports */

typedef void (*Report)(Heap *heap, FILE *out, const RunTimes *times);

static char *report(Report print, bool clock, uint64_t seed)
{
    HeapConfig config = tiny(2);
    config.clock = clock;
    Mutator *m = mutator_new(&config, seed);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    CollectionReport rows = {.out = out, .details = true};
    heap_on_collection(m->heap, report_collection, &rows);
    report_collections_begin(&rows);
    mutator_run(m, 20000);
    report_collections_end(&rows, m->heap);
    print(m->heap, out, &(RunTimes){{1000000, 2000000}, {3000000, 4000000}, {90000000000, 91000000000}});
    fclose(out);
    mutator_free(m);
    return text;
}

Test(report, without_a_clock_equal_runs_give_equal_bytes)
{
    const Report all[] = {report_summary, report_line, report_pairs};
    for (int i = 0; i < 3; i++) {
        char *first = report(all[i], false, 5), *second = report(all[i], false, 5);
        char *other = report(all[i], false, 6);
        cr_assert_str_eq(first, second);
        cr_assert_str_neq(first, other);
        free(first);
        free(second);
        free(other);
    }
}

Test(report, times_are_the_callers_less_the_collections)
{
    char *text = report(report_summary, true, 5);
    double mutator = 0, collections = 0;
    cr_assert(strstr(text, "  INIT    time    0.001s  (  0.002s elapsed)\n"));
    cr_assert(strstr(text, "  EXIT    time    0.003s  (  0.004s elapsed)\n"));
    cr_assert(strstr(text, "  Total   time   90.000s  ( 91.000s elapsed)\n"));
    cr_assert_eq(sscanf(strstr(text, "  MUT     time"), "  MUT     time %lfs", &mutator), 1);
    cr_assert_eq(sscanf(strstr(text, "  GC      time"), "  GC      time %lfs", &collections), 1);
    double sum = mutator + collections;
    cr_assert(sum > 89.9945 && sum < 89.9975, "MUT and GC make %f", sum);
    free(text);
}
