/* `+RTS --block-report`: who has the blocks, at two moments. When a run ends little of what it needed is
 * alive; so it is told beforehand how the heap was when it was fullest: after the major collection that left
 * most blocks in use, which is the one before a heap overflow, if there was any. How much of the blocks is
 * alive can be told of that moment alone. */
#ifndef THUNKSCOPE_INSPECT_CLI_BLOCK_REPORTS_H
#define THUNKSCOPE_INSPECT_CLI_BLOCK_REPORTS_H

#include "gc/heap.h"
#include "inspect/cli/rts_flags.h"

typedef struct BlockReports {
    const RtsFlags *flags;
    FILE *out;            /* NULL: none is wanted */
    char *fullest;        /* the report of that moment; NULL: no major collection yet */
    size_t fullest_bytes; /* its length */
    size_t most_blocks;   /* in use then */
} BlockReports;

/* False: the file cannot be written; it has been said. */
bool block_reports_open(BlockReports *r, const RtsFlags *flags);
/* A collection has ended. */
void block_reports_collected(BlockReports *r, Heap *heap, const GcStats *g);
/* Writes both reports; heap NULL: there has been none. False: something could not be written; it has been
 * said. */
bool block_reports_close(BlockReports *r, Heap *heap);

#endif
