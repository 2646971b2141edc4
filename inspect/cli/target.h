/* What a command is pointed at: a program to run, or a trace to read; told apart by what the file begins
 * with. */
#ifndef THUNKSCOPE_INSPECT_CLI_TARGET_H
#define THUNKSCOPE_INSPECT_CLI_TARGET_H

#include "inspect/model.h"

typedef enum TargetKind { TARGET_NONE, TARGET_PROGRAM, TARGET_TRACE } TargetKind;
/* TARGET_NONE: it cannot be read; said on stderr. */
TargetKind target_kind(const char *path);
/* NULL: it cannot be read; said on stderr. What is wrong inside is the model's to tell. */
Trace *target_trace(const char *path);

#endif
