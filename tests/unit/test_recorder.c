/* The recorder over real runs: what it writes is legal, every digest is confirmed, equal runs give equal
 * bytes. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "eval/machine.h"
#include "traces/control.h"
#include "traces/playback.h"
#include "traces/recorder.h"

typedef struct Bytes {
    char *at;
    size_t count;
} Bytes;

static void receive(void *context, const char *bytes, size_t count)
{
    Bytes *b = context;
    b->at = realloc(b->at, b->count + count + 1);
    memcpy(b->at + b->count, bytes, count);
    b->count += count;
    b->at[b->count] = 0;
}

typedef struct Run {
    const char *program;
    TraceLevel level;
    size_t nursery;
    uint32_t stress, generations;
    bool lazy;
    bool (*control)(void *context);
    void *control_context;
} Run;

static Program *load(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, THUNKSCOPE_SOURCE_DIR "/tests/programs/%s.stg", name);
    Program *p = program_new();
    cr_assert(library_load(p) && stg_parse_file(p, path) && stg_check(p));
    return p;
}

static Heap *make_heap(const Run *run)
{
    HeapConfig config;
    heap_config_default(&config);
    config.clock = false;
    if (run->nursery) config.nursery_bytes = run->nursery;
    if (run->generations) config.generations = run->generations;
    config.stress_period = run->stress;
    return heap_new(&config);
}

/* Runs the program into the sink, told by `observer_of` (NULL: by the recorder itself); the number of
 * collections. */
static uint32_t record_through(const Run *run, Sink *sink, bool whole,
                               EvalObserver (*observer_of)(Recorder *r, Heap *heap))
{
    char error[256] = "";
    int code = 0;
    Program *program = load(run->program);
    Heap *heap = make_heap(run);
    Recorder *r = recorder_new(heap, sink,
                               &(RecorderConfig){.level = run->level,
                                                 .program = run->program,
                                                 .control = run->control,
                                                 .control_context = run->control_context,
                                                 .blackholing = run->lazy ? "lazy" : "eager"});
    EvalObserver observer = observer_of ? observer_of(r, heap) : *recorder_eval_observer(r);
    FILE *out = fopen("/dev/null", "w");
    Machine *m = machine_new(heap, program,
                             &(MachineConfig){.program_name = run->program,
                                              .lazy_blackholing = run->lazy,
                                              .observer = &observer,
                                              .out = out,
                                              .err = out},
                             error, sizeof error);
    cr_assert(m, "%s", error);
    machine_run(m, "main", &code);
    uint32_t collections = heap->gc_count;
    cr_assert_eq(recorder_close(r, "finished", code), whole);
    machine_free(m);
    heap_free(heap);
    program_free(program);
    fclose(out);
    return collections;
}

static uint32_t record_into(const Run *run, Sink *sink, bool whole)
{
    return record_through(run, sink, whole, NULL);
}

static Bytes record(const Run *run)
{
    Bytes b = {0};
    record_into(run, sink_callback(receive, &b), true);
    return b;
}

static Trace *read_bytes(const Bytes *b)
{
    Trace *t = trace_new();
    trace_feed(t, b->at, b->count);
    trace_finish(t);
    const TraceError *e = trace_error(t);
    cr_assert(!e, "line %llu: %s", (unsigned long long)(e ? e->line : 0), e ? e->text : "");
    cr_assert(trace_complete(t));
    return t;
}

static uint64_t digests_of(const Trace *t)
{
    uint64_t digests = trace_collection_count(t);
    for (uint64_t k = 0; k < trace_count(t); k++) digests += trace_event(t, k)->type == EVENT_digest;
    return digests;
}

/* Played as it comes in, by a playback that goes once: all digests are confirmed, and at the end stands what
 * stands in one that goes both ways. */
