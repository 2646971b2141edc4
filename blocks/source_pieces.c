/* The sources `mmap` and `malloc`: memory in pieces that lie anywhere, each got when none of those that are
 * there has room for a run.
 *
 * Always true: a piece of which nothing is in use goes back whole; of one that is in use in part, the rest
 * has no memory behind it and is there for a later run, which is then no neighbour of what lies before it.
 * Pieces are in a tree by address, and those that have room on a list too: the last that got some first. */
#include "blocks/source_private.h"

#include <search.h>
#include <stdlib.h>
#include <sys/mman.h>

typedef struct Piece {
    struct Piece *next, *before; /* of those that have room; NULL: none, or on no list */
    MblockRange range;
} Piece;

typedef struct Pieces {
    void *by_address;
    Piece *roomy;
    void *(*get)(size_t bytes); /* aligned to megablocks, or NULL */
    void (*drop)(void *memory, size_t bytes);
} Pieces;

/* ---- Pieces by address */

static size_t piece_bytes(const Piece *piece) { return piece->range.mblocks * MBLOCK_SIZE; }

/* Pieces do not overlap, except with one that is looked for. */
static int piece_compare(const void *one, const void *other)
{
    const Piece *a = one, *b = other;
    if (a->range.base + piece_bytes(a) <= b->range.base) return -1;
    return b->range.base + piece_bytes(b) <= a->range.base;
}

static Piece *piece_at(const Pieces *pieces, void *run)
{
    const Piece wanted = {.range = {.base = run, .mblocks = 1}};
    return *(Piece **)tfind(&wanted, &pieces->by_address, piece_compare);
}

/* ---- Pieces that have room */

static bool has_room(const Piece *piece) { return piece->range.lowest < piece->range.mblocks; }

static void roomy_push(Pieces *pieces, Piece *piece)
{
    piece->before = NULL;
    piece->next = pieces->roomy;
    if (piece->next) piece->next->before = piece;
    pieces->roomy = piece;
}

static void roomy_remove(Pieces *pieces, Piece *piece)
{
    if (piece->next) piece->next->before = piece->before;
    if (piece->before)
        piece->before->next = piece->next;
    else
        pieces->roomy = piece->next;
}

/* ---- Beginning and end of one */

static bool piece_fill(Pieces *pieces, Piece *piece, size_t bytes)
{
    void *memory = pieces->get(bytes);
    if (!memory) return false;
    if (mblock_range_over(&piece->range, memory, bytes)) {
        if (tsearch(piece, &pieces->by_address, piece_compare)) return true;
        mblock_range_free(&piece->range);
    }
    pieces->drop(memory, bytes);
    return false;
}

static Piece *piece_new(Pieces *pieces, size_t bytes)
{
    Piece *piece = calloc(1, sizeof *piece);
    if (piece && piece_fill(pieces, piece, bytes)) return piece;
    free(piece);
    return NULL;
}

static void piece_drop(Pieces *pieces, Piece *piece)
{
    tdelete(piece, &pieces->by_address, piece_compare);
    pieces->drop(piece->range.base, piece_bytes(piece));
    mblock_range_free(&piece->range);
    free(piece);
}

/* ---- The source */

/* From a piece that has room; it leaves the list if that was all. */
static void *run_from_roomy(Pieces *pieces, size_t mblocks)
{
    for (Piece *piece = pieces->roomy; piece; piece = piece->next) {
        void *run = mblock_range_take(&piece->range, mblocks);
        if (!run) continue;
        if (!has_room(piece)) roomy_remove(pieces, piece);
        return run;
    }
    return NULL;
}

static void *pieces_commit(BlockSource *source, size_t mblocks)
{
    Pieces *pieces = source->state;
    source->requests++;
    if (mblocks > PTRDIFF_MAX >> MBLOCK_SHIFT) return NULL;
    void *run = run_from_roomy(pieces, mblocks);
    if (run) return run;
    Piece *piece = piece_new(pieces, mblocks << MBLOCK_SHIFT);
    return piece ? mblock_range_take(&piece->range, mblocks) : NULL;
}

static void pieces_decommit(BlockSource *source, void *run, size_t mblocks)
{
    Pieces *pieces = source->state;
    Piece *piece = piece_at(pieces, run);
    bool was_roomy = has_room(piece);
    mblock_range_give(&piece->range, run, mblocks);
    if (mblock_range_is_unused(&piece->range, piece->range.base, piece->range.mblocks)) {
        if (was_roomy) roomy_remove(pieces, piece);
        piece_drop(pieces, piece);
    } else {
        if (!was_roomy) roomy_push(pieces, piece);
        madvise(run, mblocks * MBLOCK_SIZE, MADV_DONTNEED);
    }
}

static void pieces_close(BlockSource *source)
{
    Pieces *pieces = source->state;
    while (pieces->by_address) piece_drop(pieces, *(Piece **)pieces->by_address);
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
