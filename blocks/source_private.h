/* What the sources share. */
#ifndef THUNKSCOPE_BLOCKS_SOURCE_PRIVATE_H
#define THUNKSCOPE_BLOCKS_SOURCE_PRIVATE_H

#include "blocks/mblock_range_private.h"
#include "blocks/source.h"

/* A source that begins as the model. If there is no memory for it, or no state, the state is freed: NULL. */
BlockSource *source_new(void *state, BlockSource model);
/* A source over a range that `fill` fills, whose base is the source's: NULL if fill answers false. */
BlockSource *source_over_range(bool (*fill)(MblockRange *range, void *context), void *context,
                               BlockSource model);
/* The close of such a source. */
void source_range_close(BlockSource *source);

#endif
