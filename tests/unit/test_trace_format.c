/* FORMAT.md and schema.json are what the table of events says now. To renew them:
 * THUNKSCOPE_RENEW=1 test_trace_format */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traces/format_doc.h"

static char *whole_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *copy = open_memstream(&text, &size);
    for (int c; (c = fgetc(file)) != EOF;) fputc(c, copy);
    fclose(copy);
    fclose(file);
    return text;
}

static void expect_current(const char *path, void (*print)(FILE *out))
{
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);
    print(out);
    fclose(out);
    if (getenv("THUNKSCOPE_RENEW")) {
        FILE *file = fopen(path, "wb");
        fputs(made, file);
        fclose(file);
    }
    char *kept = whole_file(path);
    cr_assert(kept && strcmp(kept, made) == 0, "%s is not what traces/format_doc.c prints", path);
    free(kept);
    free(made);
}

Test(trace_format, page_is_current)
{
    expect_current(THUNKSCOPE_SOURCE_DIR "/traces/FORMAT.md", trace_print_format);
}

Test(trace_format, schema_is_current)
{
    expect_current(THUNKSCOPE_SOURCE_DIR "/traces/schema.json", trace_print_schema);
}
