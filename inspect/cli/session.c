#include "inspect/cli/session.h"
#include "inspect/cli/crash.h"

#include "blocks/hash.h"
#include "gc/inject.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "inspect/cli/haskell.h"
#include "inspect/cli/shell_words.h"

typedef struct Session {
    const SessionConfig *config;
    Program *program;
    Heap *heap;
    Recorder *recorder;
    Machine *machine;
    char name[256];
    char *flags, *args, *command; /* as a shell reads them */
    int failed;                   /* the exit code of a session that could not start */
} Session;

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void program_base_name(const char *path, char *out, size_t size)
{
    const char *base = file_name(path);
    const char *dot = strrchr(base, '.');
    int length = dot && dot != base ? (int)(dot - base) : (int)strlen(base);
    snprintf(out, size, "%.*s", length, base);
}

int session_prepare(const Subcommand *c, const CommandLine *line, SessionConfig *s)
{
    if (line->operands.count == 0) return usage_error(c, "%s expected", c->arguments);
    s->path = line->operands.at[0];
    s->args = line->operands.at + 1;
    s->arg_count = line->operands.count - 1;
    return rts_flags_parse(&s->rts, c, &line->rts) ? -1 : STATUS_USAGE;
}

Program *program_load(const char *path, const HaskellWay *how)
{
    char made[PATH_MAX];
    if (haskell_is_source(path) && !haskell_make_cached(path, how, made)) return NULL;
    Program *p = program_new();
    bool read = program_read(p, haskell_is_source(path) ? made : path);
    if (read && stg_check(p) && stg_check_main(p, "main")) return p;
    program_print_diagnoses(p, stderr);
    program_free(p);
    return NULL;
}

/* ---- Interruption. SIGINT raises UserInterrupt in the program, unless a viewer holds the run. Where a trace
 * is written or a report is due, other signals that ask for the end let the run end at the next safe point,
 * so that trace and report are whole; then the signal takes its course. A second one does so at once. */

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING_SIGNALS = sizeof ending_signals / sizeof *ending_signals };

static volatile sig_atomic_t interrupted; /* the signal's number; 0: none came */

static volatile sig_atomic_t user_interrupt; /* it is to be raised */
static volatile sig_atomic_t asked;          /* it was to be raised once */

static void note_interrupt(int signal_number) { interrupted = signal_number; }

static void note_user_interrupt(int signal_number) { user_interrupt = asked = signal_number; }

static void catch_signal(int signal_number, void (*note)(int signal_number), int flags)
{
    struct sigaction old, once = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND | flags};
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(signal_number, &once, NULL);
}

static void catch_interrupts(void)
{
    for (int k = 0; k < ENDING_SIGNALS; k++) catch_signal(ending_signals[k], note_interrupt, 0);
}

static void note_nothing(int signal_number) { (void)signal_number; }

/* Who writes where nobody reads is told so by an exception, as in GHC's programs. */
static RunStatus run_surviving_broken_pipes(Machine *m, int *exit_code)
{
    struct sigaction old, survive = {.sa_handler = note_nothing, .sa_flags = SA_RESTART};
    sigaction(SIGPIPE, NULL, &old);
    if (old.sa_handler == SIG_DFL) sigaction(SIGPIPE, &survive, NULL);
    RunStatus r = machine_run(m, "main", exit_code);
    sigaction(SIGPIPE, &old, NULL);
    return r;
}

static bool poll_control(void *context)
{
    const SessionConfig *c = context;
    return (!c->control || c->control(c->control_context)) && !interrupted;
}

/* ---- The recorder */

static uint64_t program_hash(const Program *p)
{
    uint64_t h = 0;
    for (uint32_t k = 0; k < p->file_count; k++)
        h = h * 31 + hash_bytes(HASH_START, p->files[k].text ? p->files[k].text : "", p->files[k].length);
    return h;
}

/* A recorded run is collected by one thread, and not once more at its end: what fails in one may not fail in
 * another. */
static void print_recording(const SessionConfig *c, FILE *out)
{
    if (!c->sink) return;
    fprintf(out, " --trace /dev/null --trace-level %s%s", trace_level_names[c->level],
            c->clock ? "" : " --trace-clock off");
}

/* What a report of a failure says that shows it again. */
static char *command_text(const Session *s)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    require(out, "out of memory for a command line");
    fputs("thunkscope run", out);
    if (haskell_is_source(s->config->path)) haskell_way_print(&s->config->how, out);
    print_recording(s->config, out);
    fputc(' ', out);
    shell_word(out, s->config->path);
    if (*s->flags) fprintf(out, " +RTS %s -RTS", s->flags);
    if (*s->args) fprintf(out, " -- %s", s->args);
    fclose(out);
    return text;
}

static void name_command(Session *s)
{
    s->flags = rts_flags_text(&s->config->rts);
    s->args = shell_text("", &(Words){s->config->arg_count, s->config->args}, "");
    s->command = command_text(s);
}

