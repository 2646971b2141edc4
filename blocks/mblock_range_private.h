/* A range of address space, aligned to megablocks, and which of its megablocks are in use: what the sources
 * with a range share, and `malloc` for each of its pieces.
 *
 * Always true: a run is taken at the lowest address where it fits, so that equal requests get equal places;
 * no megablock below `lowest` is unused. */
#ifndef THUNKSCOPE_BLOCKS_MBLOCK_RANGE_PRIVATE_H
#define THUNKSCOPE_BLOCKS_MBLOCK_RANGE_PRIVATE_H

#include "blocks/word.h"

typedef struct MblockRange {
    char *base;
    size_t mblocks, lowest;
    uint8_t *used;
    void *mapping; /* what mblock_range_map mapped; NULL if the memory is somebody else's */
    size_t mapping_bytes;
} MblockRange;

/* A range over memory that the caller owns: the whole megablocks in it. False if there is none. */
bool mblock_range_over(MblockRange *range, void *memory, size_t bytes);
/* A range over a new private mapping with this protection, at the same address in every run if it can be. */
bool mblock_range_map(MblockRange *range, size_t bytes, int protection);
/* As much address space without memory as there is, up to 1 TiB. A process whose address space is limited
 * (ulimit -v, valgrind) keeps at least a third of it for everything else. */
bool mblock_range_reserve(MblockRange *range);
void mblock_range_free(MblockRange *range);

bool mblock_range_is_unused(const MblockRange *range, const void *run, size_t mblocks);
void *mblock_range_take(MblockRange *range, size_t mblocks); /* NULL if no run is long enough */
void mblock_range_give(MblockRange *range, void *run, size_t mblocks);

#endif
