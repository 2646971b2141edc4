/* Who has the blocks, how free memory is cut up, and who keeps a megablock from being given back. */
#ifndef THUNKSCOPE_BLOCKS_BLOCK_REPORT_H
#define THUNKSCOPE_BLOCKS_BLOCK_REPORT_H

#include "blocks/block.h"

/* Writes the report: as text, or as one object of JSON on a line of its own. Changes nothing. */
void block_report(BlockAllocator *a, FILE *out, bool json);

#endif
