/* A histogram of times in bounded memory, from which percentiles are read with an error of less than 1 %.
 *
 * Each power of two is divided into HISTOGRAM_STEPS equal steps, so that a step is at most 1/64 of the values
 * in it; a percentile is answered with the middle of its step. Count, least and greatest are exact.
 *
 * Follows: Gil Tene's HdrHistogram. */
#ifndef THUNKSCOPE_GC_HISTOGRAM_H
#define THUNKSCOPE_GC_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_STEP_BITS 6u
#define HISTOGRAM_STEPS     (1u << HISTOGRAM_STEP_BITS)
/* Values below 2^6 have a step each; then 64 steps for each power of two up to 2^64. */
#define HISTOGRAM_SIZE (HISTOGRAM_STEPS * (65u - HISTOGRAM_STEP_BITS))

/* All zero: empty. */
typedef struct Histogram {
    uint64_t count, least, greatest;
    uint32_t steps[HISTOGRAM_SIZE];
} Histogram;

void histogram_add(Histogram *h, uint64_t value);
/* The least value that at least per_mille of 1000 values do not exceed (nearest rank), per_mille 1 to 1000;
 * 0 if there are none. */
uint64_t histogram_percentile(const Histogram *h, uint32_t per_mille);

#endif
