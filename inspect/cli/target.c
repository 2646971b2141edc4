#include "inspect/cli/target.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool begins_as_trace(const unsigned char *bytes, size_t count)
{
    static const unsigned char zstd[] = {0x28, 0xB5, 0x2F, 0xFD};
    return count >= 4 && (memcmp(bytes, "{\"e\"", 4) == 0 || memcmp(bytes, zstd, 4) == 0);
}

TargetKind target_kind(const char *path)
{
    unsigned char bytes[4];
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be opened: %s\n", path, strerror(errno));
        return TARGET_NONE;
    }
    size_t count = fread(bytes, 1, sizeof bytes, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed) fprintf(stderr, "%s: cannot be read; is it a file?\n", path);
    if (failed) return TARGET_NONE;
    return begins_as_trace(bytes, count) ? TARGET_TRACE : TARGET_PROGRAM;
}

Trace *target_trace(const char *path)
{
    TraceError error = {0};
    Trace *t = trace_open(path, &error);
    if (!t) fprintf(stderr, "%s: %s\n", path, error.text);
    return t;
}
