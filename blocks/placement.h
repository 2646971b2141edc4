/* Placement: which free blocks a request gets (`--block-placement=NAME[:ARGS]`).
 *
 * A placement keeps the free groups of up to 252 blocks that lie within one megablock, and picks one for each
 * request. The allocator does everything else: it joins free neighbours before it hands them over, cuts what
 * was picked, keeps whole free megablocks to itself, and commits new ones. So every placement tiles, and none
 * has two free neighbours (invariants 4 and 8); they differ in where things come to lie.
 *
 * Known placements:
 *   buckets    GHC's: lists by power of two, last freed first; from the first list all of whose groups are
 *              large enough, or else one of the request's own list (default)
 *   best-fit   the smallest group that is large enough, the lowest of these
 *   buddy      binary buddies: a request goes to the low end of a chunk of 2^k blocks aligned to 2^k,
 *              cut from the smallest chunk there is, so that what is freed finds its other half
 *   ./FILE.so  a user's own: a shared object that exports a BlockPlacement named thunkscope_block_placement
 *
 * What a placement may touch of a group that it holds: link of its head, and u.back, generation and aux of
 * all its descriptors, which are its own; it reads start, blocks and number of the head. It allocates no
 * blocks, and is called by one thread at a time. */
#ifndef THUNKSCOPE_BLOCKS_PLACEMENT_H
#define THUNKSCOPE_BLOCKS_PLACEMENT_H

#include "blocks/block.h"

#define BLOCK_PLACEMENT_ABI    1u
#define BLOCK_PLACEMENT_SYMBOL "thunkscope_block_placement"

/* What a placement's own check is given. */
typedef struct PlacementCheck PlacementCheck;
struct PlacementCheck {
    void *context;
    /* Says that the placement holds this group. False: it is no group that can be read, or more were said
     * than there can be: nothing behind it may be followed. */
    bool (*member)(const PlacementCheck *check, BlockDescr *group);
    /* Can this descriptor be read? For links of the placement's own that lead elsewhere. */
    bool (*readable)(const PlacementCheck *check, const BlockDescr *block);
    /* 1: a group is not where its size belongs. 2: links do not mirror each other. */
    void (*report)(const PlacementCheck *check, int invariant, const BlockDescr *group, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
};

/* The functions of a placement; `state` is what open answered. */
typedef struct BlockPlacement {
    uint32_t abi; /* BLOCK_PLACEMENT_ABI: what this struct looks like */
    const char *name;
    /* An empty placement; args is what follows NAME: or NULL. NULL, and a sentence in error (of `size`
     * bytes), if the arguments are wrong or there is no memory. */
    void *(*open)(const char *args, char *error, size_t size);
    void (*close)(void *state);
    /* A free group joins. */
    void (*insert)(void *state, BlockDescr *group);
    /* A group that it holds goes away, because its neighbour was freed. */
    void (*remove)(void *state, BlockDescr *group);
    /* Picks a group that it holds and that has at least offset + blocks blocks, and forgets it. The request
     * gets the blocks from *offset on (0 when called); what is left of the group is inserted again. NULL if
     * no group is large enough: then the allocator takes another megablock, inserts its group of 252 blocks,
     * and calls again. */
    BlockDescr *(*take)(void *state, uint32_t blocks, uint32_t *offset);
    /* Looks at everything that it holds, and changes nothing. */
    void (*check)(void *state, const PlacementCheck *check);
} BlockPlacement;

extern const BlockPlacement block_placement_buckets, block_placement_best_fit, block_placement_buddy;

/* A placement that has been opened, for one allocator. */
struct BlockPlacer {
    const BlockPlacement *functions;
    void *state;
    void *object; /* the shared object that the functions are in, or NULL */
};

/* Parses "NAME[:ARGS]". NULL, and a sentence in error (of `size` bytes), if there is no such placement. */
BlockPlacer *block_placement_parse(const char *text, char *error, size_t size);
BlockPlacer *block_placer_new(const BlockPlacement *functions, const char *args, char *error, size_t size);
void block_placer_free(BlockPlacer *placer);

#endif
