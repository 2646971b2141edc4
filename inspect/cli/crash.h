/* Crashes: a fault for which no guard has a story ends as a panic, with what can be told of it. */
#ifndef THUNKSCOPE_INSPECT_CLI_CRASH_H
#define THUNKSCOPE_INSPECT_CLI_CRASH_H

#include "gc/heap.h"

/* From now on faults of this process are told. Before heap_new, whose guard is asked first. */
void crash_watch(void);
/* The heap of which is told in which collection it was; NULL: there is none any more. */
void crash_watch_heap(const Heap *heap);

#endif
