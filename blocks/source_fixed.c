/* The source `fixed`: one piece of memory, the caller's or its own, that neither grows nor goes away. What is
 * given back of its own is without memory until it is taken again. */
#include "blocks/source_private.h"

#include <sys/mman.h>

static void *fixed_commit(BlockSource *source, size_t mblocks)
{
    source->requests++;
    return mblock_range_take(source->state, mblocks);
}

static void fixed_decommit(BlockSource *source, void *run, size_t mblocks)
{
    MblockRange *range = source->state;
    if (range->mapping) madvise(run, mblocks * MBLOCK_SIZE, MADV_DONTNEED);
    mblock_range_give(range, run, mblocks);
}

typedef struct FixedMemory {
    void *buffer;
    size_t bytes;
} FixedMemory;

static bool fixed_fill(MblockRange *range, void *context)
{
    const FixedMemory *memory = context;
    return memory->buffer ? mblock_range_over(range, memory->buffer, memory->bytes)
                          : mblock_range_map(range, memory->bytes, PROT_READ | PROT_WRITE);
}

BlockSource *block_source_fixed(void *buffer, size_t bytes)
{
    return source_over_range(fixed_fill, &(FixedMemory){buffer, bytes},
                             (BlockSource){.name = "fixed",
                                           .commit = fixed_commit,
                                           .decommit = fixed_decommit,
                                           .close = source_range_close});
}
