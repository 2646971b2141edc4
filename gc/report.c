/* The reports are computed once (Figures), then printed; what is printed computes nothing but units. */
#include "gc/report.h"

#include <inttypes.h>

#include "gc/heap_state.h"

/* ---- Figures */

typedef struct Figures {
    HeapTotals t;
    ReportTime init, mutator, gc, exit, total;
    uint64_t average_live_bytes, alloc_rate;
    ReportTime gc_per_million, mutator_per_million; /* shares of the total */
} Figures;

static uint64_t minus(uint64_t a, uint64_t b) { return a > b ? a - b : 0; }

static uint64_t per_million(uint64_t part, uint64_t whole)
{
    return whole ? (uint64_t)(1e6 * (double)part / (double)whole + 0.5) : 0;
}

static ReportTime shares(ReportTime part, ReportTime whole)
{
    return (ReportTime){per_million(part.cpu, whole.cpu), per_million(part.elapsed, whole.elapsed)};
}

static ReportTime gc_time(const HeapTotals *t)
{
    ReportTime sum = {0, 0};
    for (uint32_t g = 0; g < t->generation_count; g++) {
        sum.cpu += t->gc_cpu_ns[g];
        sum.elapsed += t->gc_elapsed_ns[g];
    }
    return sum;
}

static void compute_times(Figures *f, const RunTimes *times)
{
    f->init = times->init;
    f->exit = times->exit;
    f->total = times->total;
    f->gc = gc_time(&f->t);
    f->mutator.cpu = minus(f->total.cpu, f->init.cpu + f->exit.cpu + f->gc.cpu);
    f->mutator.elapsed = minus(f->total.elapsed, f->init.elapsed + f->exit.elapsed + f->gc.elapsed);
    f->gc_per_million = shares(f->gc, f->total);
    f->mutator_per_million = shares(f->mutator, f->total);
}

static void compute(Figures *f, Heap *heap, const RunTimes *times)
{
    static const RunTimes none;
    *f = (Figures){0};
    heap_totals(heap, &f->t);
    compute_times(f, heap->config.clock ? times : &none);
    const HeapTotals *t = &f->t;
    if (t->live_samples) f->average_live_bytes = t->live_words_sum * WORD_BYTES / t->live_samples;
    double bytes = (double)(t->allocated_words * WORD_BYTES);
    if (f->mutator.cpu) f->alloc_rate = (uint64_t)(bytes / ((double)f->mutator.cpu / 1e9));
}

static uint32_t average_ns(const HeapTotals *t, uint32_t g)
{
    return t->collections[g] ? (uint32_t)(t->gc_elapsed_ns[g] / t->collections[g]) : 0;
}

static size_t mebibytes_in_use(const HeapTotals *t) { return t->peak_touched_mblocks * MBLOCK_SIZE >> 20; }
static size_t mebibytes_never_used(const HeapTotals *t)
{
    return (t->peak_mblocks - t->peak_touched_mblocks) * MBLOCK_SIZE >> 20;
}
static double seconds(uint64_t ns) { return (double)ns / 1e9; }
static double percent(uint64_t per_million_) { return (double)per_million_ / 1e4; }

