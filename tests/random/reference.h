/* The naive evaluator: walks the checked tree, with environments that are lists, objects on the C heap that
 * nobody collects, and call by need. It shares the front end with the machine, and nothing behind it: no
 * code, no frames, no layout of objects, no arithmetic.
 *
 * Every value carries its representation, and what does not fit is found (REFERENCE_ILL_TYPED): the machine
 * may be given only programs that this has run. */
#ifndef THUNKSCOPE_TESTS_REFERENCE_H
#define THUNKSCOPE_TESTS_REFERENCE_H

#include "eval/primops.h"

typedef enum ReferenceEnd {
    REFERENCE_ENDED,    /* by itself, or by exit# */
    REFERENCE_UNCAUGHT, /* an exception left the top handler */
    REFERENCE_TOO_LONG, /* more steps than allowed, or evaluations that nest too deep */
    REFERENCE_ILL_TYPED /* see why */
} ReferenceEnd;

typedef enum Construct {
#define CONSTRUCT(name, sentence) CONSTRUCT_##name,
#include "tests/random/constructs.def"
#undef CONSTRUCT
    CONSTRUCT_COUNT
} Construct;

typedef struct Coverage {
    uint64_t constructs[CONSTRUCT_COUNT], primitives[PRIM_COUNT];
} Coverage;

typedef struct Reference {
    ReferenceEnd end;
    int exit_code;
    uint64_t steps;
    uint64_t evaluations; /* of updatable thunks and CAFs: each at most once */
    bool loops;           /* a thunk has asked for itself */
    char *out;            /* what it wrote, on either descriptor; the caller's to free */
    size_t length;
    char why[200];
} Reference;

/* Runs `topHandler main`. coverage: is added to. */
Reference reference_run(const Program *p, uint64_t most_steps, Coverage *coverage);

#endif
