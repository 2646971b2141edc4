/* thunkscope check: a program with every check on, or a trace proved consistent: read, legality, playback of
 * every event, digests. */
#include <inttypes.h>
#include <string.h>

#include "gc/invariants.h"
#include "inspect/cli/session.h"
#include "inspect/cli/target.h"

typedef struct CheckOptions {
    bool invariants;
} CheckOptions;

static const Option check_options[] = {
    {"invariants", 0, OPTION_FLAG, offsetof(CheckOptions, invariants), NULL,
     "print the invariants, by number, and what is known to fire each of them"},
    {0}};

/* -DS: the heap's invariants at every collection, unless the flags say more exactly. */
static int check_program(const Subcommand *self, const CommandLine *line)
{
    SessionConfig s = {.level = TRACE_STEP, .clock = true, .out = stdout};
    int status = session_prepare(self, line, &s);
    if (status >= 0) return status;
    rts_flags_check(&s.rts);
    s.say_checks = true;
    return session_run(&s);
}

/* What has been read is played, and forgotten; so a trace of any length is checked in memory for its heap. */
static bool play_piece(void *context, Trace *t)
{
    Playback **p = context;
    if (!*p) *p = playback_new_once(t);
    bool played = playback_seek(*p, (int64_t)trace_count(t) - 1);
    playback_forget(*p, t);
    return played;
}

static void say_consistent(const char *path, const Trace *t, const Playback *p)
{
    const Event_end *end = trace_end(t);
    printf("%s: %" PRIu64 " events, %u collections, %" PRIu64 " digests confirmed, ", path, trace_count(t),
           trace_collection_count(t), playback_digests_confirmed(p));
    if (end)
        printf("complete (%s, exit code %" PRIu64 ")\n", end->reason, end->exit);
    else
        puts("incomplete");
}

static int check_trace(const char *path)
{
    Playback *p = NULL;
    Trace *t = target_pass(path, play_piece, &p);
    if (!t) {
        playback_free(p);
        return STATUS_ERROR;
    }
    if (!playback_error(p)) target_report(path, t);
    int status = target_status(path, t, p);
    if (status == STATUS_OK) say_consistent(path, t, p);
    if (status == STATUS_OK && !trace_complete(t)) status = STATUS_ERROR;
    playback_free(p);
    trace_free(t);
    return status;
}

static int check_target(const Subcommand *self, const CommandLine *line)
{
    switch (target_kind(line->operands.at[0])) {
    case TARGET_TRACE: return check_trace(line->operands.at[0]);
    case TARGET_PROGRAM: return check_program(self, line);
    case TARGET_NONE: break;
    }
    return STATUS_ERROR;
}

static int print_invariants(void)
{
    invariants_help(stdout);
    return STATUS_OK;
}

static int check(const Subcommand *self, int argc, char **argv)
{
    CommandLine line;
    CheckOptions o = {0};
    bool asks = argc > 1 && strcmp(argv[1], "--invariants") == 0;
    ParseResult parsed = command_line_parse(self, argc, argv, asks ? 0 : 1, &o, &line);
    int status = parse_status(parsed);
    if (parsed == PARSE_OK) status = o.invariants ? print_invariants() : check_target(self, &line);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_check = {
    "check",
    "PROG|TRACE [ARGS …]",
    "Run a program with every check on, or prove a recorded trace consistent",
    check_options,
    true,
    "A program runs with -DS: the invariants of heap, stacks and blocks at every collection, and at a\n"
    "last one when it ends; with +RTS --stress=1 a collection comes at every heap check. What was\n"
    "checked, and how much, is said on stderr. Exit code 254: a check failed, or the trace contradicts\n"
    "itself; 1: it is only incomplete; 0: it is whole, be it of a run that failed, which is said. Else\n"
    "the exit code is the program's own.\n",
    check};
