/* Crashes: a fault for which no guard has a story ends as a panic, with what can be told of it. */
#ifndef THUNKSCOPE_INSPECT_CLI_CRASH_H
#define THUNKSCOPE_INSPECT_CLI_CRASH_H

#include "gc/heap.h"

/* Who tells of faults: AddressSanitizer, which tells more, or we. */
#ifdef __SANITIZE_ADDRESS__
enum { FAULTS_ARE_THE_SANITIZERS = 1 };
#else
enum { FAULTS_ARE_THE_SANITIZERS = 0 };
#endif

/* From now on faults of this process are told. Before heap_new, whose guard is asked first. */
void crash_watch(void);
/* The heap of which is told in which collection it was; NULL: there is none any more. */
void crash_watch_heap(const Heap *heap);

#endif
