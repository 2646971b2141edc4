#include "inspect/cli/gc_report.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/cli/report_file.h"

/* ---- Opening */

/* A file begins with the command line, as GHC's do. */
static void print_command_line(const GcReport *r, const char *path, int arg_count, char *const *args)
{
    fprintf(r->text.out, "'%s' ", path);
    for (int k = 0; k < arg_count; k++) fprintf(r->text.out, "'%s' ", args[k]);
    fprintf(r->text.out, "+RTS ");
    for (int k = 0; k < r->flags->words.count; k++) fprintf(r->text.out, "'%s' ", r->flags->words.at[k]);
    fprintf(r->text.out, "\n");
}

/* On stderr the JSON comes at the end: until then it is kept in a file without a name. */
static bool open_json(GcReport *r)
{
    const char *where = r->flags->gc_json;
    r->json = report_file_is_stderr(where) ? tmpfile() : report_file_open(where);
    if (!r->json && report_file_is_stderr(where)) perror("thunkscope: no temporary file for --gc-json");
    return r->json;
}

bool gc_report_open(GcReport *r, const RtsFlags *flags, const char *path, int arg_count, char *const *args)
{
    *r = (GcReport){.flags = flags, .text.details = flags->gc_details};
    if (!block_reports_open(&r->blocks, flags)) return false;
    if (flags->statistics != STATISTICS_NONE) {
        r->text.out = report_file_open(flags->statistics_file);
        if (!r->text.out) return false;
        if (!report_file_is_stderr(flags->statistics_file)) print_command_line(r, path, arg_count, args);
    }
    return !flags->gc_json || open_json(r);
}

bool gc_report_wanted(const GcReport *r) { return r->text.out || r->json; }

/* ---- JSON */

static void add_count(cJSON *o, const char *key, uint64_t value)
{
    cJSON_AddNumberToObject(o, key, (double)value);
}

/* Writes "key":item, and takes the item. */
static void write_member(FILE *out, const char *key, cJSON *item)
{
    char *text = cJSON_PrintUnformatted(item);
    if (key) fprintf(out, ",\n\"%s\":", key);
    fputs(text ? text : "null", out);
    free(text);
    cJSON_Delete(item);
}

/* As text: a number of 64 bits is more than JSON's readers take. */
static void add_digest(cJSON *o, uint64_t digest)
{
    char text[17];
    if (digest == 0) return;
    snprintf(text, sizeof text, "%016" PRIx64, digest);
    cJSON_AddStringToObject(o, "graph_digest", text);
}

static cJSON *json_phases(const uint64_t *ns)
{
    cJSON *o = cJSON_CreateObject();
    for (int p = 0; p < GC_PHASE_COUNT; p++) add_count(o, gc_phase_names[p], ns[p]);
    return o;
}

static uint64_t since(uint64_t now, uint64_t begin) { return now > begin ? now - begin : 0; }

static cJSON *json_collection(const GcReport *r, const GcStats *g)
{
    cJSON *o = cJSON_CreateObject();
    add_count(o, "number", g->number);
    add_count(o, "generation", g->generation);
    cJSON_AddBoolToObject(o, "major", g->major);
    cJSON_AddStringToObject(o, "reason", gc_reason_names[g->reason]);
#define COLLECTION(name, value) add_count(o, #name, value);
#include "gc/collection.def"
#undef COLLECTION
    add_digest(o, g->graph_digest);
    add_count(o, "end_ns", since(g->end_elapsed_ns, r->text.begin.elapsed));
    cJSON_AddItemToObject(o, "phases_ns", json_phases(g->phase_ns));
    return o;
}

static cJSON *json_totals(const HeapTotals *t)
{
    cJSON *o = cJSON_CreateObject();
#define TOTAL(name, value, text) add_count(o, #name, value);
#define GHC_TOTAL                TOTAL
#include "gc/totals.def"
#undef GHC_TOTAL
#undef TOTAL
    return o;
}

static cJSON *json_pauses(const Histogram *h)
{
    cJSON *o = cJSON_CreateObject();
    add_count(o, "count", h->count);
    add_count(o, "p50_ns", histogram_percentile(h, 500));
    add_count(o, "p95_ns", histogram_percentile(h, 950));
    add_count(o, "p99_ns", histogram_percentile(h, 990));
    add_count(o, "max_ns", h->greatest);
    return o;
}

static cJSON *json_generation(const HeapTotals *t, uint32_t g)
{
    cJSON *o = cJSON_CreateObject();
    add_count(o, "generation", g);
    add_count(o, "collections", t->collections[g]);
    add_count(o, "cpu_ns", t->gc_cpu_ns[g]);
    add_count(o, "elapsed_ns", t->gc_elapsed_ns[g]);
    cJSON_AddItemToObject(o, "pauses", json_pauses(&t->pauses[1 + g]));
    return o;
}

static cJSON *json_generations(const HeapTotals *t)
{
    cJSON *a = cJSON_CreateArray();
    for (uint32_t g = 0; g < t->generation_count; g++) cJSON_AddItemToArray(a, json_generation(t, g));
    return a;
}

static cJSON *json_survival_of(const char *where, const Survival *s)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "collected_in", where);
    add_count(o, "entered_bytes", s->entered_words * WORD_BYTES);
    add_count(o, "survived_bytes", s->survived_words * WORD_BYTES);
    return o;
}

