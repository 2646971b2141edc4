#include "operations.h"

const Operation operations[OPERATION_COUNT] = {
#define OPERATION(name, weight) {#name, weight, operation_##name},
#include "operations.def"
#undef OPERATION
};

const Operation *operation_choose(World *w)
{
    uint32_t all = 0;
    for (int i = 0; i < OPERATION_COUNT; i++) all += w->config.weights[i];
    uint32_t at = chance(w, all);
    int i = 0;
    while (at >= w->config.weights[i]) at -= w->config.weights[i++];
    return &operations[i];
}
