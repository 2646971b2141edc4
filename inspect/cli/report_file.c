#include "inspect/cli/report_file.h"

#include <errno.h>
#include <string.h>

bool report_file_is_stderr(const char *where) { return strcmp(where, "stderr") == 0; }

FILE *report_file_open(const char *where)
{
    FILE *out = report_file_is_stderr(where) ? stderr : fopen(where, "w");
    if (!out) fprintf(stderr, "thunkscope: cannot write the report to %s: %s\n", where, strerror(errno));
    return out;
}

/* stderr stays open, and what is lost there cannot be said. */
bool report_file_close(FILE *out, const char *where)
{
    if (!out || out == stderr) return true;
    bool lost_before = ferror(out), closed = fclose(out) == 0;
    if (closed && !lost_before) return true;
    fprintf(stderr, "thunkscope: the report could not be written to %s: %s\n", where,
            closed ? "not all of it; was the disk full?" : strerror(errno));
    return false;
}