static bool session_record(Session *s)
{
    const SessionConfig *c = s->config;
    const Program *p = s->program;
    RecorderConfig r = {.level = c->level,
                        .clock = c->clock,
                        .program = file_name(c->path),
                        .program_hash = program_hash(p),
                        .args = s->args,
                        .flags = s->flags,
                        .seed = c->rts.seed,
                        .blackholing = c->rts.lazy_blackholing ? "lazy" : "eager",
                        .block_source = block_allocator_source(s->heap->blocks)->name,
                        .control = poll_control,
                        .control_context = (void *)c};
    __typeof__(*r.sources) *sources = calloc(p->file_count + 1, sizeof *r.sources);
    if (!sources) return false;
    for (uint32_t k = 0; k < p->file_count; k++) {
        __typeof__(*r.sources) source = {p->files[k].path, p->files[k].text, p->files[k].length};
        memcpy((void *)&sources[k], &source, sizeof source);
    }
    r.sources = sources;
    r.source_count = p->file_count;
    s->recorder = recorder_new(s->heap, c->sink, &r);
    free((void *)sources);
    return s->recorder != NULL;
}

/* ---- Start and end */

/* From here on the program's own file goes by its name alone: what a run says and records does not depend on
 * how the path was typed. Diagnoses, which an editor may follow, have been printed with the whole path. */
static void forget_directory(Program *p, const char *path)
{
    for (uint32_t k = 0; k < p->file_count; k++)
        if (strcmp(p->files[k].path, path) == 0) p->files[k].path = file_name(path);
}

static bool fail(Session *s, const char *why)
{
    s->failed = STATUS_ERROR;
    fprintf(stderr, "thunkscope: %s: %s\n", s->config->path, why);
    return false;
}

static bool no_memory(Session *s, const char *why)
{
    fail(s, why);
    s->failed = STATUS_HEAP_OVERFLOW;
    return false;
}

static bool is_meant_to_fail(const BlockSource *source)
{
    return source && (strcmp(source->name, "faulty") == 0 || is_meant_to_fail(source->inner));
}

/* Why heap_new answers NULL, should it do so. */
static const char *no_heap(const HeapConfig *heap)
{
    if (is_meant_to_fail(heap->source))
        return "no memory for a heap: the source faulty fails a request that comes before the program "
               "begins, as "
               "it is told to; a later one, faulty:N with a greater N, the program meets";
    return heap->gc_threads > 1
               ? "no memory for a heap and the threads that collect it; try a smaller -qn, -A "
                 "or -M, or allow more address space (ulimit -v)"
               : "no memory for a heap; try a smaller -A or -M, or allow more address space "
                 "(ulimit -v)";
}

static bool session_start(Session *s)
{
    const SessionConfig *c = s->config;
    char error[256] = "";
    if (!(s->program = program_load(c->path, &c->how))) return false;
    forget_directory(s->program, c->path);
    HeapConfig heap = c->rts.heap;
    if (c->sink && !c->clock) heap.clock = false;
    if (c->sink) rts_flags_recorded(&c->rts);
    name_command(s);
    heap.command = s->command;
    const char *why = no_heap(&heap);
    crash_watch();
    if (!(s->heap = heap_new(&heap))) return no_memory(s, why);
    crash_watch_heap(s->heap);
    if (c->sink && !session_record(s)) return fail(s, "cannot record");
    program_base_name(c->path, s->name, sizeof s->name);
    MachineConfig m = {.program_name = s->name,
                       .arg_count = c->arg_count,
                       .args = c->args,
                       .lazy_blackholing = c->rts.lazy_blackholing,
                       .no_squeezing = c->rts.no_squeezing,
                       .observer = s->recorder ? recorder_eval_observer(s->recorder) : NULL,
                       .profile = c->profile,
                       .interrupted = &interrupted,
                       .user_interrupt = &user_interrupt,
                       .out = c->out,
                       .err = stderr};
    s->machine = machine_new(s->heap, s->program, &m, error, sizeof error);
    if (s->machine) return true;
    return *error ? fail(s, error)
                  : no_memory(s, "no memory for its code, its arguments and its first stack chunk (-ki)");
}

/* The ways in which the invariant would have been broken: they tell what the program does not make. */
static void list_ways(FILE *out, int number)
{
    const char *before = " (";
    for (size_t row = 0; row < inject_rows(); row++)
        if (inject_row_number(row) == number) {
            fprintf(out, "%s%s", before, inject_row_way(row));
            before = "; ";
        }
    fputc(')', out);
}

static void say_nothing_broken(Session *s)
{
    const HeapConfig *heap = &s->heap->config;
    char why[1000];
    FILE *out = fmemopen(why, sizeof why, "w");
    if (!out) return (void)fail(s, "--inject found nothing to break");
    fprintf(out, "--inject=%u found nothing to break: no check met what it needs", heap->inject);
    list_ways(out, (int)heap->inject);
    fputs("; a smaller -A checks more often", out);
    if (heap->sanity_period > 1)
        fprintf(out, ", and so does a smaller period than %u (-DS%u,%u)", heap->sanity_period,
                heap->sanity_level, heap->sanity_period);
    fclose(out);
    fail(s, why);
}

