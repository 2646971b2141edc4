/* The directory of committed megablocks. Terms: blocks/mblock_directory.h. Over a source with a range a
 * number is arithmetic; over any other it is searched in an index sorted by address. */
#include "blocks/mblock_directory.h"
#include "blocks/block.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };
static const size_t number_limit = (size_t)1 << (32 - 8); /* a block's number has 32 bits */

/* The place in by_address of the first megablock at or above p. */
static size_t address_place(const MblockDirectory *d, const char *p)
{
    size_t low = 0, high = d->committed;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->entries[d->by_address[middle]].address < p)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t number_by_search(const MblockDirectory *d, char *mblock)
{
    size_t place = address_place(d, mblock);
    if (place == d->committed) return NO_MBLOCK;
    uint32_t number = d->by_address[place];
    return d->entries[number].address == mblock ? number : NO_MBLOCK;
}

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

/* The lowest number from which on so many are free. */
static size_t free_numbers(const MblockDirectory *d, size_t mblocks)
{
    size_t run = 0, number = 0;
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
    if (!d->base) {
        uint32_t *by_address = realloc(d->by_address, room * sizeof *by_address);
        if (!by_address) return false;
        d->by_address = by_address;
    }
    memset(entries + d->room, 0, (room - d->room) * sizeof *entries);
    d->room = room;
    return true;
}

bool mblock_directory_add(MblockDirectory *d, char *run, size_t mblocks)
{
    size_t first = d->base ? (size_t)(run - d->base) >> MBLOCK_SHIFT : free_numbers(d, mblocks);
    size_t end = first + mblocks;
    if (end > number_limit || !directory_grow(d, end)) return false;
    size_t place = d->base ? 0 : address_place(d, run);
    for (size_t i = 0; i < mblocks; i++)
        d->entries[first + i] =
            (MblockEntry){.address = run + i * MBLOCK_SIZE, .starts_run = !d->base && i == 0};
    if (!d->base) {
        uint32_t *at = d->by_address + place;
        memmove(at + mblocks, at, (d->committed - place) * sizeof *at);
        for (size_t i = 0; i < mblocks; i++) at[i] = (uint32_t)(first + i);
    }
    if (end > d->length) d->length = end;
    d->committed += mblocks;
    return true;
}

void mblock_directory_remove(MblockDirectory *d, char *run, size_t mblocks)
{
    size_t first = mblock_number(d, run);
    if (!d->base) {
        size_t place = address_place(d, run);
        uint32_t *at = d->by_address + place;
        memmove(at, at + mblocks, (d->committed - place - mblocks) * sizeof *at);
    }
    /* What comes into the gap later is another run, with other numbers. */
    if (!d->base && first + mblocks < d->length) d->entries[first + mblocks].starts_run = true;
    for (size_t i = first; i < first + mblocks; i++) {
        d->carrying -= d->entries[i].carries;
        d->entries[i] = (MblockEntry){0};
    }
    while (d->length && !d->entries[d->length - 1].address) d->length--;
    d->committed -= mblocks;
}

void mblock_directory_free(MblockDirectory *d)
{
    free(d->entries);
    free(d->by_address);
}

void mblock_directory_carry(MblockDirectory *d, char *mblock, bool carries)
{
    MblockEntry *entry = &d->entries[mblock_number(d, mblock)];
    d->carrying += (size_t)carries - entry->carries;
    entry->carries = carries;
}
