/* Where a report goes: a file, or "stderr". */
#ifndef THUNKSCOPE_INSPECT_CLI_REPORT_FILE_H
#define THUNKSCOPE_INSPECT_CLI_REPORT_FILE_H

#include <stdbool.h>
#include <stdio.h>

bool report_file_is_stderr(const char *where);
/* NULL: it cannot be written; it has been said. */
FILE *report_file_open(const char *where);
/* False: something could not be written; it has been said. `out` may be NULL. */
bool report_file_close(FILE *out, const char *where);

#endif
