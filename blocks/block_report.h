/* Who has the blocks, how free memory is cut up, who keeps a megablock from being given back, and how much of
 * what is in use is alive. */
#ifndef THUNKSCOPE_BLOCKS_BLOCK_REPORT_H
#define THUNKSCOPE_BLOCKS_BLOCK_REPORT_H

#include "blocks/block.h"

typedef struct BlockReportForm {
    bool json;        /* one object on a line of its own; else text */
    const char *when; /* the heap was like that, in words */
    /* Words of the group that are alive, or BLOCK_LIVE_UNKNOWN. NULL: nobody has looked. */
    size_t (*live_words)(void *context, const BlockDescr *group);
    /* Its index-th object that is alive, and who holds it, in words of at most `size` bytes; false: it has no
     * more. */
    bool (*live_object)(void *context, const BlockDescr *group, size_t index, char *out, size_t size);
    void *context;
} BlockReportForm;
#define BLOCK_LIVE_UNKNOWN SIZE_MAX

/* Writes the report. Changes nothing. */
void block_report(BlockAllocator *a, FILE *out, const BlockReportForm *form);

#endif
