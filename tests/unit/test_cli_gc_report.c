/* inspect/cli/gc_report.h: the JSON, parsed; its parts against each other and against the heap's totals. */
#include "gc_mutator.h"

#include <cjson/cJSON.h>
#include <unistd.h>

#include "inspect/cli/gc_report.h"

static char *file_text(const char *path)
{
    FILE *in = fopen(path, "r");
    cr_assert(in, "%s", path);
    char *text = NULL;
    size_t size = 0;
    ssize_t length = getdelim(&text, &size, '\0', in);
    cr_assert_gt(length, 0);
    fclose(in);
    return text;
}

static RunTimes run_times(void) { return (RunTimes){{1, 2}, {3, 4}, {1000000000, 2000000000}}; }

/* A run of the hand-made mutator, reported to a file, which is returned as text. */
static char *reported(const HeapConfig *config, uint64_t seed, size_t steps, HeapTotals *t)
{
    char path[] = "/tmp/test_cli_gc_report.XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
    char *words[] = {"-A8k", "\"quoted\""};
    RtsFlags flags = {.gc_json = path, .words = {2, words}, .checks = true};
    GcReport r;
    Mutator *m = mutator_new(config, seed);
    cr_assert(gc_report_open(&r, &flags, "program.stg", 0, NULL));
    cr_assert(gc_report_wanted(&r));
    gc_report_watch(&r, m->heap, (ReportTime){0, 0});
    mutator_run(m, steps);
    if (t) heap_totals(m->heap, t);
    RunTimes times = run_times();
    cr_assert(gc_report_close(&r, "program.stg", &times));
    mutator_free(m);
    char *text = file_text(path);
    unlink(path);
    return text;
}

static HeapConfig small(uint32_t generations, bool clock)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 8192;
    config.minimum_old_bytes = 65536;
    config.generations = generations;
    config.clock = clock;
    return config;
}

static const cJSON *item(const cJSON *o, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(o, key);
    cr_assert(found, "there is no %s", key);
    return found;
}

static double number(const cJSON *o, const char *key)
{
    const cJSON *found = item(o, key);
    cr_assert(cJSON_IsNumber(found), "%s is no number", key);
    return found->valuedouble;
}

static double sum_of(const cJSON *array, const char *key)
{
    double sum = 0;
    const cJSON *row;
    cJSON_ArrayForEach(row, array) sum += number(row, key);
    return sum;
}

static double sum_of_members(const cJSON *o)
{
    double sum = 0;
    const cJSON *member;
    cJSON_ArrayForEach(member, o) sum += member->valuedouble;
    return sum;
}

/* ---- Sums */

static void expect_rows_make_totals(const cJSON *all)
{
    static const char *const columns[] = {"copied_bytes",           "kept_bytes",       "promoted_bytes",
                                          "eagerly_promoted_bytes", "freed_bytes",      "remembered_entries",
                                          "indirections_removed",   "selectors_removed"};
    const cJSON *rows = item(all, "collections"), *totals = item(all, "totals");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        cr_assert_eq(sum_of(rows, columns[i]), number(totals, columns[i]), "%s", columns[i]);
    cr_assert_eq(sum_of(rows, "allocated_bytes") + number(totals, "allocated_after_last_bytes"),
                 number(totals, "allocated_bytes"));
    cr_assert_eq(cJSON_GetArraySize(rows), number(totals, "num_GCs"));
    cr_assert_eq(sum_of_members(item(all, "reasons")), number(totals, "num_GCs"));
    cr_assert_eq(sum_of(item(all, "generations"), "collections"), number(totals, "num_GCs"));
}

static void expect_survival_makes_freed(const cJSON *all)
{
    const cJSON *survival = item(all, "survival");
    cr_assert_eq(sum_of(survival, "entered_bytes") - sum_of(survival, "survived_bytes"),
                 number(item(all, "totals"), "freed_bytes"));
}

