/* No text crashes the checker or the formatter; what they accept, the formatter prints as text
 * that they accept too, and that is printed the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_readable(const char *text, size_t size)
{
    Program *p = program_new();
    bool readable = stg_parse(p, "input.stg", text, size);
    program_free(p);
    return readable;
}

/* The program, with the library before it or without, as the formatter prints it, to be freed by the caller;
 * NULL: it is not accepted. */
static char *accepted_and_printed(const char *text, size_t size, bool with_library)
{
    Program *p = program_new();
    bool accepted =
        (!with_library || library_load(p)) && stg_parse(p, "input.stg", text, size) && stg_check(p);
    char *printed = accepted ? program_format(p) : NULL;
    program_free(p);
    return printed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!is_readable((const char *)data, size)) return 0;
    char *once = accepted_and_printed((const char *)data, size, true);
    if (!once) return 0;
    char *twice = accepted_and_printed(once, strlen(once), false); /* the library is in it */
    if (!twice || strcmp(once, twice) != 0) {
        fprintf(stderr, "%s\n---- is printed as\n%s\n", once, twice ? twice : "nothing");
        abort();
    }
    free(once);
    free(twice);
    return 0;
}
