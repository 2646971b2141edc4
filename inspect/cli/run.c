/* thunkscope run: a program, perhaps recorded, to a file, to stdout or to a viewer that listens. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inspect/cli/live.h"
#include "inspect/cli/session.h"
#include "inspect/cli/target.h"

typedef struct RunOptions {
    const char *trace;
    int level, clock;
    HaskellWay how;
    bool profile;
} RunOptions;

static const Option run_options[] = {
    {"trace", 0, OPTION_TEXT, offsetof(RunOptions, trace), "FILE|-|unix:PATH",
     "record: to FILE (.zst compresses), stdout, or a viewer listening at PATH"},
    {"trace-level", 0, OPTION_CHOICE, offsetof(RunOptions, level), "gc|blocks|heap|step",
     "how much is recorded (heap)"},
    {"trace-clock", 0, OPTION_CHOICE, offsetof(RunOptions, clock), "off|on",
     "off: no times in the trace, equal runs give equal bytes (on)"},
    HASKELL_WAY_OPTIONS(RunOptions),
    {"profile", 0, OPTION_FLAG, offsetof(RunOptions, profile), NULL,
     "afterwards, on stderr: functions and thunks, then the machine's instructions, how often and how long "
     "each was executed"},
    {0}};

/* Opens what --trace names. -1: done; otherwise the exit code, the reason having been said. */
static int trace_to(const Subcommand *self, const char *where, SessionConfig *s, Live *live)
{
    if (strncmp(where, "unix:", 5) == 0) {
        int fd = live_connect(where + 5);
        if (fd < 0) {
            fprintf(stderr, "thunkscope run: nobody listens at %s; start `thunkscope view %s` first\n",
                    where + 5, where);
            return STATUS_ERROR;
        }
        live_record(live, fd, false, s);
        return -1;
    }
    if (target_has_scheme(where))
        return usage_error(
            self, "--trace %s: a trace goes to a FILE, to - or to unix:PATH; a file of that name is ./%s",
            where, where);
    TraceError error;
    s->sink = sink_file(where, &error);
    if (!s->sink) fprintf(stderr, "thunkscope run: %s\n", error.text);
    /* Two streams cannot share stdout: the program's moves out of the trace's way. */
    if (strcmp(where, "-") == 0) s->out = stderr;
    return s->sink ? -1 : STATUS_ERROR;
}

/* Only the loop of a run that nobody looks at has a profile. */
static int profile_refuse(const Subcommand *self, const RunOptions *o, const SessionConfig *s)
{
    if (o->trace) return usage_error(self, "--profile and --trace exclude each other");
    if (s->rts.heap.sanity_level >= 3 || s->rts.heap.stress_period)
        return usage_error(self, "--profile excludes checks of level 3 and more (-DS) and --stress");
    return -1;
}

/* STG text is compiled and linked as it stands. */
static int way_refuse(const Subcommand *self, const RunOptions *o, const SessionConfig *s)
{
    if (haskell_is_source(s->path) || (o->how.base < 0 && o->how.level < 0)) return -1;
    return usage_error(self, "%s says how Haskell is compiled, but %s is no Haskell source",
                       o->how.level < 0 ? "--base" : "-O", s->path);
}

static int run_profiled(SessionConfig *s)
{
    s->profile = profile_new();
    if (!s->profile) {
        fprintf(stderr, "thunkscope run: no memory for a profile\n");
        return STATUS_HEAP_OVERFLOW;
    }
    int status = session_run(s);
    profile_free(s->profile);
    return status;
}

static int run(const Subcommand *self, int argc, char **argv)
{
    RunOptions o = {.level = TRACE_HEAP - TRACE_GC, .clock = 1, .how = HASKELL_WAY_NOT_SAID};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 0, &o, &line);
    if (parsed != PARSE_OK) {
        command_line_free(&line);
        return parse_status(parsed);
    }
    SessionConfig s = {.how = o.how, .level = TRACE_GC + o.level, .clock = o.clock, .out = stdout};
    Live live = {0};
    int status = session_prepare(self, &line, &s);
    if (status < 0 && target_is_named_as_trace(s.path)) {
        fprintf(stderr, "%s: is a recorded trace, no program; see `thunkscope view` and `thunkscope step`\n",
                s.path);
        status = STATUS_ERROR;
    }
    if (status < 0) status = way_refuse(self, &o, &s);
    if (status < 0 && o.trace) status = trace_to(self, o.trace, &s, &live);
    if (status < 0 && o.profile) status = profile_refuse(self, &o, &s);
    if (status < 0) status = o.profile ? run_profiled(&s) : session_run(&s);
    live_end(&live);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_run = {
    "run",
    "PROG [ARGS …]",
    "Run a program; record it if asked to",
    run_options,
    true,
    "Exit codes: the program's own; 1 error or uncaught exception, 2 usage or stack\n"
    "overflow, 251 heap overflow, 254 types that do not fit, internal error or failed\n"
    "sanity. Ctrl-C raises UserInterrupt in the program where it next allocates or waits;\n"
    "a second one ends it at once.\n",
    run};
