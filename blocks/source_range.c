/* What the sources share: their beginning, and the end of those with a range. */
#include "blocks/source_private.h"

#include <stdlib.h>

BlockSource *source_new(void *state, BlockSource model)
{
    BlockSource *source = state ? malloc(sizeof *source) : NULL;
    if (!source) {
        free(state);
        return NULL;
    }
    *source = model;
    source->state = state;
    return source;
}

BlockSource *source_over_range(bool (*fill)(MblockRange *range, void *context), void *context,
                               BlockSource model)
{
    BlockSource *source = source_new(malloc(sizeof(MblockRange)), model);
    if (!source) return NULL;
    MblockRange *range = source->state;
    if (!fill(range, context)) {
        free(range);
        free(source);
        return NULL;
    }
    source->base = range->base;
    source->mblocks = range->mblocks;
    return source;
}

void source_range_close(BlockSource *source)
{
    mblock_range_free(source->state);
    free(source->state);
    free(source);
}
