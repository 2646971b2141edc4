/* Ranges of megablocks: mapping them where they lie in every run, first fit from the bottom. */
#include "blocks/block.h"
#include "blocks/mblock_range_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Where mappings are tried, in this order, so that addresses repeat from run to run: far from the program,
 * its libraries and its stack, also under AddressSanitizer. Two heaps in one process take two slots. */
static const Word first_slot = (Word)0x200000000000u;
static const Word slot_bytes = (Word)1 << 41;
enum { SLOTS = 16 };

bool mblock_range_over(MblockRange *range, void *memory, size_t bytes)
{
    size_t skip = -(Word)memory & (MBLOCK_SIZE - 1);
    size_t mblocks = bytes > skip ? (bytes - skip) / MBLOCK_SIZE : 0;
    uint8_t *used = mblocks ? calloc(mblocks, 1) : NULL;
    if (!used) return false;
    *range = (MblockRange){.base = (char *)memory + skip, .mblocks = mblocks, .used = used};
    return true;
}

static void *map_at(void *address, size_t bytes, int protection, int flags)
{
    flags |= MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *got = mmap(address, bytes, protection, flags, -1, 0);
    if (got == MAP_FAILED) return NULL;
    if (!address || got == address) return got;
    munmap(got, bytes);
    return NULL;
}

static void *map_in_a_slot(size_t bytes, int protection)
{
    void *got = NULL;
    for (Word slot = 0; slot < SLOTS && !got; slot++)
        got = map_at((void *)(first_slot + slot * slot_bytes), bytes, protection, MAP_FIXED_NOREPLACE);
    return got;
}

bool mblock_range_map(MblockRange *range, size_t bytes, int protection)
{
    size_t mapped = bytes;
    void *mapping = map_in_a_slot(mapped, protection);
    if (!mapping) {
        mapped = bytes + MBLOCK_SIZE; /* room to align */
        mapping = map_at(NULL, mapped, protection, 0);
    }
    if (!mapping) return false;
    if (!mblock_range_over(range, mapping, mapped)) {
        munmap(mapping, mapped);
        return false;
    }
    range->mapping = mapping;
    range->mapping_bytes = mapped;
    return true;
}

static const size_t largest_reserve = (size_t)1 << 40;
static const size_t smallest_reserve = (size_t)16 << MBLOCK_SHIFT;

static bool leaves_room(size_t bytes)
{
    void *rest = map_at(NULL, bytes / 2, PROT_NONE, 0);
    if (rest) munmap(rest, bytes / 2);
    return rest != NULL;
}

bool mblock_range_reserve(MblockRange *range)
{
    for (size_t bytes = largest_reserve; bytes >= smallest_reserve; bytes /= 2) {
        MblockRange tried = {0};
        if (!mblock_range_map(&tried, bytes, PROT_NONE)) continue;
        if (leaves_room(bytes)) {
            *range = tried;
            return true;
        }
        mblock_range_free(&tried);
    }
    return false;
}

void mblock_range_free(MblockRange *range)
{
    free(range->used);
    if (range->mapping) munmap(range->mapping, range->mapping_bytes);
}

static bool run_is_unused(const MblockRange *range, size_t first, size_t mblocks, size_t *used_at)
{
    for (size_t i = first; i < first + mblocks; i++) {
        if (!range->used[i]) continue;
        *used_at = i;
        return false;
    }
    return true;
}

bool mblock_range_is_unused(const MblockRange *range, const void *run, size_t mblocks)
{
    size_t used_at;
    return run_is_unused(range, (size_t)((const char *)run - range->base) / MBLOCK_SIZE, mblocks, &used_at);
}

void *mblock_range_take(MblockRange *range, size_t mblocks)
{
    size_t first = range->lowest, used_at = 0;
    while (mblocks <= range->mblocks - first && !run_is_unused(range, first, mblocks, &used_at))
        first = used_at + 1;
    if (mblocks > range->mblocks - first) return NULL;
    memset(range->used + first, 1, mblocks);
    while (range->lowest < range->mblocks && range->used[range->lowest]) range->lowest++;
    return range->base + first * MBLOCK_SIZE;
}

void mblock_range_give(MblockRange *range, void *run, size_t mblocks)
{
    size_t first = (size_t)((char *)run - range->base) / MBLOCK_SIZE;
    memset(range->used + first, 0, mblocks);
    if (first < range->lowest) range->lowest = first;
}
