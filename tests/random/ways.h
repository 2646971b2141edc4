/* The ways in which a seed has the machine run a program: heap, collector, loop, black holes. */
#ifndef THUNKSCOPE_TESTS_WAYS_H
#define THUNKSCOPE_TESTS_WAYS_H

#include <stdio.h>

#include "eval/machine.h"

typedef struct Way {
    char flags[700]; /* of the heap, separated by spaces */
    bool lazy, no_squeezing;
    bool is_typed; /* the machine is told that types fit */
    const volatile sig_atomic_t *interrupted;
    bool watched; /* an observer counts what is evaluated */
} Way;

typedef struct Ran {
    RunStatus status;
    int exit_code;
    char *out; /* on either descriptor; the caller's to free */
    size_t length;
    uint64_t evaluations; /* of a way that is watched */
    uint32_t collections;
} Ran;

/* more: flags that come last. eager: thunks are to become black holes when they are entered. */
Way way_choose(uint64_t seed, uint32_t number, const char *more, bool eager);
void way_print(const Way *way, FILE *out);
/* Each thunk that is evaluated is entered by the machine, so that what an observer counts is what the
 * reference does. */
bool way_counts(const Way *way);
/* False: there is no machine; `why` says the reason. listing: the code, unless NULL. */
bool way_run(const Way *way, const Program *p, Ran *ran, FILE *listing, char *why, size_t size);

#endif
