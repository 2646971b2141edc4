/* The placement `buddy`: binary buddies within a megablock.
 *
 * A *chunk* is 2^k blocks at a place that is a multiple of 2^k in its megablock; its buddy is the other half
 * of the chunk of twice the size. Free groups are whole runs, as the allocator joins them, and every run is
 * made of chunks in one way only: the largest ones that lie in it. So the free chunks are those that a
 * classical buddy system would have, the unused tail of a request included, and joining buddies needs no work
 * here.
 *
 * The four blocks of descriptors are never free, so an empty megablock is the chunks 4-7, 8-15, ... 128-255:
 * no chunk has 256 blocks, and a request of 129 or more goes to any run that is long enough.
 *
 * Always true: every free chunk is on the list of its order, through u.back and generation of its first
 * descriptor, whose aux leads to the head of its run.
 *
 * Follows: Knowlton, "A fast storage allocator" (CACM 1965). */
#include "blocks/placement.h"
#include "blocks/placement_private.h"

#include <stdlib.h>

enum { ORDERS = 8 };

typedef struct Buddy {
    BlockDescr *chunks[ORDERS];
} Buddy;

/* ---- Chunks */

static uint32_t place_of(const BlockDescr *g)
{
    return (uint32_t)((Word)g >> BLOCK_DESCR_SHIFT) & (MBLOCK_BLOCKS - 1);
}

/* The order of the smallest chunk that has so many blocks. */
static unsigned order_for(uint32_t blocks)
{
    return blocks == 1 ? 0 : 32u - (unsigned)__builtin_clz(blocks - 1);
}

/* The order of the chunk that begins `blocks` blocks at `place`, and is as large as may be. */
static unsigned chunk_order(uint32_t place, uint32_t blocks)
{
    unsigned aligned = (unsigned)__builtin_ctz(place), fits = 31u - (unsigned)__builtin_clz(blocks);
    return aligned < fits ? aligned : fits;
}

/* The chunks of a run, from the lowest to the highest: `for (Chunk c = chunk_first(g); c.left; c = ...)`. */
typedef struct Chunk {
    BlockDescr *first;
    uint32_t left; /* blocks of the run from here on */
    unsigned order;
} Chunk;

static Chunk chunk_at(BlockDescr *first, uint32_t left)
{
    return (Chunk){first, left, left ? chunk_order(place_of(first), left) : 0};
}

static Chunk chunk_first(BlockDescr *g) { return chunk_at(g, g->blocks); }
static Chunk chunk_next(Chunk c) { return chunk_at(c.first + (1u << c.order), c.left - (1u << c.order)); }

/* ---- Lists of chunks */

static BlockDescr *chunk_after(const BlockDescr *chunk) { return chunk->generation; }

static void chunk_push(BlockDescr **list, BlockDescr *chunk, BlockDescr *run)
{
    chunk->aux = run;
    chunk->generation = *list;
    chunk->u.back = NULL;
    if (*list) (*list)->u.back = chunk;
    *list = chunk;
}

static void chunk_remove(BlockDescr **list, BlockDescr *chunk)
{
    BlockDescr *after = chunk_after(chunk), *before = chunk->u.back;
    if (after) after->u.back = before;
    if (before)
        before->generation = after;
    else
        *list = after;
}

/* ---- The placement */

static void *buddy_open(const char *args, char *error, size_t size)
{
    return placement_state_new("buddy", sizeof(Buddy), args, error, size);
}

static void insert(void *state, BlockDescr *g)
{
    Buddy *b = state;
    for (Chunk c = chunk_first(g); c.left; c = chunk_next(c)) chunk_push(&b->chunks[c.order], c.first, g);
}

static void remove_group(void *state, BlockDescr *g)
{
    Buddy *b = state;
    for (Chunk c = chunk_first(g); c.left; c = chunk_next(c)) chunk_remove(&b->chunks[c.order], c.first);
}

/* A run whose chunks are all too small can be long enough: its largest has a half or a quarter of what the
 * request would be rounded up to. */
