/* The source `reserve`: one large range of address space without memory; committing gives megablocks of it
 * memory, decommitting takes it away again and makes them inaccessible.
 *
 * Follows: GHC, rts/posix/OSMem.c (the two-step allocator). */
#include "blocks/source_private.h"

#include <sys/mman.h>

static void *reserve_commit(BlockSource *source, size_t mblocks)
{
    MblockRange *range = source->state;
    source->requests++;
    void *run = mblock_range_take(range, mblocks);
    if (run && mprotect(run, mblocks * MBLOCK_SIZE, PROT_READ | PROT_WRITE) != 0) {
        mblock_range_give(range, run, mblocks);
        return NULL;
    }
    return run;
}

static void reserve_decommit(BlockSource *source, void *run, size_t mblocks)
{
    madvise(run, mblocks * MBLOCK_SIZE, MADV_DONTNEED);
    mprotect(run, mblocks * MBLOCK_SIZE, PROT_NONE);
    mblock_range_give(source->state, run, mblocks);
}

static bool reserve_fill(MblockRange *range, void *context)
{
    (void)context;
    return mblock_range_reserve(range);
}

BlockSource *block_source_reserve(void)
{
    return source_over_range(reserve_fill, NULL,
                             (BlockSource){.name = "reserve",
                                           .inaccessible = true,
                                           .commit = reserve_commit,
                                           .decommit = reserve_decommit,
                                           .close = source_range_close});
}
