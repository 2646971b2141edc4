/* The source `fixed`: one piece of memory, the caller's or its own, that neither grows nor goes away. */
#include "blocks/mblock_range_private.h"
#include "blocks/source.h"

#include <stdlib.h>
#include <sys/mman.h>

static void *fixed_commit(BlockSource *source, size_t mblocks)
{
    source->requests++;
    return mblock_range_take(source->state, mblocks);
}

static void fixed_decommit(BlockSource *source, void *run, size_t mblocks)
{
    mblock_range_give(source->state, run, mblocks);
}

static void fixed_close(BlockSource *source)
{
    mblock_range_free(source->state);
    free(source->state);
    free(source);
}

static bool fixed_memory(MblockRange *range, void *buffer, size_t bytes)
{
    return buffer ? mblock_range_over(range, buffer, bytes)
                  : mblock_range_map(range, bytes, PROT_READ | PROT_WRITE);
}

BlockSource *block_source_fixed(void *buffer, size_t bytes)
{
    BlockSource *source = malloc(sizeof *source);
    MblockRange *range = malloc(sizeof *range);
    if (!source || !range || !fixed_memory(range, buffer, bytes)) {
        free(source);
        free(range);
        return NULL;
    }
    *source = (BlockSource){.name = "fixed",
                            .state = range,
                            .base = range->base,
                            .commit = fixed_commit,
                            .decommit = fixed_decommit,
                            .close = fixed_close};
    return source;
}
