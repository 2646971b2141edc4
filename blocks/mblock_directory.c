/* The directory of committed megablocks. Terms: blocks/mblock_directory.h. Over a source with a range a
 * number is arithmetic; over any other it is looked up in a hash table with linear probing. */
#include "blocks/mblock_directory.h"
#include "blocks/block.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

/* ---- Numbers by address */

static size_t slot_mask(const MblockDirectory *d) { return ((size_t)1 << d->slot_bits) - 1; }

/* Fibonacci hashing: neighbours lie far apart. */
static size_t home_slot(const MblockDirectory *d, const char *mblock)
{
    return ((Word)mblock >> MBLOCK_SHIFT) * UINT64_C(0x9E3779B97F4A7C15) >> (64 - d->slot_bits);
}

/* The slot that has this megablock, or the empty one where it would be. */
static size_t slot_of(const MblockDirectory *d, const char *mblock)
{
    size_t slot = home_slot(d, mblock);
    while (d->by_address[slot] != NO_MBLOCK && d->entries[d->by_address[slot]].address != mblock)
        slot = (slot + 1) & slot_mask(d);
    return slot;
}

static void slot_fill(MblockDirectory *d, uint32_t number)
{
    d->by_address[slot_of(d, d->entries[number].address)] = number;
}

/* What comes behind and belongs in front of the gap, or into it, moves there. */
static void slot_empty(MblockDirectory *d, size_t gap)
{
    size_t mask = slot_mask(d);
    for (size_t slot = (gap + 1) & mask; d->by_address[slot] != NO_MBLOCK; slot = (slot + 1) & mask) {
        size_t home = home_slot(d, d->entries[d->by_address[slot]].address);
        if (((slot - home) & mask) < ((slot - gap) & mask)) continue;
        d->by_address[gap] = d->by_address[slot];
        gap = slot;
    }
    d->by_address[gap] = NO_MBLOCK;
}

static bool slots_grow(MblockDirectory *d, size_t room)
{
    unsigned bits = 1;
    while ((size_t)1 << bits < 2 * room) bits++;
    uint32_t *slots = malloc(sizeof *slots << bits);
    if (!slots) return false;
    memset(slots, 0xFF, sizeof *slots << bits);
    free(d->by_address);
    d->by_address = slots;
    d->slot_bits = bits;
    for (size_t number = 0; number < d->length; number++)
        if (d->entries[number].address) slot_fill(d, (uint32_t)number);
    return true;
}

static uint32_t number_by_search(const MblockDirectory *d, const char *mblock)
{
    return d->committed ? d->by_address[slot_of(d, mblock)] : NO_MBLOCK;
}

/* ---- Asking */

uint32_t mblock_number(const MblockDirectory *d, const void *p)
{
    if (!d->base) return number_by_search(d, (char *)((Word)p & ~(Word)(MBLOCK_SIZE - 1)));
    Word number = ((Word)p - (Word)d->base) >> MBLOCK_SHIFT;
    return number < d->length && d->entries[number].address ? (uint32_t)number : NO_MBLOCK;
}

uint32_t mblock_carrier(const MblockDirectory *d, uint32_t number)
{
    while (!d->entries[number].carries) number--;
    return number;
}

const char *mblock_directory_meets(const MblockDirectory *d, const char *run, size_t mblocks)
{
    for (const char *mblock = run; mblocks > 0; mblocks--, mblock += MBLOCK_SIZE)
        if (mblock_number(d, mblock) != NO_MBLOCK) return mblock;
    return NULL;
}

/* ---- Entering and leaving */

/* The lowest number from which on so many are free. */
static size_t free_numbers(const MblockDirectory *d, size_t mblocks)
{
    size_t run = 0, number = d->lowest;
    for (; number < d->length && run < mblocks; number++) run = d->entries[number].address ? 0 : run + 1;
    return number - run;
}

static bool directory_grow(MblockDirectory *d, size_t room)
{
    if (room <= d->room) return true;
    size_t doubled = d->room ? 2 * d->room : FIRST_ROOM;
    if (room < doubled) room = doubled;
    MblockEntry *entries = realloc(d->entries, room * sizeof *entries);
    if (!entries) return false;
    d->entries = entries;
    if (!number_set_grow(&d->free_megas, room) || (!d->base && !slots_grow(d, room))) return false;
    memset(entries + d->room, 0, (room - d->room) * sizeof *entries);
    d->room = room;
    return true;
}

static void run_enter(MblockDirectory *d, size_t number, char *mblock, bool starts_run)
{
    d->entries[number] = (MblockEntry){.address = mblock, .starts_run = starts_run};
    if (!d->base) slot_fill(d, (uint32_t)number);
}

bool mblock_directory_add(MblockDirectory *d, char *run, size_t mblocks)
{
    size_t first = d->base ? (size_t)(run - d->base) >> MBLOCK_SHIFT : free_numbers(d, mblocks);
    size_t end = first + mblocks;
    if (end > MBLOCKS_AT_MOST || !directory_grow(d, end)) return false;
    for (size_t i = 0; i < mblocks; i++) run_enter(d, first + i, run + i * MBLOCK_SIZE, !d->base && i == 0);
    if (end > d->length) d->length = end;
    while (d->lowest < d->length && d->entries[d->lowest].address) d->lowest++;
    d->committed += mblocks;
    return true;
}

static void run_leave(MblockDirectory *d, size_t number)
{
    if (!d->base) slot_empty(d, slot_of(d, d->entries[number].address));
    d->carrying -= d->entries[number].carries;
    d->touched -= d->entries[number].touched;
    d->entries[number] = (MblockEntry){0};
}

void mblock_directory_remove(MblockDirectory *d, char *run, size_t mblocks)
{
    size_t first = mblock_number(d, run);
    /* What comes into the gap later is another run, with other numbers. */
    if (!d->base && first + mblocks < d->length) d->entries[first + mblocks].starts_run = true;
    for (size_t i = first; i < first + mblocks; i++) run_leave(d, i);
    while (d->length && !d->entries[d->length - 1].address) d->length--;
    if (first < d->lowest) d->lowest = first;
    d->committed -= mblocks;
}

void mblock_directory_free(MblockDirectory *d)
{
    free(d->entries);
    free(d->by_address);
    number_set_free(&d->free_megas);
}

void mblock_directory_carry(MblockDirectory *d, char *mblock, bool carries)
{
    MblockEntry *entry = &d->entries[mblock_number(d, mblock)];
    d->carrying += (size_t)carries - entry->carries;
    entry->carries = carries;
}

bool mblock_directory_touch(MblockDirectory *d, const char *mblock, size_t mblocks)
{
    size_t touched = d->touched;
    MblockEntry *entry = &d->entries[mblock_number(d, mblock)];
    for (MblockEntry *end = entry + mblocks; entry < end; entry++) {
        d->touched += !entry->touched;
        entry->touched = true;
    }
    return d->touched > touched;
}
