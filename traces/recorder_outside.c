/* Addresses of the process's own memory, which the system puts elsewhere in each run: of functions and data
 * that labels stand for, and of what C functions have answered. So that equal runs write equal bytes, a word
 * that lies in such a region is written as if the region stood where its number says.
 *
 * A *region* is the program or a library as it is loaded, or so many bytes from an address on that came in
 * and lies in none of these; of two that overlap the one that starts nearest before a word counts. Regions
 * are numbered as they are met. */
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "traces/recorder_private.h"

static const Word first_name = (Word)0x600000000000u, name_span = (Word)1 << 32;
static const Word region_bytes = (Word)1 << 20;

/* The number of regions that start at or before the word. */
static size_t regions_before(const Outside *o, Word w)
{
    size_t low = 0, high = o->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (o->at[middle].start <= w)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const OutsideRegion *region_of(const Outside *o, Word w)
{
    size_t k = regions_before(o, w);
    return k && w < o->at[k - 1].end ? &o->at[k - 1] : NULL;
}

Word outside_find_name(const Outside *o, Word w)
{
    const OutsideRegion *region = region_of(o, w);
    return region ? region->name + (w - region->start) : w;
}

/* ---- Meeting one */

/* Not all that C says is an address is one: there are errors, and numbers. */
static bool is_mapped(Word address)
{
    Word page = (Word)sysconf(_SC_PAGESIZE);
    unsigned char resident;
    return mincore((void *)(address & ~(page - 1)), 1, &resident) == 0;
}

/* The loaded object that holds the start becomes the region. */
static int object_of(struct dl_phdr_info *object, size_t size, void *context)
{
    OutsideRegion *region = context;
    Word start = UINT64_MAX, end = 0;
    (void)size;
    for (unsigned k = 0; k < object->dlpi_phnum; k++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[k];
        if (part->p_type != PT_LOAD) continue;
        Word from = object->dlpi_addr + part->p_vaddr;
        if (from < start) start = from;
        if (from + part->p_memsz > end) end = from + part->p_memsz;
    }
    if (region->start < start || region->start >= end) return 0;
    region->start = start;
    region->end = end;
    region->is_loaded = true;
    return 1;
}

static void region_add(Outside *o, OutsideRegion region)
{
    size_t k = regions_before(o, region.start);
    o->at = memory_grow(o->at, &o->capacity, o->count + 1, sizeof *o->at);
    memmove(o->at + k + 1, o->at + k, (o->count - k) * sizeof *o->at);
    o->at[k] = region;
    o->count++;
    Word end = o->low + o->span;
    if (o->count == 1 || region.start < o->low) o->low = region.start;
    o->span = (region.end > end ? region.end : end) - o->low;
}

void outside_meet(Outside *o, Word address)
{
    const OutsideRegion *known = region_of(o, address);
    OutsideRegion region = {
        .start = address, .end = address + region_bytes, .name = first_name + o->count * name_span};
    if (known && (known->start == address || known->is_loaded)) return;
    if (!is_mapped(address)) return;
    dl_iterate_phdr(object_of, &region);
    region_add(o, region);
}
