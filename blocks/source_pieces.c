/* The sources `mmap` and `malloc`: memory in pieces that lie anywhere, each got when none of those that are
 * there has room for a run.
 *
 * Always true: a piece of which nothing is in use goes back whole; of one that is in use in part, the rest
 * has no memory behind it and is there for a later run, which is then no neighbour of what lies before it. */
#include "blocks/source_private.h"

#include <stdlib.h>
#include <sys/mman.h>

typedef struct Piece {
    struct Piece *next; /* got after it */
    void *memory;
    MblockRange range;
} Piece;

typedef struct Pieces {
    Piece *first;
    void *(*get)(size_t bytes); /* aligned to megablocks, or NULL */
    void (*drop)(void *memory, size_t bytes);
} Pieces;

static size_t piece_bytes(const Piece *piece) { return piece->range.mblocks * MBLOCK_SIZE; }

static void piece_free(const Pieces *pieces, Piece *piece)
{
    pieces->drop(piece->memory, piece_bytes(piece));
    mblock_range_free(&piece->range);
    free(piece);
}

static Piece *piece_new(const Pieces *pieces, size_t bytes)
{
    Piece *piece = calloc(1, sizeof *piece);
    void *memory = piece ? pieces->get(bytes) : NULL;
    if (memory && mblock_range_over(&piece->range, memory, bytes)) {
        piece->memory = memory;
        return piece;
    }
    if (memory) pieces->drop(memory, bytes);
    free(piece);
    return NULL;
}

static void *pieces_commit(BlockSource *source, size_t mblocks)
{
    Pieces *pieces = source->state;
    source->requests++;
    if (mblocks > PTRDIFF_MAX >> MBLOCK_SHIFT) return NULL;
    Piece **end = &pieces->first;
    for (; *end; end = &(*end)->next) {
        void *run = mblock_range_take(&(*end)->range, mblocks);
        if (run) return run;
    }
    *end = piece_new(pieces, mblocks << MBLOCK_SHIFT);
    return *end ? mblock_range_take(&(*end)->range, mblocks) : NULL;
}

static void pieces_decommit(BlockSource *source, void *run, size_t mblocks)
{
    Pieces *pieces = source->state;
    Piece **at = &pieces->first;
    while ((Word)run - (Word)(*at)->memory >= piece_bytes(*at)) at = &(*at)->next;
    Piece *piece = *at;
    mblock_range_give(&piece->range, run, mblocks);
    if (mblock_range_is_unused(&piece->range, piece->memory, piece->range.mblocks)) {
        *at = piece->next;
        piece_free(pieces, piece);
    } else {
        madvise(run, mblocks * MBLOCK_SIZE, MADV_DONTNEED);
    }
}

static void pieces_close(BlockSource *source)
{
    Pieces *pieces = source->state;
    for (Piece *piece = pieces->first, *next; piece; piece = next) {
        next = piece->next;
        piece_free(pieces, piece);
    }
    free(pieces);
    free(source);
}

static BlockSource *source_pieces(const char *name, void *(*get)(size_t), void (*drop)(void *, size_t))
{
    Pieces *pieces = malloc(sizeof *pieces);
    if (pieces) *pieces = (Pieces){.get = get, .drop = drop};
    return source_new(pieces, (BlockSource){.name = name,
                                            .commit = pieces_commit,
                                            .decommit = pieces_decommit,
                                            .close = pieces_close});
}

/* ---- mmap */

/* One megablock more than is asked for has room to align. */
static void *mapping_get(size_t bytes)
{
    char *mapped = mmap(NULL, bytes + MBLOCK_SIZE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) return NULL;
    size_t skip = -(Word)mapped & (MBLOCK_SIZE - 1);
    if (skip) munmap(mapped, skip);
    munmap(mapped + skip + bytes, MBLOCK_SIZE - skip);
    return mapped + skip;
}

static void mapping_drop(void *memory, size_t bytes) { munmap(memory, bytes); }

BlockSource *block_source_mmap(void) { return source_pieces("mmap", mapping_get, mapping_drop); }

/* ---- malloc */

static void *malloc_get(size_t bytes) { return aligned_alloc(MBLOCK_SIZE, bytes); }

static void malloc_drop(void *memory, size_t bytes)
{
    (void)bytes;
    free(memory);
}

BlockSource *block_source_malloc(void) { return source_pieces("malloc", malloc_get, malloc_drop); }
