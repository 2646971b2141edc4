/* The same as fuzz_parser, where each line of the input stands as an expression: names, literals and
 * comments, without the grammar that would keep others from being met. */
#include "tests/fuzz/printing.h"

static void write_definition(FILE *out, unsigned number, const char *line, size_t length)
{
    fprintf(out, "a%u = \\r [s:V] ", number);
    fwrite(line, 1, length, out);
    fputs("\n;\n", out);
}

/* A program of so many lines; answers where the rest begins. */
static const char *need_lines(const char *at, const char *last, unsigned most)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (unsigned number = 0; at < last && number < most; number++) {
        const char *newline = memchr(at, '\n', (size_t)(last - at));
        const char *end_of_line = newline ? newline : last;
        write_definition(out, number, at, (size_t)(end_of_line - at));
        at = newline ? newline + 1 : last;
    }
    fclose(out);
    need_stable_printing(text, size);
    free(text);
    return at;
}

/* All lines in one program, and the first of them in programs of their own, for an error spoils the rest. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data, *last = at + size;
    need_lines(at, last, UINT32_MAX);
    for (int i = 0; i < 4 && at < last; i++) at = need_lines(at, last, 1);
    return 0;
}
