/* The format as text, made from events.def: traces/FORMAT.md and traces/schema.json are what these print. */
#ifndef THUNKSCOPE_TRACES_FORMAT_DOC_H
#define THUNKSCOPE_TRACES_FORMAT_DOC_H

#include <stdio.h>

void trace_print_format(FILE *out);
void trace_print_schema(FILE *out);

#endif