static BlockDescr *run_across_chunks(const Buddy *b, uint32_t blocks)
{
    int order = (int)order_for(blocks);
    for (int k = order - 1; k >= 0 && k >= order - 2; k--)
        for (BlockDescr *chunk = b->chunks[k]; chunk; chunk = chunk_after(chunk)) {
            BlockDescr *run = chunk->aux;
            if (run->blocks >= blocks) return run;
        }
    return NULL;
}

static BlockDescr *take(void *state, uint32_t blocks, uint32_t *offset)
{
    Buddy *b = state;
    unsigned order = order_for(blocks);
    while (order < ORDERS && !b->chunks[order]) order++;
    BlockDescr *chunk = order < ORDERS ? b->chunks[order] : NULL;
    BlockDescr *run = chunk ? chunk->aux : run_across_chunks(b, blocks);
    if (!run) return NULL;
    if (chunk) *offset = (uint32_t)(chunk - run);
    remove_group(b, run);
    return run;
}

/* ---- Check */

static bool lies_in_list(const Buddy *b, Chunk c, const PlacementCheck *check)
{
    const BlockDescr *before = c.first->u.back;
    if (!before) return b->chunks[c.order] == c.first;
    return check->readable(check, before) && before->generation == c.first;
}

/* Every chunk of a run is on the list of its order, and says so. */
static void check_run(const Buddy *b, BlockDescr *run, const PlacementCheck *check)
{
    if (run->blocks == 0 || place_of(run) + run->blocks > MBLOCK_BLOCKS) {
        check->report(check, 1, run, "has %u blocks, which do not fit there", run->blocks);
        return;
    }
    for (Chunk c = chunk_first(run); c.left; c = chunk_next(c))
        if (c.first->aux != run || !lies_in_list(b, c, check))
            check->report(check, 1, run, "has a chunk of %u blocks that is not on the list of these",
                          1u << c.order);
}

static bool run_has_chunk(BlockDescr *run, const BlockDescr *chunk, unsigned order)
{
    if (run->blocks == 0 || place_of(run) + run->blocks > MBLOCK_BLOCKS) return false;
    for (Chunk c = chunk_first(run); c.left; c = chunk_next(c))
        if (c.first == chunk) return c.order == order;
    return false;
}

static void check_chunk(const Buddy *b, BlockDescr *chunk, unsigned order, const PlacementCheck *check)
{
    BlockDescr *run = chunk->aux;
    if (!check->readable(check, run) || !run_has_chunk(run, chunk, order))
        check->report(check, 1, chunk, "is on the list of chunks of %u blocks, and is none", 1u << order);
    if (chunk == run) check_run(b, run, check);
}

/* Links of one list; a link that is not mirrored is the last to be followed. Answers how many chunks were
 * met. */
static size_t check_links(BlockDescr *first, const PlacementCheck *check)
{
    size_t met = 0;
    BlockDescr *before = NULL;
    for (BlockDescr *chunk = first; chunk; before = chunk, chunk = chunk_after(chunk), met++) {
        if (!check->readable(check, chunk)) {
            if (before) check->report(check, 2, before, "is linked to what is no descriptor");
            break;
        }
        if (chunk->u.back != before) {
            check->report(check, 2, chunk, "does not lead back to the chunk before it");
            break;
        }
        if (chunk->aux == chunk) check->member(check, chunk);
    }
    return met;
}

static void check(void *state, const PlacementCheck *check)
{
    const Buddy *b = state;
    size_t met[ORDERS];
    for (unsigned k = 0; k < ORDERS; k++) met[k] = check_links(b->chunks[k], check);
    for (unsigned k = 0; k < ORDERS; k++)
        for (BlockDescr *chunk = b->chunks[k]; met[k] > 0; chunk = chunk_after(chunk), met[k]--)
            check_chunk(b, chunk, k, check);
}

const BlockPlacement block_placement_buddy = {BLOCK_PLACEMENT_ABI, "buddy", buddy_open, free, insert,
                                              remove_group,        take,    check};