/* 1234567 as "1,234,567". */
static const char *with_commas(uint64_t number, char *out, size_t size)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t at = 0;
    for (int i = 0; i < length && at + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

/* ---- -s: GHC's part */

static void print_bytes(FILE *out, uint64_t bytes, const char *what)
{
    char text[40];
    fprintf(out, "%16s bytes %s", with_commas(bytes, text, sizeof text), what);
}

static void print_sizes(FILE *out, const HeapTotals *t)
{
    print_bytes(out, t->allocated_words * WORD_BYTES, "allocated in the heap\n");
    print_bytes(out, t->copied_words * WORD_BYTES, "copied during GC\n");
    if (t->live_samples) {
        print_bytes(out, t->max_live_words * WORD_BYTES, "maximum residency");
        fprintf(out, " (%zu sample(s))\n", t->live_samples);
    }
    print_bytes(out, t->max_slop_words * WORD_BYTES, "maximum slop\n");
    fprintf(out, "%16zu MiB total memory in use (%zu MB lost due to fragmentation)\n\n", mebibytes_in_use(t),
            t->fragmentation_blocks * BLOCK_SIZE >> 20);
}

static double work_balance(const HeapTotals *t)
{
    return (double)t->par_balanced_words / (double)t->par_copied_words;
}

static void print_generations(FILE *out, const HeapTotals *t)
{
    fprintf(out, "                                     Tot time (elapsed)  Avg pause  Max pause\n");
    for (uint32_t g = 0; g < t->generation_count; g++)
        fprintf(out, "  Gen %2u     %5u colls, %5u par   %6.3fs  %6.3fs     %3.4fs    %3.4fs\n", g,
                t->collections[g], t->par_collections[g], seconds(t->gc_cpu_ns[g]),
                seconds(t->gc_elapsed_ns[g]), seconds(average_ns(t, g)), seconds(t->gc_max_pause_ns[g]));
    fprintf(out, "\n");
    if (t->par_copied_words)
        fprintf(out, "  Parallel GC work balance: %.2f%% (serial 0%%, perfect 100%%)\n\n",
                100 * work_balance(t));
}

static void print_time(FILE *out, const char *name, ReportTime t)
{
    fprintf(out, "  %-6s  time  %7.3fs  (%7.3fs elapsed)\n", name, seconds(t.cpu), seconds(t.elapsed));
}

static void print_times(FILE *out, const Figures *f)
{
    char text[40];
    print_time(out, "INIT", f->init);
    print_time(out, "MUT", f->mutator);
    print_time(out, "GC", f->gc);
    print_time(out, "EXIT", f->exit);
    print_time(out, "Total", f->total);
    fprintf(out, "\n  %%GC     time     %5.1f%%  (%.1f%% elapsed)\n\n", percent(f->gc_per_million.cpu),
            percent(f->gc_per_million.elapsed));
    fprintf(out, "  Alloc rate    %s bytes per MUT second\n\n",
            with_commas(f->alloc_rate, text, sizeof text));
    fprintf(out, "  Productivity %5.1f%% of total user, %.1f%% of total elapsed\n\n",
            percent(f->mutator_per_million.cpu), percent(f->mutator_per_million.elapsed));
}

/* ---- -s: what GHC does not tell */

static const char *generation_name(uint32_t generation, char *out, size_t size)
{
    snprintf(out, size, "Gen %2u", generation);
    return out;
}

static void print_pauses_of(FILE *out, const char *name, const Histogram *h)
{
    static const uint32_t per_mille[] = {500, 950, 990, 1000};
    fprintf(out, "  %-7s", name);
    for (int i = 0; i < 4; i++) fprintf(out, "  %10.6fs", seconds(histogram_percentile(h, per_mille[i])));
    fprintf(out, "\n");
}

static void print_pauses(FILE *out, const HeapTotals *t)
{
    char name[16];
    fprintf(out, "  Pauses           p50          p95          p99          max\n");
    print_pauses_of(out, "all", &t->pauses[0]);
    for (uint32_t g = 0; g < t->generation_count; g++)
        print_pauses_of(out, generation_name(g, name, sizeof name), &t->pauses[1 + g]);
    fprintf(out, "\n");
    for (int i = 0; i < UTILISATION_WINDOWS; i++)
        if (t->utilisation[i] >= 0)
            fprintf(out, "  Mutator utilisation of any %3u ms: at least %.1f%%\n", utilisation_window_ms[i],
                    100 * t->utilisation[i]);
}

static void print_reasons(FILE *out, const HeapTotals *t)
{
    const char *before = "  Reasons       ";
    for (int r = 0; r < GC_REASON_COUNT; r++) {
        if (t->by_reason[r] == 0) continue;
        fprintf(out, "%s%s %" PRIu64, before, gc_reason_names[r], t->by_reason[r]);
        before = ", ";
    }
    fprintf(out, "\n");
}

static void print_phases(FILE *out, const HeapTotals *t)
{
    fprintf(out, "  Phases        ");
    for (int p = 0; p < GC_PHASE_COUNT; p++)
        fprintf(out, "%s%s %.3fs", p ? ", " : "", gc_phase_names[p], seconds(t->phase_ns[p]));
    fprintf(out, "\n");
}

static void print_survival_of(FILE *out, const char *name, const Survival *s)
{
    char text[40];
    if (s->entered_words == 0) return;
    fprintf(out, "  %-14s%16s bytes, of which %5.1f%% survived\n", name,
            with_commas(s->entered_words * WORD_BYTES, text, sizeof text),
            percent(per_million(s->survived_words, s->entered_words)));
}

static void print_survival(FILE *out, const HeapTotals *t)
{
    char name[16];
    fprintf(out, "\n  Collected in\n");
    print_survival_of(out, "the nursery", &t->survival[0]);
    for (uint32_t g = 0; g < t->generation_count; g++)
        print_survival_of(out, generation_name(g, name, sizeof name), &t->survival[1 + g]);
    fprintf(out, "\n");
}

static void print_traffic(FILE *out, const HeapTotals *t)
{
    char promoted[40], eager[40], entries[40], most[40];
    fprintf(out, "  Promoted      %s bytes, of these eagerly %s\n",
            with_commas(t->promoted_words * WORD_BYTES, promoted, sizeof promoted),
            with_commas(t->eager_words * WORD_BYTES, eager, sizeof eager));
    fprintf(out,
            "  Memory        %zu MiB given back to the system; %zu MiB made sure of for copies, and not "
            "touched\n",
            t->returned_mblocks, mebibytes_never_used(t));
    fprintf(out, "  Remembered    %s entries, in one collection at most %s\n",
            with_commas(t->remembered, entries, sizeof entries),
            with_commas(t->max_remembered, most, sizeof most));
}

static void print_own(FILE *out, const HeapTotals *t)
{
    if (t->pauses[0].count == 0) return;
    print_pauses(out, t);
    print_reasons(out, t);
    print_phases(out, t);
    print_traffic(out, t);
    print_survival(out, t);
}

/* Under stress every heap check arrives here and is counted: what a stress period is chosen by. */
static void print_heap_checks(FILE *out, const Heap *heap, const HeapTotals *t)
{
    char text[40];
    if (heap->config.stress_period == 0) return;
    fprintf(out, "%16s heap checks\n\n", with_commas(t->heap_checks, text, sizeof text));
}

static void print_looked(FILE *out, const HeapCheckTotals *t)
{
    char walks[40], objects[40], references[40], entries[40], stale[40];
    const HeapCheckCounts *l = &t->looked;
    fprintf(out,
            " in %s walks over the heap: %s objects, %s references, %s remembered entries (%s of them stale)",
            with_commas(t->walks, walks, sizeof walks), with_commas(l->objects, objects, sizeof objects),
            with_commas(l->references, references, sizeof references),
            with_commas(l->remembered, entries, sizeof entries), with_commas(l->stale, stale, sizeof stale));
    if (l->floating) fprintf(out, ", %zu dead neighbours of pinned objects", l->floating);
}

void report_checks(const Heap *heap, FILE *out, const char *before)
{
    HeapCheckTotals t;
    char collections[40];
    uint32_t level = heap->config.sanity_level;
    if (level == 0) return;
    heap_check_totals(heap, &t);
    fprintf(out, "%s%s collection%s checked at level %u", before,
            with_commas(t.collections, collections, sizeof collections), t.collections == 1 ? "" : "s",
            level);
    if (t.walks) print_looked(out, &t);
    fprintf(out, "\n");
}

void report_summary(Heap *heap, FILE *out, const RunTimes *times)
{
    Figures f;
    compute(&f, heap, times);
    print_sizes(out, &f.t);
    print_generations(out, &f.t);
    print_times(out, &f);
    print_own(out, &f.t);
    print_heap_checks(out, heap, &f.t);
    report_checks(heap, out, "  Sanity        ");
}

/* ---- -t */

void report_line(Heap *heap, FILE *out, const RunTimes *times)
{
    Figures f;
    compute(&f, heap, times);
    const HeapTotals *t = &f.t;
    fprintf(out,
            "<<ghc: %" PRIu64 " bytes, %" PRIu64 " GCs, %" PRIu64
            "/%zu avg/max bytes residency (%zu samples), "
            "%zuM in use, %.3f INIT (%.3f elapsed), %.3f MUT (%.3f elapsed), %.3f GC (%.3f elapsed) :ghc>>\n",
            t->allocated_words * WORD_BYTES, t->pauses[0].count, f.average_live_bytes,
            t->max_live_words * WORD_BYTES, t->live_samples, mebibytes_in_use(t), seconds(f.init.cpu),
            seconds(f.init.elapsed), seconds(f.mutator.cpu), seconds(f.mutator.elapsed), seconds(f.gc.cpu),
            seconds(f.gc.elapsed));
}

/* ---- -t --machine-readable */

static void pair_count(FILE *out, const char *key, uint64_t value)
{
    fprintf(out, " ,(\"%s\", \"%" PRIu64 "\")\n", key, value);
}

#define TOTAL(name, value, text)
#define GHC_TOTAL(name, value, text)                                                                         \
    static uint64_t total_##name(const HeapTotals *t) { return value; }
#include "gc/totals.def"
#undef GHC_TOTAL
#undef TOTAL
#define PAIR(name) pair_count(out, #name, total_##name(t))

static void pair_real(FILE *out, const char *key, double value)
{
    fprintf(out, " ,(\"%s\", \"%f\")\n", key, value);
}

static void pair_time(FILE *out, const char *what, ReportTime t)
{
    char key[40];
    snprintf(key, sizeof key, "%s_cpu_seconds", what);
    pair_real(out, key, seconds(t.cpu));
    snprintf(key, sizeof key, "%s_wall_seconds", what);
    pair_real(out, key, seconds(t.elapsed));
}

/* Keys of GHC's oldest versions, some of which come again under newer names. */
static void pairs_of_old(FILE *out, const Figures *f)
{
    const HeapTotals *t = &f->t;
    fprintf(out, " [(\"bytes allocated\", \"%" PRIu64 "\")\n", t->allocated_words * WORD_BYTES);
    PAIR(num_GCs);
    pair_count(out, "average_bytes_used", f->average_live_bytes);
    pair_count(out, "max_bytes_used", t->max_live_words * WORD_BYTES);
    pair_count(out, "num_byte_usage_samples", t->live_samples);
    pair_count(out, "peak_megabytes_allocated", mebibytes_in_use(t));
    pair_time(out, "init", f->init);
    pair_time(out, "mut", f->mutator);
    pair_time(out, "GC", f->gc);
    pair_time(out, "exit", f->exit);
    pair_time(out, "total", f->total);
}

static void pairs_of_heap(FILE *out, const HeapTotals *t)
{
    PAIR(major_gcs);
    PAIR(allocated_bytes);
    PAIR(max_live_bytes);
    PAIR(max_large_objects_bytes);
    pair_count(out, "max_compact_bytes", 0);
    PAIR(max_slop_bytes);
    PAIR(max_mem_in_use_bytes);
    PAIR(cumulative_live_bytes);
    PAIR(copied_bytes);
    PAIR(par_copied_bytes);
    PAIR(cumulative_par_max_copied_bytes);
    PAIR(cumulative_par_balanced_copied_bytes);
}

static void pairs_of_shares(FILE *out, const Figures *f)
{
    const HeapTotals *t = &f->t;
    pair_real(out, "gc_cpu_percent", (double)f->gc_per_million.cpu / 1e6);
    pair_real(out, "gc_wall_percent", (double)f->gc_per_million.elapsed / 1e6);
    PAIR(fragmentation_bytes);
    pair_count(out, "alloc_rate", f->alloc_rate);
    pair_real(out, "productivity_cpu_percent", (double)f->mutator_per_million.cpu / 1e6);
    pair_real(out, "productivity_wall_percent", (double)f->mutator_per_million.elapsed / 1e6);
    if (f->t.par_copied_words) pair_real(out, "work_balance", work_balance(&f->t));
}

static void pairs_of_generation(FILE *out, const HeapTotals *t, uint32_t g)
{
    const struct {
        const char *name;
        uint64_t ns;
    } times[] = {{"cpu_seconds", t->gc_cpu_ns[g]},
                 {"wall_seconds", t->gc_elapsed_ns[g]},
                 {"max_pause_seconds", t->gc_max_pause_ns[g]},
                 {"avg_pause_seconds", average_ns(t, g)}};
    char key[40];
    snprintf(key, sizeof key, "gen_%u_collections", g);
    pair_count(out, key, t->collections[g]);
    snprintf(key, sizeof key, "gen_%u_par_collections", g);
    pair_count(out, key, t->par_collections[g]);
    for (int i = 0; i < 4; i++) {
        snprintf(key, sizeof key, "gen_%u_%s", g, times[i].name);
        pair_real(out, key, seconds(times[i].ns));
    }
}

/* ---- -t --machine-readable: what GHC does not tell */

static void own_key(char *key, size_t size, const char *kind, const char *name, const char *unit)
{
    int length = snprintf(key, size, "thunkscope_%s%s%s", kind, name, unit);
    for (int i = 0; i < length && (size_t)i < size; i++)
        if (key[i] == ' ') key[i] = '_';
}

static void pairs_of_own(FILE *out, const HeapTotals *t)
{
    char key[80];
#define GHC_TOTAL(name, value, text)
#define TOTAL(name, value, text) pair_count(out, "thunkscope_" #name, value);
#include "gc/totals.def"
#undef TOTAL
#undef GHC_TOTAL
    for (int r = 0; r < GC_REASON_COUNT; r++) {
        own_key(key, sizeof key, "gcs_", gc_reason_names[r], "");
        pair_count(out, key, t->by_reason[r]);
    }
    for (int p = 0; p < GC_PHASE_COUNT; p++) {
        own_key(key, sizeof key, "phase_", gc_phase_names[p], "_seconds");
        pair_real(out, key, seconds(t->phase_ns[p]));
    }
}

static void pairs_of_pauses(FILE *out, const HeapTotals *t)
{
    pair_real(out, "thunkscope_pause_p50_seconds", seconds(histogram_percentile(&t->pauses[0], 500)));
    pair_real(out, "thunkscope_pause_p95_seconds", seconds(histogram_percentile(&t->pauses[0], 950)));
    pair_real(out, "thunkscope_pause_p99_seconds", seconds(histogram_percentile(&t->pauses[0], 990)));
    pair_real(out, "thunkscope_pause_max_seconds", seconds(t->pauses[0].greatest));
    for (int i = 0; i < UTILISATION_WINDOWS; i++) {
        char key[64];
        snprintf(key, sizeof key, "thunkscope_utilisation_%ums", utilisation_window_ms[i]);
        if (t->utilisation[i] >= 0) pair_real(out, key, t->utilisation[i]);
    }
}

static void pairs_of_survival(FILE *out, const HeapTotals *t)
{
    char key[64], name[24] = "nursery";
    for (uint32_t age = 0; age <= t->generation_count; age++) {
        if (age > 0) snprintf(name, sizeof name, "gen_%u", age - 1);
        own_key(key, sizeof key, name, "", "_entered_bytes");
        pair_count(out, key, t->survival[age].entered_words * WORD_BYTES);
        own_key(key, sizeof key, name, "", "_survived_bytes");
        pair_count(out, key, t->survival[age].survived_words * WORD_BYTES);
    }
}

void report_pairs(Heap *heap, FILE *out, const RunTimes *times)
{
    Figures f;
    compute(&f, heap, times);
    pairs_of_old(out, &f);
    pairs_of_heap(out, &f.t);
    pairs_of_shares(out, &f);
    for (uint32_t g = 0; g < f.t.generation_count; g++) pairs_of_generation(out, &f.t, g);
    pairs_of_own(out, &f.t);
    pairs_of_pauses(out, &f.t);
    pairs_of_survival(out, &f.t);
    fprintf(out, " ]\n");
}

/* ---- -S */

void report_collections_begin(const CollectionReport *r)
{
    fprintf(r->out, "    Alloc    Copied     Live     GC     GC      TOT      TOT  Page Flts\n"
                    "    bytes     bytes     bytes   user   elap     user     elap\n");
}

static void print_details(FILE *out, const GcStats *g)
{
    fprintf(out, "  %s; promoted %zu, eagerly %zu; remembered %zu;", gc_reason_names[g->reason],
            g->promoted_words * WORD_BYTES, g->eager_words * WORD_BYTES, g->remembered);
    for (int p = 0; p < GC_PHASE_COUNT; p++)
        fprintf(out, "%s %s %.6f", p ? "," : "", gc_phase_names[p], seconds(g->phase_ns[p]));
}

void report_collection(void *context, const GcStats *g)
{
    const CollectionReport *r = context;
    fprintf(r->out, "%9zu %9zu %9zu", g->nursery_words * WORD_BYTES, g->copied_words * WORD_BYTES,
            g->live_words * WORD_BYTES);
    fprintf(r->out, " %6.3f %6.3f %8.3f %8.3f %4" PRIu64 " %4" PRIu64 "  (Gen: %2u)", seconds(g->cpu_ns),
            seconds(g->pause_ns), seconds(minus(g->end_cpu_ns, r->begin.cpu)),
            seconds(minus(g->end_elapsed_ns, r->begin.elapsed)), g->faults, g->faults_before, g->generation);
    if (r->details) print_details(r->out, g);
    fprintf(r->out, "\n");
    fflush(r->out);
}

void report_collections_end(const CollectionReport *r, Heap *heap)
{
    HeapTotals t;
    heap_totals(heap, &t);
    fprintf(r->out, "%9" PRIu64 " %9s %9s %6.3f %6.3f\n\n", t.allocated_after * WORD_BYTES, "", "", 0.0, 0.0);
}
