/* Memory before it is touched. A page of a fresh megablock costs a fault when it is first written to, which
 * takes as long as clearing the page. Who fills block after block has the system prepare a *piece*, the
 * blocks up to the next multiple of 16, in one call; where there is no such call (before Linux 5.14), pages
 * come with their faults.
 *
 * Always true: a piece is prepared once at most after its megablock has been committed, from a block on that
 * is about to be filled. Blocks go out from the lowest on: less than a piece of a megablock has memory before
 * somebody has its blocks. */
#include "blocks/allocator.h"

#include <sys/mman.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

void block_populate(BlockDescr *block)
{
    uint16_t *pieces = &mblock_table(block)->flags;
    uint32_t index = block_index(block), piece = index >> PIECE_SHIFT;
    if (__atomic_load_n(pieces, __ATOMIC_RELAXED) >> piece & 1) return;
    if (__atomic_fetch_or(pieces, (uint16_t)(1u << piece), __ATOMIC_RELAXED) >> piece & 1) return;
    size_t blocks = ((piece + 1) << PIECE_SHIFT) - index;
    madvise(block->start, blocks << BLOCK_SHIFT, MADV_POPULATE_WRITE);
}
