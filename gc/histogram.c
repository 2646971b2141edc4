#include "gc/histogram.h"

/* Where the value's power of two begins: how many low bits its step does not tell apart. */
static unsigned value_shift(uint64_t value)
{
    if (value < HISTOGRAM_STEPS) return 0;
    return 63u - (unsigned)__builtin_clzll(value) - HISTOGRAM_STEP_BITS;
}

static unsigned step_of(uint64_t value)
{
    if (value < HISTOGRAM_STEPS) return (unsigned)value;
    unsigned shift = value_shift(value);
    return shift * HISTOGRAM_STEPS + (unsigned)(value >> shift);
}

static uint64_t step_middle(unsigned step)
{
    if (step < 2 * HISTOGRAM_STEPS) return step;
    unsigned shift = step / HISTOGRAM_STEPS - 1;
    uint64_t first = (uint64_t)(step - shift * HISTOGRAM_STEPS) << shift;
    return first + (((uint64_t)1 << shift) - 1) / 2;
}

void histogram_add(Histogram *h, uint64_t value)
{
    if (h->count == 0 || value < h->least) h->least = value;
    if (value > h->greatest) h->greatest = value;
    h->count++;
    h->steps[step_of(value)]++;
}

static uint64_t within(const Histogram *h, uint64_t value)
{
    if (value < h->least) return h->least;
    return value > h->greatest ? h->greatest : value;
}

uint64_t histogram_percentile(const Histogram *h, uint32_t per_mille)
{
    uint64_t rank = (h->count * per_mille + 999) / 1000, seen = 0;
    if (h->count == 0) return 0;
    if (rank >= h->count) return h->greatest;
    for (unsigned step = 0; step < HISTOGRAM_SIZE; step++) {
        seen += h->steps[step];
        if (seen >= rank) return within(h, step_middle(step));
    }
    return h->greatest;
}
