/* Other programs, run to their end. */
#ifndef THUNKSCOPE_INSPECT_CLI_PROCESS_H
#define THUNKSCOPE_INSPECT_CLI_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* Runs words[0], looked for in PATH, in `folder` (NULL: here); words end with NULL. What it prints on stdout
 * goes to stderr. Its exit code; 128 and the number of the signal that ended it; 127 if it could not be
 * started. */
int process_run(const char *const *words, const char *folder);
/* The same; the end of what it prints stands in `said`, too. */
int process_run_heard(const char *const *words, char *said, size_t size);
/* Its stdout, up to `size` - 1 bytes, and the end of its stderr, which is not shown; both without the newline
 * at the end. Its exit code, as above. */
int process_output(const char *const *words, char *out, size_t size, char *said, size_t said_size);

#endif
