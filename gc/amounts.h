/* Sizes, bounded. */
#ifndef THUNKSCOPE_GC_AMOUNTS_H
#define THUNKSCOPE_GC_AMOUNTS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "blocks/block.h"

static inline size_t at_least(size_t value, size_t minimum) { return value > minimum ? value : minimum; }
static inline size_t at_most(size_t value, size_t maximum) { return value < maximum ? value : maximum; }
/* No more than a machine can hold, whatever the factor. */
static inline size_t times(double factor, size_t blocks)
{
    return (size_t)fmin((double)blocks * factor, (double)(SIZE_MAX / BLOCK_SIZE / 4));
}

#endif
