/* What is read is printed as text that is read as the same. */
#ifndef THUNKSCOPE_TESTS_FUZZ_PRINTING_H
#define THUNKSCOPE_TESTS_FUZZ_PRINTING_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As the formatter prints what has been read, not checked; to be freed by the caller. NULL: it is not read,
 * and why has been printed where nobody looks. */
static inline char *read_and_printed(const char *text, size_t size)
{
    Program *p = program_new();
    char *printed = NULL;
    if (stg_parse(p, "input.stg", text, size)) {
        printed = program_format(p);
    } else {
        FILE *nowhere = fopen("/dev/null", "w");
        program_print_diagnoses(p, nowhere);
        fclose(nowhere);
    }
    program_free(p);
    return printed;
}

static inline void need_same(const char *once, const char *twice)
{
    if (twice && strcmp(once, twice) == 0) return;
    fprintf(stderr, "%s\n---- is printed as\n%s\n", once, twice ? twice : "nothing");
    abort();
}

static inline void need_stable_printing(const char *text, size_t size)
{
    char *once = read_and_printed(text, size);
    if (!once) return;
    char *twice = read_and_printed(once, strlen(once));
    need_same(once, twice);
    free(once);
    free(twice);
}

#endif
