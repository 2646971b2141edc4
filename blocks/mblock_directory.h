/* The directory of an allocator's committed megablocks: address to number and back.
 *
 * Always true:
 *   - A committed megablock's number does not change, and no two share one. If the source has a range, the
 *     number is the place in the range; otherwise the lowest numbers that are free, in a row for each run.
 *   - A megablock *carries* descriptors if it starts a group; the others belong to the megagroup that
 *     starts at the nearest lower number that carries, and hold nothing but its contents. */
#ifndef THUNKSCOPE_BLOCKS_MBLOCK_DIRECTORY_H
#define THUNKSCOPE_BLOCKS_MBLOCK_DIRECTORY_H

#include "blocks/number_set.h"

typedef struct MblockEntry {
    char *address; /* NULL: no committed megablock has this number */
    bool carries;
    bool touched;    /* somebody has had blocks of it */
    bool starts_run; /* may not be joined with what lies before it: a run, or the rest of one, from a source
                        without a range */
} MblockEntry;

typedef struct MblockDirectory {
    char *base;           /* of the source's range, or NULL */
    MblockEntry *entries; /* by number */
    size_t length, room;  /* length: above all numbers in use */
    size_t committed, carrying, touched;
    NumberSet free_megas; /* the allocator's: where a free megagroup begins */
    /* Only for sources without a range: no number below `lowest` is unused, and numbers hashed by address, in
     * 2^slot_bits slots of which at least half are empty (NO_MBLOCK). */
    size_t lowest;
    uint32_t *by_address;
    unsigned slot_bits;
} MblockDirectory;

#define NO_MBLOCK       UINT32_MAX
#define MBLOCKS_AT_MOST ((size_t)1 << (32 - 8)) /* a block's number has 32 bits */

/* The first megablock of a run that is committed already; NULL: none is. */
const char *mblock_directory_meets(const MblockDirectory *d, const char *run, size_t mblocks);
/* Enters a run that meets none; false, and nothing has changed, if there is no memory or no number for it. */
bool mblock_directory_add(MblockDirectory *d, char *run, size_t mblocks);
void mblock_directory_remove(MblockDirectory *d, char *run, size_t mblocks);
void mblock_directory_free(MblockDirectory *d);
void mblock_directory_carry(MblockDirectory *d, char *mblock, bool carries);
/* Blocks of each of these committed megablocks, in a row, are about to be somebody's. True: of one of them
 * for the first time. */
bool mblock_directory_touch(MblockDirectory *d, const char *mblock, size_t mblocks);

/* The number of the committed megablock that holds p, or NO_MBLOCK. */
uint32_t mblock_number(const MblockDirectory *d, const void *p);
/* The carrying megablock of the group to which the committed megablock `number` belongs. */
uint32_t mblock_carrier(const MblockDirectory *d, uint32_t number);

#endif
