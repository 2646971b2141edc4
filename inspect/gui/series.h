/* Curves over the whole trace: live words and stack depth, as maxima of stretches of events; and how often
 * each line of the program allocated. Read from events alone, once, as they come. */
#ifndef THUNKSCOPE_INSPECT_GUI_SERIES_H
#define THUNKSCOPE_INSPECT_GUI_SERIES_H

#include "traces/trace.h"

typedef struct Sample {
    uint64_t live, depth; /* the greatest: words, frames */
} Sample;

typedef struct Series Series;
Series *series_new(void);
void series_free(Series *s);
/* Reads the events that are new in the trace. */
void series_update(Series *s, const Trace *t);
/* The maxima over events first to last, both included; at least of the stretch that contains first. */
Sample series_sample(const Series *s, uint64_t first, uint64_t last);
Sample series_peak(const Series *s);
/* Marks that the program or the recorder left: event numbers, in order. */
uint32_t series_mark_count(const Series *s);
uint64_t series_mark(const Series *s, uint32_t k);
/* Allocations at this line. */
uint64_t series_heat(const Series *s, uint32_t file, uint32_t line);

#endif
