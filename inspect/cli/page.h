/* One page of the terminal stepper: a step as text. Everything that colour says, a sign or a word says too.
 */
#ifndef THUNKSCOPE_INSPECT_CLI_PAGE_H
#define THUNKSCOPE_INSPECT_CLI_PAGE_H

#include <stdio.h>

#include "inspect/cli/stepper.h"

typedef struct Page {
    FILE *out;
    bool color;
    int verbosity; /* 0: the sentence; 1: source, locals, stack and heap too; 2: the technical sentence,
                      events, all */
} Page;

/* The step at the position, with what the program has printed since the end of step `since`. */
void page_step(const Page *p, const Stepper *s, int64_t since);
/* The end of the run, or what is wrong with the trace. */
void page_end(const Page *p, const Stepper *s, int64_t since);

#endif