static void confirm_once(const Bytes *b, const Playback *both_ways)
{
    enum { PIECE = 20000 };
    Trace *t = trace_new();
    Playback *p = playback_new_once(t);
    for (size_t at = 0; at < b->count; at += PIECE) {
        cr_assert(trace_feed(t, b->at + at, b->count - at < PIECE ? b->count - at : PIECE));
        cr_assert(playback_seek(p, (int64_t)trace_count(t) - 1), "event %llu: %s",
                  (unsigned long long)playback_error(p)->line, playback_error(p)->text);
        playback_forget(p, t);
    }
    cr_assert_eq(playback_digests_confirmed(p), playback_digests_confirmed(both_ways));
    cr_assert_eq(playback_live_words(p), playback_live_words(both_ways));
    for (ObjectId id = 1; id <= playback_last_id(both_ways); id++) {
        const PlayObject *o = playback_object(both_ways, id), *same = playback_object(p, id);
        cr_assert(o->dead ? !same || same->dead : same && same->fields.count == o->fields.count);
        for (uint32_t k = 0; !o->dead && k < o->fields.count; k++)
            cr_assert(same->fields.at[k].kind == o->fields.at[k].kind &&
                      same->fields.at[k].value == o->fields.at[k].value);
    }
    playback_free(p);
    trace_free(t);
}

static uint64_t confirm(const Bytes *b)
{
    Trace *t = read_bytes(b);
    Playback *p = playback_new(t);
    cr_assert(playback_seek(p, INT64_MAX), "event %llu: %s", (unsigned long long)playback_error(p)->line,
              playback_error(p)->text);
    uint64_t confirmed = playback_digests_confirmed(p);
    cr_assert_eq(confirmed, digests_of(t));
    confirm_once(b, p);
    cr_assert(playback_seek(p, -1) && playback_live_count(p) == 0 && playback_live_words(p) == 0);
    playback_free(p);
    trace_free(t);
    return confirmed;
}

static const char *const programs[] = {"fibs",          "apply",      "caf_cycle",        "catch_nested",
                                       "doubly_linked", "error_call", "exception_update", "counter"};

Test(recorder, digests_are_confirmed)
{
    for (size_t k = 0; k < sizeof programs / sizeof *programs; k++)
        for (unsigned how = 0; how < 4; how++) {
            Run run = {programs[k], how & 1 ? TRACE_STEP : TRACE_HEAP, 4096, 3, 2 + how % 3, how & 2, NULL,
                       NULL};
            Bytes b = record(&run);
            cr_assert_gt(confirm(&b), 0, "%s collects", programs[k]);
            free(b.at);
        }
}

/* ---- A trace that says something else than the heap did, in a run without any collection */

static Bytes replaced(const Bytes *b, const char *at, size_t length, const char *with)
{
    Bytes out = {0};
    receive(&out, b->at, (size_t)(at - b->at));
    receive(&out, with, strlen(with));
    receive(&out, at + length, (size_t)(b->at + b->count - (at + length)));
    return out;
}

/* False: playback disagrees. */
static bool is_confirmed(const Bytes *b)
{
    Trace *t = read_bytes(b);
    Playback *p = playback_new(t);
    bool confirmed = playback_seek(p, INT64_MAX);
    cr_assert(confirmed || strstr(playback_error(p)->text, "digest"), "%s", playback_error(p)->text);
    cr_assert_eq(trace_collection_count(t), 0);
    playback_free(p);
    trace_free(t);
    return confirmed;
}

/* In the k-th `event` where `key` is followed by an id: names object 1 there. False: there is none. */
static bool retarget(const Bytes *b, const char *event, const char *key, unsigned k, Bytes *out)
{
    for (const char *line = b->at; (line = strstr(line, event)); line++) {
        const char *p = strstr(line, key) + strlen(key);
        size_t digits = strspn(p, "0123456789");
        if (p > strchr(line, '\n') || digits == 0 || (digits == 1 && *p == '1')) continue;
        if (k-- == 0) return *out = replaced(b, p, digits, "1"), true;
    }
    return false;
}

/* An indirection keeps what the update said; a thunk's fields are gone once it has been evaluated. */
Test(recorder, what_the_heap_did_not_do_is_not_confirmed)
{
    Run run = {"fibs", TRACE_STEP, 0, 0, 2, false, NULL, NULL};
    Bytes b = record(&run), changed;
    unsigned k, found = 0;
    cr_assert(is_confirmed(&b));
    for (k = 0; retarget(&b, "{\"e\":\"update\"", "\"to\":", k, &changed); k++) {
        cr_assert_not(is_confirmed(&changed), "update %u", k);
        free(changed.at);
    }
    cr_assert_gt(k, 10);
    for (k = 0; retarget(&b, "{\"e\":\"alloc\"", "\"f\":[", k, &changed); k++) {
        found += !is_confirmed(&changed);
        free(changed.at);
    }
    cr_assert(found > 10, "%u of %u", found, k);
    free(b.at);
}

