/* thunkscope heap: one question to the heap at one event of a trace. */
#include <stdlib.h>
#include <string.h>

#include "inspect/cli/options.h"
#include "inspect/cli/query.h"
#include "inspect/cli/target.h"

typedef struct HeapOptions {
    const char *at;
} HeapOptions;

static const Option heap_options[] = {
    {"at", 0, OPTION_TEXT, offsetof(HeapOptions, at), "N|step:N|gc:N|end",
     "event N; the end of step N; the end of collection N, from 1; default end"},
    {0}};

/* The event that --at names; -2: none. */
static int64_t wanted_event(const Model *m, const char *at)
{
    const Trace *t = model_trace(m);
    int64_t last = (int64_t)trace_count(t) - 1;
    char *end;
    if (!at || strcmp(at, "end") == 0) return last;
    const char *colon = strchr(at, ':'), *digits = colon ? colon + 1 : at;
    int64_t n = strtoll(digits, &end, 10);
    if (end == digits || *end || n < 0) return -2;
    if (!colon) return n <= last ? n : -2;
    if (strncmp(at, "step:", 5) == 0) return n < (int64_t)model_step_count(m) ? model_step_last(m, n) : -2;
    bool known = strncmp(at, "gc:", 3) == 0 && n >= 1 && n <= trace_collection_count(t);
    uint64_t gc_end = known ? trace_collection(t, (uint32_t)(n - 1)).end : 0;
    return gc_end ? (int64_t)gc_end : -2;
}

static void join(const Words *words, char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    for (int k = 1; k < words->count && used < size; k++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", k > 1 ? " " : "", words->at[k]);
}

static int ask(const Subcommand *self, const char *path, Model *m, const char *at, const char *question)
{
    int64_t n = wanted_event(m, at);
    if (n < -1) return usage_error(self, "--at %s: the trace has no such place", at);
    model_seek(m, n);
    bool whole = target_status(path, model_trace(m), model_playback(m)) == STATUS_OK;
    bool answered = query_answer(m, question, stdout);
    return whole && answered ? STATUS_OK : STATUS_ERROR;
}

static int heap_target(const Subcommand *self, const CommandLine *line, const char *at)
{
    char question[256];
    join(&line->operands, question, sizeof question);
    Trace *t = target_trace(line->operands.at[0]);
    if (!t) return STATUS_ERROR;
    Model *m = model_new(t);
    int status = ask(self, line->operands.at[0], m, at, question);
    model_free(m);
    trace_free(t);
    return status;
}

static int heap(const Subcommand *self, int argc, char **argv)
{
    HeapOptions o = {0};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 2, &o, &line);
    int status = parsed == PARSE_OK ? heap_target(self, &line, o.at) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_heap = {
    "heap",
    "TRACE census|peek|path|find|why …",
    "Ask for the heap at an event of a trace",
    heap_options,
    false,
    "Questions:\n"
    "  census [by=kind|info|generation]   how many objects and words, by what\n"
    "  peek #id                           an object and what happened to it\n"
    "  path #id                           what keeps it alive\n"
    "  find TEXT                          by name, kind:thunk, gen:1\n"
    "  why                                the chain of demand\n",
    heap};
