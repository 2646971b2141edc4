/* Inside the allocator: for the block layer itself and for tests that look inside or corrupt it. Nobody else.
 *
 * Free groups of up to 251 blocks are the placement's (blocks/placement.h). Free megagroups are in `mega`, in
 * order of number, linked as blocks/free_list.h says, and in directory.free_megas by number. Groups that have
 * an owner are on no list of these.
 *
 * A free group has owner OWNER_FREE and free == BLOCK_FREE; its head has its block count and, if it is not a
 * megagroup, its last descriptor leads back to the head. What lies between is stale. */
#ifndef THUNKSCOPE_BLOCKS_ALLOCATOR_H
#define THUNKSCOPE_BLOCKS_ALLOCATOR_H

#include "blocks/block.h"
#include "blocks/mblock_directory.h"
#include "blocks/placement_buckets.h"

typedef struct BlockGuard BlockGuard;

struct BlockAllocator {
    Buckets *buckets; /* the placement's state if it is the default, whose functions are inline; or NULL */
    BlockPlacer *placer;
    BlockDescr *mega;
    size_t mega_most; /* no free megagroup has more megablocks */
    const BlockObserver *observer;
    BlockCounters counters; /* owner_blocks[OWNER_FREE] and committed_mblocks are computed when asked */
    bool poison;
    BlockSource *source;
    MblockDirectory directory;
    size_t limit_mblocks, refused;
    BlockGuard *guard; /* NULL: what is freed stays accessible */
    BlockDoing doing;
};

static inline bool block_is_free(const BlockDescr *b) { return b->owner == OWNER_FREE; }

/* ---- A descriptor's place in its megablock */

static inline char *mblock_of(const BlockDescr *b) { return (char *)((Word)b & ~(Word)(MBLOCK_SIZE - 1)); }
/* Its first descriptor, which describes nothing: bit i of its flags is set if piece i of the megablock is
 * taken to have memory (resident.c). */
static inline BlockDescr *mblock_table(const BlockDescr *b) { return (BlockDescr *)mblock_of(b); }
#define PIECE_SHIFT     4u /* blocks to a piece */
#define PIECES_RESIDENT 0xFFFFu
static inline uint32_t block_index(const BlockDescr *b)
{
    return (uint32_t)(((Word)b & (MBLOCK_SIZE - 1)) >> BLOCK_DESCR_SHIFT);
}
static inline BlockDescr *mblock_first(char *mblock) { return (BlockDescr *)mblock + FIRST_BLOCK; }
/* Where its block starts, by arithmetic: what b->start must be. */
static inline Word *block_memory(const BlockDescr *b)
{
    return (Word *)(mblock_of(b) + ((size_t)block_index(b) << BLOCK_SHIFT));
}

/* ---- Megagroups */

static inline bool group_is_mega(const BlockDescr *g) { return g->blocks >= USABLE_BLOCKS; }
static inline size_t mega_mblocks(const BlockDescr *g)
{
    return 1 + (g->blocks - USABLE_BLOCKS) / MBLOCK_BLOCKS;
}
static inline uint32_t mega_blocks(size_t mblocks)
{
    return USABLE_BLOCKS + (uint32_t)(mblocks - 1) * MBLOCK_BLOCKS;
}
static inline char *mega_end(const BlockDescr *g) { return mblock_of(g) + mega_mblocks(g) * MBLOCK_SIZE; }
/* May these two be one free group? */
static inline bool mega_adjacent(const BlockAllocator *a, const BlockDescr *g, const BlockDescr *next)
{
    return mega_end(g) == mblock_of(next) &&
           !a->directory.entries[mblock_number(&a->directory, next)].starts_run;
}

/* Can a group of so many blocks be here: inside its megablock, or a megagroup over committed megablocks none
 * of which starts another group? */
bool block_group_fits(const BlockAllocator *a, const BlockDescr *head);
/* Is this the address of a descriptor that can be read? For links that may be corrupt. */
bool block_is_descriptor(const BlockAllocator *a, const BlockDescr *b);

#endif