/* ---- Words that are no references, which digests do not cover: at the end of a run, the heap's are the
 * playback's. Static byte arrays, which hold the program's own text, are nobody's. */

typedef struct Kept {
    ObjectId id;
    size_t count;
    Word *words, bytes;
} Kept;

static struct {
    Recorder *recorder;
    Heap *heap;
    EvalObserver inner;
    Kept *at;
    size_t count, room;
} kept;

/* Where an object's raw words begin, from its header on; count: how many. */
static size_t raw_words_of(const Closure *c, size_t *count)
{
    const KindRow *kind = &kinds[c->info->kind];
    *count = 0;
    if (kind->layout == LAYOUT_BYTES) return *count = closure_size(c) - BYTES_PAYLOAD, BYTES_PAYLOAD;
    if (kind->layout != LAYOUT_PAYLOAD || c->info->kind == KIND_THUNK) return 0;
    *count = c->info->nptrs;
    return kind->first + c->info->ptrs;
}

static void keep(void *context, Closure *c)
{
    (void)context;
    size_t count, first = raw_words_of(c, &count);
    ObjectId id = recorder_id(kept.recorder, c);
    if (count == 0 || id <= 0) return;
    if (kept.count == kept.room) kept.at = realloc(kept.at, (kept.room = 2 * kept.room + 64) * sizeof(Kept));
    Word *copy = malloc(count * sizeof(Word));
    memcpy(copy, (const Word *)c + first, count * sizeof(Word));
    Word bytes = c->info->kind == KIND_ARR_WORDS ? ((const Word *)c)[BYTES_COUNT] : 0;
    kept.at[kept.count++] = (Kept){id, count, copy, bytes};
}

static void keep_all(void *context, const char *reason, int exit_code)
{
    heap_each_object(kept.heap, WALK_ALL, keep, NULL);
    kept.inner.finished(context, reason, exit_code);
}

static EvalObserver keeping_observer(Recorder *r, Heap *heap)
{
    kept.recorder = r;
    kept.heap = heap;
    EvalObserver observer = kept.inner = *recorder_eval_observer(r);
    observer.finished = keep_all;
    return observer;
}

/* The address of a function of C is written as if its library stood elsewhere, at a page as it does. */
static bool is_address_of(int64_t written, Word w)
{
    return written >= 0x600000000000 && ((Word)written - 0x600000000000) >> 32 < 4 &&
           ((Word)written ^ w) % 4096 == 0;
}

static void expect_words(const char *program, const PlayObject *o, const Kept *k)
{
    cr_assert(o && !o->dead, "%s: object %lld", program, (long long)k->id);
    cr_assert_geq(o->fields.count, k->count);
    cr_assert_eq(o->bytes, k->bytes);
    const TraceWord *raw = o->fields.at + o->fields.count - k->count;
    for (size_t i = 0; i < k->count; i++)
        cr_assert(raw[i].kind == WORD_RAW &&
                      ((Word)raw[i].value == k->words[i] || is_address_of(raw[i].value, k->words[i])),
                  "%s: word %zu of object %lld is %llu in the heap, %lld in the trace", program, i,
                  (long long)k->id, (unsigned long long)k->words[i], (long long)raw[i].value);
}

static size_t contents_are_confirmed(const Run *run)
{
    Bytes b = {0};
    kept.count = 0;
    record_through(run, sink_callback(receive, &b), true, keeping_observer);
    Trace *t = read_bytes(&b);
    Playback *p = playback_new(t);
    cr_assert(playback_seek(p, INT64_MAX));
    for (size_t k = 0; k < kept.count; k++) {
        expect_words(run->program, playback_object(p, kept.at[k].id), &kept.at[k]);
        free(kept.at[k].words);
    }
    playback_free(p);
    trace_free(t);
    free(b.at);
    return kept.count;
}

