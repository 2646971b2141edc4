/* Block sources: where megablocks come from (`--block-source=NAME[:ARGS]`).
 *
 * A source is a struct of functions with its state behind it. It hands out runs of megablocks, aligned to
 * 1 MiB, and takes them back. It decides addresses; the allocator decides everything else.
 *
 * Known sources:
 *   reserve              1 TiB of address space, committed by megablock, lowest address first (default)
 *   fixed[:SIZE]         one mapping of SIZE bytes (default 1g; suffixes k, m, g, t), or a caller's buffer:
 *                        nothing grows
 *   faulty:N[+][:SOURCE] another source (default reserve) whose N-th request fails, and only that one; with
 *                        `+`, every one from the N-th on: for tests of out-of-memory paths
 */
#ifndef THUNKSCOPE_BLOCKS_SOURCE_H
#define THUNKSCOPE_BLOCKS_SOURCE_H

#include "blocks/block.h"

struct BlockSource {
    const char *name;
    void *state;
    /* The lowest address that it can give, if all lie in one range whose runs may be joined; the blocks'
     * numbers count from there. NULL if runs come from anywhere: numbers are then given in order of
     * commitment. */
    char *base;
    /* What is not committed can be neither read nor written (invariant 10). */
    bool inaccessible;
    /* A run of `mblocks` committed megablocks, readable and writable, or NULL. */
    void *(*commit)(BlockSource *source, size_t mblocks);
    /* Takes back a run, or a part of one, that commit gave. Its memory may be gone at once. */
    void (*decommit)(BlockSource *source, void *run, size_t mblocks);
    /* Ends the source; frees it and all its memory. */
    void (*close)(BlockSource *source);
    /* Commit requests so far, failed ones too. */
    size_t requests;
};

BlockSource *block_source_reserve(void);
/* buffer may be NULL: the source maps `bytes` itself. Otherwise the caller's, which must outlive the source.
 */
BlockSource *block_source_fixed(void *buffer, size_t bytes);
/* Fails request number `n` (from 1) of `inner`, whose ownership it takes; with `onwards`, all later ones too.
 */
BlockSource *block_source_faulty(BlockSource *inner, size_t n, bool onwards);
/* Parses "NAME[:ARGS]". NULL, and a sentence in error (of `size` bytes), if there is no such source. */
BlockSource *block_source_parse(const char *text, char *error, size_t size);

#endif
