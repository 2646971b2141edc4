/* Questions to the heap at the position, as words: what `step` and `heap` answer alike. */
#ifndef THUNKSCOPE_INSPECT_CLI_QUERY_H
#define THUNKSCOPE_INSPECT_CLI_QUERY_H

#include <stdio.h>

#include "inspect/model.h"

/* Answers "census [by=kind|info|generation]", "peek #id", "path #id", "find TEXT", "why". False: no such
 * question, or one that cannot be answered; a sentence has been printed on out. */
bool query_answer(const Model *m, const char *question, FILE *out);
/* The help lines of all questions. */
void query_help(FILE *out);

#endif