Test(recorder, words_that_are_no_references)
{
    static const char *const changing[] = {"bit_set",      "c_calls",     "elements",     "matrix",
                                           "pinned",       "sieve_bytes", "array_swaps",  "c_finalizers",
                                           "stable_names", "array_array", "absurd_sizes", "quicksort"};
    for (size_t k = 0; k < sizeof changing / sizeof *changing; k++) {
        Run run = {changing[k], TRACE_HEAP, 1 << 16, 0, 2, false, NULL, NULL};
        cr_assert_gt(contents_are_confirmed(&run), 0);
    }
    free(kept.at);
}

/* Long runs are confirmed between collections, too. */
Test(recorder, digests_between_collections)
{
    Run run = {"queens", TRACE_HEAP, 1 << 16, 0, 2, false, NULL, NULL};
    Bytes b = record(&run);
    Trace *t = read_bytes(&b);
    unsigned taken = 0, reachable = 0;
    for (uint64_t k = 0; k < trace_count(t); k++) {
        const TraceEvent *e = trace_event(t, k);
        if (e->type != EVENT_digest) continue;
        taken++;
        reachable += e->as_digest.reachable != 0;
    }
    cr_assert(reachable >= 3 && taken == reachable + 1, "%u of %u", reachable, taken);
    trace_free(t);
    confirm(&b);
    free(b.at);
}

Test(recorder, equal_runs_equal_bytes)
{
    Run run = {"fibs", TRACE_STEP, 4096, 0, 2, false, NULL, NULL};
    Bytes a = record(&run), b = record(&run);
    cr_assert(a.count == b.count && memcmp(a.at, b.at, a.count) == 0);
    free(a.at);
    free(b.at);
}

static unsigned count_of(const Bytes *b, const char *event)
{
    char head[40];
    unsigned count = 0;
    snprintf(head, sizeof head, "{\"e\":\"%s\"", event);
    for (const char *p = b->at; (p = strstr(p, head)); p++) count++;
    return count;
}

Test(recorder, levels_contain_each_other)
{
    static const struct {
        TraceLevel level;
        bool blocks, allocs, steps;
    } rows[] = {{TRACE_GC, false, false, false},
                {TRACE_BLOCKS, true, false, false},
                {TRACE_HEAP, true, true, false},
                {TRACE_STEP, true, true, true}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        Run run = {"fibs", rows[k].level, 4096, 0, 2, false, NULL, NULL};
        Bytes b = record(&run);
        cr_assert_eq(count_of(&b, "block") > 0, rows[k].blocks);
        cr_assert_eq(count_of(&b, "alloc") > 0, rows[k].allocs);
        cr_assert_eq(count_of(&b, "eval") > 0, rows[k].steps);
        cr_assert_gt(count_of(&b, "gc_end"), 0);
        Trace *t = read_bytes(&b);
        trace_free(t);
        free(b.at);
    }
}

Test(recorder, tracing_changes_no_collection)
{
    Run traced = {"queens", TRACE_HEAP, 1 << 16, 0, 2, false, NULL, NULL}, gc = traced;
    gc.level = TRACE_GC;
    Bytes a = {0}, b = {0};
    cr_assert_eq(record_into(&traced, sink_callback(receive, &a), true),
                 record_into(&gc, sink_callback(receive, &b), true));
    cr_assert_gt(count_of(&a, "sync"), 0);
    free(a.at);
    free(b.at);
}

Test(recorder, compressed_file)
{
    char path[] = "/tmp/thunkscope-XXXXXX.jsonl.zst";
    TraceError error;
    int fd = mkstemps(path, 10);
    Run run = {"fibs", TRACE_HEAP, 4096, 0, 2, false, NULL, NULL};
    record_into(&run, sink_file(path, &error), true);
    Bytes plain = record(&run);
    Trace *t = trace_open(path, &error), *u = read_bytes(&plain);
    cr_assert(t && trace_complete(t) && !trace_error(t));
    cr_assert_eq(trace_count(t), trace_count(u));
    cr_assert_lt((size_t)lseek(fd, 0, SEEK_END) * 3, plain.count, "it is smaller");
    close(fd);
    unlink(path);
    trace_free(t);
    trace_free(u);
    free(plain.at);
}

