/* The report of `+RTS -s`, in GHC's layout. */
#include "gc/heap_state.h"

#include <inttypes.h>
#include <string.h>

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

static double seconds(uint64_t ns) { return (double)ns / 1e9; }
static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0.0;
}

static void print_bytes(FILE *out, uint64_t words, const char *what)
{
    char text[40];
    fprintf(out, "%16s bytes %s", with_commas(words * WORD_BYTES, text, sizeof text), what);
}

static void print_sizes(FILE *out, const HeapTotals *t)
{
    print_bytes(out, t->allocated_words, "allocated in the heap\n");
    print_bytes(out, t->copied_words, "copied during GC\n");
    print_bytes(out, t->max_live_words, "maximum residency");
    fprintf(out, " (%zu sample(s))\n", t->live_samples);
    print_bytes(out, t->max_slop_words, "maximum slop\n");
    size_t mebibytes = (t->peak_blocks * BLOCK_SIZE + MBLOCK_SIZE - 1) / MBLOCK_SIZE;
    fprintf(out, "%16zu MiB total memory in use (0 MB lost due to fragmentation)\n\n", mebibytes);
}

static void print_generation(FILE *out, const HeapTotals *t, uint32_t g)
{
    uint32_t count = t->collections[g];
    double average = count ? seconds(t->gc_elapsed_ns[g]) / count : 0;
    fprintf(out, "  Gen %2u     %5u colls,     0 par   %6.3fs  %6.3fs     %3.4fs    %3.4fs\n", g, count,
            seconds(t->gc_cpu_ns[g]), seconds(t->gc_elapsed_ns[g]), average, seconds(t->gc_max_pause_ns[g]));
}

static void print_generations(FILE *out, const HeapTotals *t)
{
    fprintf(out, "                                     Tot time (elapsed)  Avg pause  Max pause\n");
    for (uint32_t g = 0; g < t->generation_count; g++) print_generation(out, t, g);
    fprintf(out, "\n");
}

typedef struct Times {
    uint64_t cpu, elapsed;
} Times;

static void print_time(FILE *out, const char *name, Times t)
{
    fprintf(out, "  %-6s  time  %7.3fs  (%7.3fs elapsed)\n", name, seconds(t.cpu), seconds(t.elapsed));
}

static Times gc_times(const HeapTotals *t)
{
    Times sum = {0, 0};
    for (uint32_t g = 0; g < t->generation_count; g++) {
        sum.cpu += t->gc_cpu_ns[g];
        sum.elapsed += t->gc_elapsed_ns[g];
    }
    return sum;
}

static void print_times(FILE *out, const HeapTotals *t, Times init, Times mutator)
{
    char text[40];
    Times gc = gc_times(t);
    Times total = {init.cpu + mutator.cpu + gc.cpu, init.elapsed + mutator.elapsed + gc.elapsed};
    print_time(out, "INIT", init);
    print_time(out, "MUT", mutator);
    print_time(out, "GC", gc);
    print_time(out, "Total", total);
    fprintf(out, "\n  %%GC     time     %5.1f%%  (%.1f%% elapsed)\n\n", percent(gc.cpu, total.cpu),
            percent(gc.elapsed, total.elapsed));
    double bytes = (double)(t->allocated_words * WORD_BYTES);
    uint64_t rate = mutator.cpu ? (uint64_t)(bytes / seconds(mutator.cpu)) : 0;
    fprintf(out, "  Alloc rate    %s bytes per MUT second\n\n", with_commas(rate, text, sizeof text));
    fprintf(out, "  Productivity %5.1f%% of total user, %.1f%% of total elapsed\n\n",
            percent(mutator.cpu, total.cpu), percent(mutator.elapsed, total.elapsed));
}

/* Under stress every heap check arrives here and is counted: what a stress period is chosen by. */
static void print_heap_checks(FILE *out, Heap *heap)
{
    char text[40];
    if (heap->config.stress_period == 0) return;
    fprintf(out, "%16s heap checks\n\n", with_commas(heap_state(heap)->heap_checks, text, sizeof text));
}

void heap_print_summary(Heap *heap, FILE *out, uint64_t init_ns, uint64_t mutator_cpu_ns,
                        uint64_t mutator_elapsed_ns)
{
    HeapTotals t;
    heap_totals(heap, &t);
    print_sizes(out, &t);
    print_generations(out, &t);
    print_times(out, &t, (Times){init_ns, init_ns}, (Times){mutator_cpu_ns, mutator_elapsed_ns});
    print_heap_checks(out, heap);
}
