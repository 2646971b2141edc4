/* The source `reserve`: one large range of address space without memory; committing gives megablocks of it
 * memory, decommitting takes it away again and makes them inaccessible.
 *
 * Follows: GHC, rts/posix/OSMem.c (the two-step allocator). */
#include "blocks/mblock_range_private.h"
#include "blocks/source.h"

#include <stdlib.h>
#include <sys/mman.h>

/* A process whose address space is limited (ulimit -v, valgrind) gets the largest half, quarter... that fits.
 */
static const size_t largest_reserve = (size_t)1 << 40;
static const size_t smallest_reserve = (size_t)16 << MBLOCK_SHIFT;

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

static void reserve_close(BlockSource *source)
{
    mblock_range_free(source->state);
    free(source->state);
    free(source);
}

static bool reserve_address_space(MblockRange *range)
{
    for (size_t bytes = largest_reserve; bytes >= smallest_reserve; bytes /= 2)
        if (mblock_range_map(range, bytes, PROT_NONE)) return true;
    return false;
}

BlockSource *block_source_reserve(void)
{
    BlockSource *source = malloc(sizeof *source);
    MblockRange *range = malloc(sizeof *range);
    if (!source || !range || !reserve_address_space(range)) {
        free(source);
        free(range);
        return NULL;
    }
    *source = (BlockSource){.name = "reserve",
                            .state = range,
                            .base = range->base,
                            .inaccessible = true,
                            .commit = reserve_commit,
                            .decommit = reserve_decommit,
                            .close = reserve_close};
    return source;
}
