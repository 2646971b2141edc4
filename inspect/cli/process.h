/* Other programs, run to their end. */
#ifndef THUNKSCOPE_INSPECT_CLI_PROCESS_H
#define THUNKSCOPE_INSPECT_CLI_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* Runs words[0], looked for in PATH, in `folder` (NULL: here); words end with NULL. What it prints on stdout
 * goes to stderr. Its exit code; 128 and the number of the signal that ended it; 127 if it could not be
 * started. */
int process_run(const char *const *words, const char *folder);
/* Its stdout, up to `size` - 1 bytes, without the newline at the end; what it says on stderr is lost. False:
 * it failed. */
bool process_output(const char *const *words, char *out, size_t size);

#endif
