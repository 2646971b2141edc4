/* The recorder when a failure ends the process: the trace has all that was recorded, plain and compressed,
 * and says how the run ended. */
#include "worlds.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gc/heap.h"
#include "traces/recorder.h"

typedef struct World {
    Heap *heap;
    Recorder *recorder;
    const char *freed; /* memory that the guard has closed */
} World;

typedef void (*Failure)(const World *w);

static const char *freed_text(Heap *heap)
{
    BlockDescr *g = block_group_alloc_at(heap->blocks, 1, OWNER_LARGE, SITE_LARGE_OBJECT);
    const char *text = strcpy((char *)g->start, "freed");
    block_group_free(heap->blocks, g);
    return text;
}

/* In a child: two collections, a mark, and then the failure. */
_Noreturn static void record_and_fail(const char *path, Failure fail)
{
    TraceError error;
    HeapConfig config;
    heap_config_default(&config);
    config.clock = false;
    config.source = world_source("guard");
    World w = {.heap = heap_new(&config)};
    w.recorder = recorder_new(w.heap, sink_file(path, &error), &(RecorderConfig){.level = TRACE_HEAP});
    w.freed = freed_text(w.heap);
    for (int k = 0; k < 2; k++) heap_collect(w.heap, true, GC_REASON_REQUESTED);
    recorder_mark(w.recorder, "the last that is known");
    fail(&w);
    _exit(0);
}

static Trace *trace_of(const char *ending, Failure fail, int exit_code)
{
    char path[] = "/tmp/thunkscope-failure-XXXXXX.jsonl.zst";
    int status, fd = mkstemps(path, (int)strlen(".jsonl.zst"));
    TraceError error;
    cr_assert_geq(fd, 0);
    path[strlen(path) - strlen(".jsonl.zst") + strlen(ending)] = '\0';
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(3);
        record_and_fail(path, fail);
    }
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == exit_code, "status %x", (unsigned)status);
    Trace *t = trace_open(path, &error);
    cr_assert(t, "%s", error.text);
    close(fd);
    unlink(path);
    return t;
}

/* The mark is there, the end behind it, and nothing else. */
static void expect_end(const char *ending, Failure fail, int exit_code, const char *reason)
{
    Trace *t = trace_of(ending, fail, exit_code);
    const TraceError *e = trace_error(t);
    cr_assert(!e && trace_complete(t), "%s", e ? e->text : "no end");
    cr_assert_eq(trace_collection_count(t), 2);
    const TraceEvent *last = trace_event(t, trace_count(t) - 2);
    cr_assert(last->type == EVENT_mark && !strcmp(last->as_mark.text, "the last that is known"));
    const Event_end *end = trace_end(t);
    cr_assert(end->exit == (uint64_t)exit_code && !strncmp(end->reason, reason, strlen(reason)), "%s",
              end->reason);
    trace_free(t);
}

static void expect_end_in_both(Failure fail, int exit_code, const char *reason)
{
    expect_end(".jsonl", fail, exit_code, reason);
    expect_end(".jsonl.zst", fail, exit_code, reason);
}

static void fail_by_panic(const World *w) { panic("%s\n%p", "what is wrong", (const void *)w); }
static void fail_by_reading(const World *w) { _exit(*(const volatile char *)w->freed); }
static void fail_in_a_line(const World *w) { recorder_mark(w->recorder, w->freed); }
static void fail_at_a_check(const World *w) { heap_dead_caf(w->heap, NULL, "it is dead"); }

Test(recorder_failure, a_panic) { expect_end_in_both(fail_by_panic, 254, "internal error: what is wrong"); }

Test(recorder_failure, a_dangling_pointer) { expect_end_in_both(fail_by_reading, 254, "internal error: "); }

Test(recorder_failure, a_dangling_pointer_in_the_midst_of_a_line)
{
    expect_end_in_both(fail_in_a_line, 254, "internal error: ");
}

Test(recorder_failure, a_check) { expect_end_in_both(fail_at_a_check, 254, "invariant 59 is broken"); }

/* ---- The end of a run that has not failed */

Test(recorder_failure, an_end_where_a_sync_is_due)
{
    TraceError error;
    HeapConfig config;
    heap_config_default(&config);
    char path[] = "/tmp/thunkscope-end-XXXXXX.jsonl";
    int fd = mkstemps(path, (int)strlen(".jsonl"));
    Heap *heap = heap_new(&config);
    Recorder *r = recorder_new(heap, sink_file(path, &error), &(RecorderConfig){.level = TRACE_GC});
    while (recorder_events(r) < 65536) recorder_mark(r, "");
    cr_assert(recorder_close(r, "finished", 0));
    heap_free(heap);
    Trace *t = trace_open(path, &error);
    cr_assert(t && !trace_error(t) && trace_end(t));
    cr_assert_eq(trace_count(t), 65537);
    trace_free(t);
    close(fd);
    unlink(path);
}
