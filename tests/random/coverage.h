/* What random programs have done, and what they have not. */
#ifndef THUNKSCOPE_TESTS_COVERAGE_H
#define THUNKSCOPE_TESTS_COVERAGE_H

#include "tests/random/reference.h"

enum { MOST_OPCODES = 512 };

/* Counts the instructions of a listing of code, in the order of eval/opcodes.def. */
void coverage_add_listing(uint64_t opcodes[MOST_OPCODES], const char *listing);
void coverage_print(const Coverage *c, const uint64_t opcodes[MOST_OPCODES]);

#endif
