#include "inspect/cli/target.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "inspect/cli/options.h"

static bool ends_in(const char *path, const char *end)
{
    size_t length = strlen(path), wanted = strlen(end);
    return length >= wanted && strcmp(path + length - wanted, end) == 0;
}

bool target_is_named_as_trace(const char *path)
{
    return ends_in(path, ".jsonl") || ends_in(path, ".jsonl.zst");
}

static bool begins_as_trace(const unsigned char *bytes, size_t count)
{
    static const unsigned char zstd[] = {0x28, 0xB5, 0x2F, 0xFD};
    return count >= 4 && (memcmp(bytes, "{\"e\"", 4) == 0 || memcmp(bytes, zstd, 4) == 0);
}

static TargetKind unreadable(const char *path, const char *why)
{
    fprintf(stderr, "%s: cannot be read: %s\n", path, why);
    return TARGET_NONE;
}

TargetKind target_kind(const char *path)
{
    unsigned char bytes[4];
    struct stat status;
    if (stat(path, &status) < 0) return unreadable(path, strerror(errno));
    if (S_ISDIR(status.st_mode)) return unreadable(path, "it is a directory");
    if (!S_ISREG(status.st_mode)) return unreadable(path, "a pipe or device is not a file");
    FILE *f = fopen(path, "rb");
    if (!f) return unreadable(path, strerror(errno));
    size_t count = fread(bytes, 1, sizeof bytes, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed) return unreadable(path, strerror(errno));
    return target_is_named_as_trace(path) || begins_as_trace(bytes, count) ? TARGET_TRACE : TARGET_PROGRAM;
}

Trace *target_pass(const char *path, TraceVisitor visit, void *context)
{
    TraceError error = {0};
    if (target_kind(path) == TARGET_NONE) return NULL;
    Trace *t = trace_pass(path, visit, context, &error);
    if (!t) fprintf(stderr, "%s:%" PRIu64 ": not a trace: %s\n", path, error.line, error.text);
    return t;
}

void target_report(const char *path, const Trace *t)
{
    const TraceError *e = trace_error(t);
    if (e)
        fprintf(stderr, "%s:%" PRIu64 ": %s; what came before is used\n", path, e->line, e->text);
    else if (!trace_complete(t))
        fprintf(stderr,
                "%s:%" PRIu64 ": the trace ends without saying how the run ended; what it holds is used\n",
                path, trace_count(t));
}

Trace *target_trace(const char *path)
{
    Trace *t = target_pass(path, NULL, NULL);
    if (t) target_report(path, t);
    return t;
}

int target_status(const char *path, const Trace *t, const Playback *p)
{
    const TraceError *e =
        playback_error(p); /* its line is an event's number; every line is an event, from 0 */
    if (e) fprintf(stderr, "%s:%" PRIu64 ": event %" PRIu64 ": %s\n", path, e->line + 1, e->line, e->text);
    return e || (trace_error(t) && !trace_is_cut_off(t)) ? STATUS_INTERNAL : STATUS_OK;
}

bool target_has_scheme(const char *text)
{
    size_t letters = 0;
    while (isalnum((unsigned char)text[letters])) letters++;
    return letters > 0 && text[letters] == ':';
}
