/* The guard: what is freed becomes inaccessible, so that a dangling pointer faults at once, and the fault is
 * told with the block's history. Asked for by a source whose `quarantine` is not 0 (`--block-source=guard`).
 *
 * Terms. A block is *closed* if it can be neither read nor written. A freed group is *guarded*: closed, owned
 * by GUARDED, and out of use until so many blocks have been freed after it; then it is free, and stays closed
 * until it is taken.
 *
 * Always true:
 *   - no block of a group that has an owner other than GUARDED is closed, nor is one that holds descriptors;
 *   - where the system refuses to close (it limits how many pieces a mapping may have), the block stays
 *     open: the guard then sees less, and nothing else changes. */
#ifndef THUNKSCOPE_BLOCKS_GUARD_PRIVATE_H
#define THUNKSCOPE_BLOCKS_GUARD_PRIVATE_H

#include "blocks/allocator.h"

/* A guard for this allocator, whose fault handler is in place from then on. NULL: no memory. */
BlockGuard *guard_new(BlockAllocator *a, size_t quarantine_blocks);
/* Opens everything and ends the guard. */
void guard_free(BlockGuard *guard);

/* Notes who had a group that is being freed, or the part of one behind a shrink, and closes it. */
void guard_close(BlockGuard *guard, BlockDescr *head, uint32_t blocks);
/* Makes memory accessible, whole blocks; false: the system refuses. */
bool guard_open(BlockGuard *guard, void *start, size_t blocks);
bool guard_is_closed(const BlockGuard *guard, const void *block);

/* Puts a closed group last in quarantine. */
void guard_hold(BlockGuard *guard, BlockDescr *group);
/* The group that has waited long enough, or if `all` any, no longer in quarantine; NULL: none. */
BlockDescr *guard_let_go(BlockGuard *guard, bool all);
/* Blocks in quarantine. */
size_t guard_held_blocks(const BlockGuard *guard);

#endif
