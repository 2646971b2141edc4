/* Block sources: where megablocks come from (`--block-source=NAME[:ARGS]`).
 *
 * A source is a struct of functions with its state behind it. It hands out runs of megablocks, aligned to
 * 1 MiB, and takes them back. It decides addresses; the allocator decides everything else.
 *
 * Known sources:
 *   reserve              1 TiB of address space, committed by megablock, lowest address first (default)
 *   mmap                 each run a mapping of its own
 *   malloc               each run a piece of the C library's memory
 *   fixed[:SIZE]         one mapping of SIZE bytes (default 1g; suffixes k, m, g, t), or a caller's buffer:
 *                        nothing grows; the heap keeps to it as to an -M that leaves room for collections
 *   huge                 as reserve, of transparent huge pages: 2 MiB at a time become readable, and go back
 *   guard[:SIZE][:SOURCE]
 *                        another source (default reserve); what is freed can be neither read nor written
 *                        until it is taken again, not before SIZE more (default 64m) has been freed: a
 *                        dangling pointer faults at once, and a report tells who had it and what freed it;
 *                        the nursery is of other blocks after each collection
 *   faulty:N[+][:SOURCE] another source (default reserve) whose N-th request fails, and only that one;
 *                        with `+`, every one from the N-th on: for tests of out-of-memory paths
 *   ./FILE.so[:ARGS]     a user's own: a shared object that exports a BlockSourcePlugin; see
 *                        blocks/source_plugin.h */
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
    /* All the megablocks that it will ever have; 0: it does not know. */
    size_t mblocks;
    /* Not 0: freed groups are guarded, and out of use until so many blocks have been freed after them. */
    size_t quarantine;
    /* The source that it passes on, or NULL. */
    const BlockSource *inner;
    /* A run of `mblocks` committed megablocks, readable and writable, or NULL. */
    void *(*commit)(BlockSource *source, size_t mblocks);
    /* Takes back a run, or a part of one, that commit gave. Its memory may be gone at once. */
    void (*decommit)(BlockSource *source, void *run, size_t mblocks);
    /* Ends the source; frees it and all its memory. */
    void (*close)(BlockSource *source);
    /* What a reader of a report should know of it, as a sentence of at most `size` bytes; NULL: nothing. */
    void (*describe)(const BlockSource *source, char *out, size_t size);
    /* Commit requests so far, failed ones too. */
    size_t requests;
};

/* Each NULL if there is no memory, or no address space. */
BlockSource *block_source_reserve(void);
BlockSource *block_source_mmap(void);
BlockSource *block_source_malloc(void);
BlockSource *block_source_huge(void);
/* buffer may be NULL: the source maps `bytes` itself. Otherwise the caller's, which must outlive the source.
 */
BlockSource *block_source_fixed(void *buffer, size_t bytes);
/* Fails request number `n` (from 1) of `inner`, whose ownership it takes; with `onwards`, all later ones too.
 */
BlockSource *block_source_faulty(BlockSource *inner, size_t n, bool onwards);
/* Guards what is freed over `inner`, whose ownership it takes, with a quarantine of so many bytes. */
BlockSource *block_source_guard(BlockSource *inner, size_t bytes);
/* "FILE[:ARGS]". NULL, and a sentence in error, if it cannot be had. */
BlockSource *block_source_shared(const char *text, char *error, size_t size);
/* Parses "NAME[:ARGS]". NULL, and a sentence in error (of `size` bytes), if there is no such source. */
BlockSource *block_source_parse(const char *text, char *error, size_t size);

#endif
