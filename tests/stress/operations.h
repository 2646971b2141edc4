/* What the mutator can do: a row of operations.def each. */
#ifndef THUNKSCOPE_TESTS_STRESS_OPERATIONS_H
#define THUNKSCOPE_TESTS_STRESS_OPERATIONS_H

#include "world.h"

typedef struct Operation {
    const char *name;
    uint32_t weight;
    void (*run)(World *w);
} Operation;

enum {
#define OPERATION(name, weight) OPERATION_##name,
#include "operations.def"
#undef OPERATION
    OPERATION_COUNT
};
extern const Operation operations[OPERATION_COUNT];

#define OPERATION(name, weight) void operation_##name(World *w);
#include "operations.def"
#undef OPERATION

/* By chance, as often as the weights of the world's configuration say. */
const Operation *operation_choose(World *w);

#endif
