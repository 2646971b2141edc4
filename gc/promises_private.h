/* A collector's functions, called by who does not believe that they keep their promises (gc/collector.h). For
 * gc/ alone. A broken one is a panic. */
#ifndef THUNKSCOPE_GC_PROMISES_PRIVATE_H
#define THUNKSCOPE_GC_PROMISES_PRIVATE_H

#include "gc/collection.h"

/* GcCollector.worst_case_blocks: a number that sums can be made with. */
size_t promised_worst_case(const HeapState *h, const GcCollector *collector, uint32_t collected);
/* The same, when all has been kept: copying has taken no more. */
void promised_blocks_sufficed(const Collection *c);
/* GcCollector.instead: there is room where it says so. */
HeapStatus promised_instead(HeapState *h, const GcCollector *collector, GcReason reason);
/* GcCollector.survivor: what it answers outlives the collection. */
Closure *promised_survivor(Collection *c, Closure *object);

#endif
