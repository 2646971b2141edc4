/* What a command is pointed at: a program to run, or a trace to read; told apart by what the file begins with
 * or how its name ends. */
#ifndef THUNKSCOPE_INSPECT_CLI_TARGET_H
#define THUNKSCOPE_INSPECT_CLI_TARGET_H

#include "inspect/model.h"
#include "traces/playback.h"

typedef enum TargetKind { TARGET_NONE, TARGET_PROGRAM, TARGET_TRACE } TargetKind;
/* TARGET_NONE: it cannot be read; said on stderr. */
TargetKind target_kind(const char *path);
/* NULL: it cannot be read or is no trace; said on stderr, as is what is wrong inside: what came before that
 * is to be used. */
Trace *target_trace(const char *path);
/* The same, piece by piece (trace_pass); what is wrong inside is said by target_report. */
Trace *target_pass(const char *path, TraceVisitor visit, void *context);
void target_report(const char *path, const Trace *t);
/* STATUS_OK: all is well, or the trace is only cut off. STATUS_INTERNAL: it contradicts itself, in what was
 * read or in what was played; the latter is said on stderr. */
int target_status(const char *path, const Trace *t, const Playback *p);
bool target_is_named_as_trace(const char *path);
/* Whether it looks like `tcp:80`. */
bool target_has_scheme(const char *text);

#endif
