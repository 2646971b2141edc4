/* What a run tells about its collections: `+RTS -s -S -t`, each with its FILE, and `--gc-json`; and of
 * blocks.
 *
 * The texts are gc/report.h's. The JSON is one object, written as the run goes: rows of collections first, so
 * that memory stays bounded however many there are; on stderr it appears at the end, in one piece. Its keys
 * and their order are gc/collection.def's and gc/totals.def's, and README.md's. */
#ifndef THUNKSCOPE_INSPECT_CLI_GC_REPORT_H
#define THUNKSCOPE_INSPECT_CLI_GC_REPORT_H

#include "gc/report.h"
#include "inspect/cli/block_reports.h"
#include "inspect/cli/rts_flags.h"

typedef struct GcReport {
    const RtsFlags *flags;
    Heap *heap;
    CollectionReport text; /* out NULL: none */
    FILE *json;            /* NULL: none */
    bool rows;             /* a row of the JSON has been written */
    BlockReports blocks;
} GcReport;

/* Opens what the flags name. False: a file cannot be written; it has been said. `path` and `args` are the
 * program's, for the first line of a file. */
bool gc_report_open(GcReport *r, const RtsFlags *flags, const char *path, int arg_count, char *const *args);
/* The heap has been made; `begin` is when the run began, on the clocks of GcStats. */
void gc_report_watch(GcReport *r, Heap *heap, ReportTime begin);
/* Somebody wants to know of collections. */
bool gc_report_wanted(const GcReport *r);
/* Prints what is printed at the end, and closes. False: something could not be written; it has been said. */
bool gc_report_close(GcReport *r, const char *program, const RunTimes *times);

#endif