static void expect_rows_make_generations(const cJSON *all)
{
    const cJSON *row, *generation;
    cJSON_ArrayForEach(generation, item(all, "generations"))
    {
        double count = 0, cpu = 0, elapsed = 0, longest = 0;
        cJSON_ArrayForEach(row, item(all, "collections"))
        {
            if (number(row, "generation") != number(generation, "generation")) continue;
            count++;
            cpu += number(row, "cpu_ns");
            elapsed += number(row, "pause_ns");
            if (number(row, "pause_ns") > longest) longest = number(row, "pause_ns");
        }
        cr_assert_eq(count, number(generation, "collections"));
        cr_assert_eq(cpu, number(generation, "cpu_ns"));
        cr_assert_eq(elapsed, number(generation, "elapsed_ns"));
        cr_assert_eq(count, number(item(generation, "pauses"), "count"));
        cr_assert_eq(longest, number(item(generation, "pauses"), "max_ns"));
    }
}

Test(gc_json, rows_add_up_to_what_stands_behind_them)
{
    for (uint32_t generations = 1; generations <= 3; generations++) {
        HeapConfig config = small(generations, true);
        char *text = reported(&config, generations, 40000, NULL);
        cJSON *all = cJSON_Parse(text);
        cr_assert(all, "not JSON: %.300s", text);
        expect_rows_make_totals(all);
        expect_survival_makes_freed(all);
        expect_rows_make_generations(all);
        cr_assert_geq(cJSON_GetArraySize(item(all, "collections")), 3);
        cJSON_Delete(all);
        free(text);
    }
}

/* ---- Times */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void expect_percentile(const cJSON *pauses, const char *key, const double *sorted, size_t count,
                              size_t per_cent)
{
    double exact = sorted[(count * per_cent + 99) / 100 - 1], found = number(pauses, key);
    cr_assert(found >= exact * 0.99 && found <= exact * 1.01, "%s: %.0f, exactly %.0f", key, found, exact);
}

Test(gc_json, percentiles_are_those_of_the_rows)
{
    HeapConfig config = small(2, true);
    char *text = reported(&config, 9, 100000, NULL);
    cJSON *all = cJSON_Parse(text);
    const cJSON *rows = item(all, "collections"), *row, *pauses = item(all, "pauses");
    size_t count = (size_t)cJSON_GetArraySize(rows), n = 0;
    double *sorted = calloc(count, sizeof *sorted), last = 0;
    cJSON_ArrayForEach(row, rows)
    {
        sorted[n++] = number(row, "pause_ns");
        cr_assert_gt(number(row, "end_ns"), last, "collections end one after the other");
        cr_assert_leq(sum_of_members(item(row, "phases_ns")), number(row, "pause_ns"));
        last = number(row, "end_ns");
    }
    qsort(sorted, count, sizeof *sorted, by_value);
    expect_percentile(pauses, "p50_ns", sorted, count, 50);
    expect_percentile(pauses, "p95_ns", sorted, count, 95);
    expect_percentile(pauses, "p99_ns", sorted, count, 99);
    cr_assert_eq(number(pauses, "max_ns"), sorted[count - 1]);
    cr_assert_gt(count, 100);
    free(sorted);
    cJSON_Delete(all);
    free(text);
}

Test(gc_json, without_a_clock_it_repeats_and_has_no_times)
{
    HeapConfig config = small(2, false);
    char *first = reported(&config, 5, 20000, NULL), *second = reported(&config, 5, 20000, NULL);
    cr_assert_str_eq(first, second);
    cJSON *all = cJSON_Parse(first);
    cr_assert_eq(sum_of(item(all, "collections"), "pause_ns"), 0);
    cr_assert_eq(sum_of_members(item(all, "times")), 0);
    cr_assert(cJSON_IsFalse(item(all, "clock")));
    const cJSON *window;
    cJSON_ArrayForEach(window, item(all, "utilisation")) cr_assert(cJSON_IsNull(item(window, "minimum")));
    cr_assert_str_eq(item(all, "flags")->valuestring, "-A8k '\"quoted\"' -DS");
    cJSON_Delete(all);
    free(first);
    free(second);
}

/* ---- A run without a collection */

Test(gc_json, no_collection_is_an_empty_list)
{
    HeapConfig config = small(2, true);
    config.nursery_bytes = 1 << 20;
    HeapTotals t;
    char *text = reported(&config, 1, 10, &t);
    cJSON *all = cJSON_Parse(text);
    cr_assert_eq(cJSON_GetArraySize(item(all, "collections")), 0);
    cr_assert_eq(number(item(all, "totals"), "allocated_bytes"), (double)(t.allocated_words * WORD_BYTES));
    cr_assert_eq(number(item(all, "pauses"), "max_ns"), 0);
    cJSON_Delete(all);
    free(text);
}