/* ---- Live */

Test(recorder, a_closed_viewer_does_not_end_the_run)
{
    int pair[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    close(pair[0]);
    Control *control = control_new(pair[1], true);
    Run run = {"fibs", TRACE_STEP, 4096, 0, 2, false, control_poll, control};
    cr_assert_gt(record_into(&run, sink_fd(pair[1], true), false), 0);
    control_free(control);
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    run.control = NULL;
    cr_assert_gt(record_into(&run, sink_fd(ends[1], true), false), 0);
}

static bool commands_say(const char *text, unsigned polls)
{
    int pair[2];
    bool goes_on = true;
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    Control *c = control_new(pair[1], true);
    cr_assert_eq(write(pair[0], text, strlen(text)), (ssize_t)strlen(text));
    for (unsigned k = 0; k < polls; k++) goes_on = control_poll(c);
    control_free(c);
    close(pair[0]);
    close(pair[1]);
    return goes_on;
}

/* Each would wait for ever if its commands were not obeyed. */
Test(recorder, commands, .timeout = 10)
{
    cr_assert(commands_say("{\"c\":\"continue\"}\n", 100));
    cr_assert(commands_say("{\"c\":\"step\",\"arg\":5}\n", 5));
    cr_assert(commands_say("{\"c\":\"step\"}\n{\"c\":\"step\"}\n", 2));
    cr_assert(commands_say("nonsense\n{\"c\":\"dance\"}\n{\"c\":7}\n{\"c\":\"continue\"}\n", 3));
    cr_assert(commands_say("{\"c\":\"continue\"}\n{\"c\":\"pause\"}\n{\"c\":\"step\",\"arg\":3}\n", 3));
    cr_assert_not(commands_say("{\"c\":\"quit\"}\n", 1));
}

/* ---- A mutator made by hand: one large byte array, whose row is too long for a line */

enum { MANY = 20000 };

static Word *large_bytes(Heap *heap)
{
    Word *o = heap_alloc(heap, MANY + BYTES_PAYLOAD);
    o[0] = (Word)info_std(heap->infos, STD_ARR_WORDS);
    o[BYTES_COUNT] = MANY * WORD_BYTES;
    for (Word k = 0; k < MANY; k++) o[BYTES_PAYLOAD + k] = k * 0x9e3779b97f4a7c15u;
    return o;
}

static Bytes record_large(void)
{
    Bytes b = {0};
    Run run = {.level = TRACE_HEAP};
    Heap *heap = make_heap(&run);
    Recorder *r = recorder_new(heap, sink_callback(receive, &b), &(RecorderConfig){.level = TRACE_HEAP});
    const EvalObserver *eval = recorder_eval_observer(r);
    Word *o = large_bytes(heap);
    eval->allocated(eval->context, o, o + MANY + BYTES_PAYLOAD, NULL);
    cr_assert_eq(recorder_id(r, (Closure *)o), 1);
    heap_collect(heap, true, GC_REASON_REQUESTED);
    cr_assert(recorder_close(r, "finished", 0));
    heap_free(heap);
    return b;
}

Test(recorder, long_rows)
{
    Bytes b = record_large();
    cr_assert_gt(count_of(&b, "fields"), 2);
    Trace *t = read_bytes(&b);
    Playback *p = playback_new(t);
    while (!playback_last_id(p) || playback_object(p, 1)->fields.count < MANY)
        cr_assert(playback_seek(p, playback_position(p) + 1));
    const PlayObject *o = playback_object(p, 1);
    cr_assert(o->is_large && o->kind == KIND_ARR_WORDS && o->fields.count == MANY);
    for (Word k = 0; k < MANY; k++) cr_assert_eq((Word)o->fields.at[k].value, k * 0x9e3779b97f4a7c15u);
    cr_assert_eq(playback_object_at(p, (TraceAddr){o->at.block + 20, 5})->id, 1,
                 "its later blocks are its own");
    cr_assert(playback_seek(p, INT64_MAX) && playback_object(p, 1)->dead);
    cr_assert(playback_seek(p, -1) && playback_live_words(p) == 0);
    playback_free(p);
    trace_free(t);
    free(b.at);
}