static int session_end(Session *s, const char *reason, int status)
{
    if (s->heap && heap_inject_waits(s->heap)) {
        say_nothing_broken(s);
        status = STATUS_USAGE;
    }
    bool whole = !s->recorder || recorder_close(s->recorder, reason, status);
    if (!whole && !s->config->control) { /* a viewer may leave; a file must not be cut off */
        fail(s, "the trace could not be written whole; is the disk full?");
        if (status == STATUS_OK) status = STATUS_ERROR;
    }
    if (s->machine) machine_free(s->machine);
    crash_watch_heap(NULL);
    if (s->heap) heap_free(s->heap);
    if (s->program) program_free(s->program);
    free(s->flags);
    free(s->args);
    free(s->command);
    return status;
}

/* ---- Times, and the report of collections */

static uint64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static ReportTime times_now(void)
{
    return (ReportTime){clock_ns(CLOCK_PROCESS_CPUTIME_ID), clock_ns(CLOCK_MONOTONIC)};
}

static ReportTime times_between(ReportTime from, ReportTime to)
{
    return (ReportTime){to.cpu - from.cpu, to.elapsed - from.elapsed};
}

/* The program has come to its end, not only the run. */
static bool ended_by_itself(RunStatus r) { return r == RUN_OK || r == RUN_UNCAUGHT; }

/* As GHC's programs do at their end: so that there is a last sample of what is alive, and so that a run that
 * checks has checked something. A recorded run is not collected once more, for a trace does not depend on
 * what is asked beside it: its heap is checked as it stands. What it costs is counted under GC, not under
 * EXIT. */
static ReportTime last_collection(Session *s, bool reported)
{
    bool checked = s->config->rts.heap.sanity_level > 0, recorded = s->config->sink;
    ReportTime before = times_now();
    if (!recorded && (reported || checked))
        heap_collect(s->heap, true, GC_REASON_SHUTDOWN);
    else if (checked)
        heap_check_end(s->heap);
    return times_between(before, times_now());
}

static bool report_end(Session *s, GcReport *r, ReportTime ready, RunStatus status)
{
    ReportTime begin = r->text.begin, ended = times_now(), collection = {0, 0};
    if (ended_by_itself(status)) collection = last_collection(s, gc_report_wanted(r));
    fflush(s->config->out);
    ReportTime end = times_now(), exit = times_between(ended, end);
    exit = times_between(collection, exit);
    return gc_report_close(r, file_name(s->config->path),
                           &(RunTimes){times_between(begin, ready), exit, times_between(begin, end)});
}

/* ---- The run */

static void say_checks(const Session *s)
{
    fprintf(stderr, "%s: ", s->config->path);
    report_checks(s->heap, stderr, "");
}

static int run_status(const Session *s, RunStatus r, int exit_code)
{
    switch (r) {
    case RUN_OK: return exit_code;
    case RUN_UNCAUGHT: return exit_code ? exit_code : STATUS_ERROR;
    case RUN_HEAP_EXHAUSTED: machine_report_heap_overflow(s->machine); return STATUS_HEAP_OVERFLOW;
    case RUN_STOPPED: return STATUS_OK;
    }
    return STATUS_INTERNAL;
}

static const char *run_reason(RunStatus r)
{
    static const char *const reasons[] = {
        [RUN_OK] = "finished",
        [RUN_UNCAUGHT] = "exception",
        [RUN_HEAP_EXHAUSTED] = "heap exhausted",
        [RUN_STOPPED] = "stopped",
    };
    return interrupted ? "interrupted" : reasons[r];
}

static void die_interrupted(void)
{
    int signal_number = interrupted;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

int session_run(const SessionConfig *config)
{
    Session s = {.config = config, .failed = STATUS_ERROR};
    GcReport report;
    ReportTime begin = times_now();
    if (!gc_report_open(&report, &config->rts, config->path, config->arg_count, config->args))
        return STATUS_ERROR;
    if (config->sink || config->rts.block_report || config->say_checks || config->profile ||
        gc_report_wanted(&report))
        catch_interrupts();
    if (!session_start(&s)) return session_end(&s, "not started", s.failed);
    gc_report_watch(&report, s.heap, begin);
    ReportTime ready = times_now();
    int exit_code = 0;
    if (!config->control) catch_signal(SIGINT, note_user_interrupt, SA_RESTART); /* the program goes on */
    RunStatus r = run_surviving_broken_pipes(s.machine, &exit_code);
    if (asked && machine_exit_signal(s.machine) == SIGINT) interrupted = SIGINT;
    int status = run_status(&s, r, exit_code);
    bool reported = report_end(&s, &report, ready, r);
    if (config->profile) profile_print(config->profile, stderr);
    if (!reported && status == STATUS_OK) status = STATUS_ERROR;
    if (config->say_checks) say_checks(&s);
    status = session_end(&s, run_reason(r), status);
    if (interrupted) die_interrupted();
    return status;
}