static cJSON *json_survival(const HeapTotals *t)
{
    char where[32] = "nursery";
    cJSON *a = cJSON_CreateArray();
    for (uint32_t age = 0; age <= t->generation_count; age++) {
        if (age > 0) snprintf(where, sizeof where, "generation %u", age - 1);
        cJSON_AddItemToArray(a, json_survival_of(where, &t->survival[age]));
    }
    return a;
}

static cJSON *json_reasons(const HeapTotals *t)
{
    cJSON *o = cJSON_CreateObject();
    for (int k = 0; k < GC_REASON_COUNT; k++) add_count(o, gc_reason_names[k], t->by_reason[k]);
    return o;
}

/* null: the run was shorter than the window, or had no clock. */
static cJSON *json_utilisation(const HeapTotals *t)
{
    cJSON *a = cJSON_CreateArray();
    for (int k = 0; k < UTILISATION_WINDOWS; k++) {
        cJSON *o = cJSON_CreateObject();
        add_count(o, "window_ms", utilisation_window_ms[k]);
        if (t->utilisation[k] < 0)
            cJSON_AddNullToObject(o, "minimum");
        else
            cJSON_AddNumberToObject(o, "minimum", t->utilisation[k]);
        cJSON_AddItemToArray(a, o);
    }
    return a;
}

static cJSON *json_times(const Heap *heap, const RunTimes *times)
{
    static const RunTimes none;
    const RunTimes *t = heap->config.clock ? times : &none;
    cJSON *o = cJSON_CreateObject();
    add_count(o, "init_cpu_ns", t->init.cpu);
    add_count(o, "init_elapsed_ns", t->init.elapsed);
    add_count(o, "exit_cpu_ns", t->exit.cpu);
    add_count(o, "exit_elapsed_ns", t->exit.elapsed);
    add_count(o, "total_cpu_ns", t->total.cpu);
    add_count(o, "total_elapsed_ns", t->total.elapsed);
    return o;
}

static void json_begin(const GcReport *r)
{
    fputs("{\"format\":\"thunkscope-gc\",\n\"version\":1,\n\"collections\":[", r->json);
}

static void json_row(GcReport *r, const GcStats *g)
{
    fputs(r->rows ? ",\n" : "\n", r->json);
    r->rows = true;
    write_member(r->json, NULL, json_collection(r, g));
}

static cJSON *json_flags(const RtsFlags *flags)
{
    char *text = rts_flags_text(flags);
    cJSON *o = cJSON_CreateString(text);
    free(text);
    return o;
}

static void json_end(const GcReport *r, const char *program, const RunTimes *times)
{
    HeapTotals t;
    heap_totals(r->heap, &t);
    fputs("]", r->json);
    write_member(r->json, "program", cJSON_CreateString(program));
    write_member(r->json, "flags", json_flags(r->flags));
    write_member(r->json, "clock", cJSON_CreateBool(r->heap->config.clock));
    write_member(r->json, "totals", json_totals(&t));
    write_member(r->json, "reasons", json_reasons(&t));
    write_member(r->json, "phases_ns", json_phases(t.phase_ns));
    write_member(r->json, "pauses", json_pauses(&t.pauses[0]));
    write_member(r->json, "generations", json_generations(&t));
    write_member(r->json, "survival", json_survival(&t));
    write_member(r->json, "utilisation", json_utilisation(&t));
    write_member(r->json, "times", json_times(r->heap, times));
    fputs("}\n", r->json);
}

/* ---- While it runs */

static void on_collection(void *context, const GcStats *g)
{
    GcReport *r = context;
    if (r->flags->statistics == STATISTICS_COLLECTIONS) report_collection(&r->text, g);
    if (r->json) json_row(r, g);
    block_reports_collected(&r->blocks, r->heap, g);
}

void gc_report_watch(GcReport *r, Heap *heap, ReportTime begin)
{
    r->heap = heap;
    r->text.begin = begin;
    if (!gc_report_wanted(r) && !r->blocks.out) return;
    heap_on_collection(heap, on_collection, r);
    if (r->flags->statistics == STATISTICS_COLLECTIONS) report_collections_begin(&r->text);
    if (r->json) json_begin(r);
}

/* ---- The end */

static void print_text(const GcReport *r, const RunTimes *times)
{
    const RtsFlags *f = r->flags;
    if (f->statistics == STATISTICS_COLLECTIONS) report_collections_end(&r->text, r->heap);
    if (f->statistics != STATISTICS_LINE)
        report_summary(r->heap, r->text.out, times);
    else if (f->machine_readable)
        report_pairs(r->heap, r->text.out, times);
    else
        report_line(r->heap, r->text.out, times);
}

static void copy_to_stderr(FILE *from)
{
    char buffer[4096];
    size_t bytes;
    rewind(from);
    while ((bytes = fread(buffer, 1, sizeof buffer, from)) > 0) fwrite(buffer, 1, bytes, stderr);
}

bool gc_report_close(GcReport *r, const char *program, const RunTimes *times)
{
    if (r->heap) heap_on_collection(r->heap, NULL, NULL);
    if (r->heap && r->text.out) print_text(r, times);
    if (r->heap && r->json) json_end(r, program, times);
    if (r->json && report_file_is_stderr(r->flags->gc_json)) copy_to_stderr(r->json);
    bool text = report_file_close(r->text.out, r->flags->statistics_file);
    bool json = report_file_close(r->json, r->flags->gc_json);
    return block_reports_close(&r->blocks, r->heap) && text && json;
}
