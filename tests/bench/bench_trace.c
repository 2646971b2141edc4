/* How fast a trace is written, read and played.
 *
 *   bench_trace [PROGRAM.stg] [FILE]     default: tests/programs/queens.stg, /tmp/bench_trace.jsonl
 *
 * Writes at level heap: the run of the program without and with a recorder, the difference being the
 * recorder's; then the reader; then playback, both ways. CPU seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "eval/machine.h"
#include "traces/playback.h"
#include "traces/recorder.h"

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void report(const char *what, double seconds, uint64_t events)
{
    printf("%-22s %8.3f s %12.2f M events/s\n", what, seconds, (double)events / seconds / 1e6);
}

static Program *load(const char *path)
{
    Program *p = program_new();
    if (library_load(p) && stg_parse_file(p, path) && stg_check(p)) return p;
    program_print_diagnoses(p, stderr);
    exit(1);
}

/* One run; the sink may be NULL: nobody watches. Returns the events. */
static uint64_t run(const char *path, Sink *sink)
{
    char error[256] = "";
    int code;
    HeapConfig config;
    heap_config_default(&config);
    Program *program = load(path);
    Heap *heap = heap_new(&config);
    Recorder *r =
        sink ? recorder_new(heap, sink, &(RecorderConfig){.level = TRACE_HEAP, .program = path}) : NULL;
    FILE *out = fopen("/dev/null", "w");
    MachineConfig m_config = {.program_name = "bench", .out = out, .err = stderr};
    if (r) m_config.observer = recorder_eval_observer(r);
    Machine *m = machine_new(heap, program, &m_config, error, sizeof error);
    if (!m) fprintf(stderr, "%s\n", error), exit(1);
    machine_run(m, "main", &code);
    uint64_t events = r ? recorder_events(r) : 0;
    if (r && !recorder_close(r, "finished", code)) exit(1);
    machine_free(m);
    heap_free(heap);
    program_free(program);
    fclose(out);
    return events;
}

static void bench_run(const char *program, const char *file)
{
    TraceError error;
    double start = cpu_seconds();
    run(program, NULL);
    double bare = cpu_seconds() - start;
    start = cpu_seconds();
    uint64_t events = run(program, sink_file(file, &error));
    double traced = cpu_seconds() - start;
    printf("%s: %llu events\n", program, (unsigned long long)events);
    report("run, machine included", traced, events);
    report("run, less a bare one", traced - bare, events);
}

static void bench_reading(const char *file)
{
    TraceError error;
    double start = cpu_seconds();
    Trace *t = trace_open(file, &error);
    if (!t || trace_error(t)) exit(1);
    report("read", cpu_seconds() - start, trace_count(t));
    start = cpu_seconds();
    Playback *p = playback_new(t);
    if (!playback_seek(p, INT64_MAX)) exit(1);
    report("play", cpu_seconds() - start, trace_count(t));
    start = cpu_seconds();
    playback_seek(p, -1);
    report("play backwards", cpu_seconds() - start, trace_count(t));
    playback_free(p);
    trace_free(t);
}

int main(int argc, char **argv)
{
    const char *program = argc > 1 ? argv[1] : "tests/programs/queens.stg";
    const char *file = argc > 2 ? argv[2] : "/tmp/bench_trace.jsonl";
    bench_run(program, file);
    bench_reading(file);
    return 0;
}
