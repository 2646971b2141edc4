/* What `+RTS -s -S -t` print: GHC 9.0's layouts, to the column, so that scripts that read them read ours.
 * What GHC does not tell comes behind what it does, under names of its own.
 *
 * One departure: GHC 9.0.2 divides whole numbers where it prints `%GC time`, and gc_cpu_percent and
 * gc_wall_percent in the list, and so prints 0; here stand the shares.
 *
 * Follows: GHC, rts/Stats.c. */
#ifndef THUNKSCOPE_GC_REPORT_H
#define THUNKSCOPE_GC_REPORT_H

#include "blocks/block_report.h"
#include "gc/heap.h"

typedef struct ReportTime {
    uint64_t cpu, elapsed; /* ns */
} ReportTime;

/* Of a run, by who has the clock; the time of collections is the heap's own. In a heap without a clock all
 * are taken to be 0. */
typedef struct RunTimes {
    ReportTime init, exit, total;
} RunTimes;

/* -s: the summary; below it pauses, utilisation, reasons, phases, promotion, remembered sets, survival. */
void report_summary(Heap *heap, FILE *out, const RunTimes *times);
/* -t: one line. */
void report_line(Heap *heap, FILE *out, const RunTimes *times);
/* -t --machine-readable: a list of pairs of texts, as Haskell reads it; keys of ours begin with thunkscope_.
 */
void report_pairs(Heap *heap, FILE *out, const RunTimes *times);

/* -S: a line for each collection. `details`: the line goes on with what GHC does not tell. */
typedef struct CollectionReport {
    FILE *out;
    ReportTime begin; /* of the run, on the clocks of GcStats */
    bool details;
} CollectionReport;
void report_collections_begin(const CollectionReport *r);
/* A CollectionListener: context is the CollectionReport. */
void report_collection(void *context, const GcStats *stats);
void report_collections_end(const CollectionReport *r, Heap *heap);

/* What sanity checks have looked at so far, one line that begins with `before`. Nothing at level 0. */
void report_checks(const Heap *heap, FILE *out, const char *before);

/* Who has the heap's blocks, and how much of them is alive, which a search from the roots finds out; it takes
 * memory in proportion to the heap. Only when a major collection has just ended: objects tile their blocks
 * then, whoever the mutator is. */
void report_blocks_alive(Heap *heap, FILE *out, BlockReportForm form);

#endif
