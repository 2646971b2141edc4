/* Asking the block layer: counters, walks over all groups, what an address belongs to, how it is called.
 *
 * Nothing here changes anything, and nothing here faults, whatever the descriptors say: a walk stops in a
 * megablock where they do not add up (block_check tells where). */
#include "blocks/allocator.h"

#include <stdio.h>
#include <string.h>

const char *const block_owner_names[OWNER_COUNT] = {
#define BLOCK_OWNER(name, text) #name,
#include "blocks/owners.def"
#undef BLOCK_OWNER
};

const char *block_site_text(unsigned site)
{
    static const char *const texts[SITE_COUNT] = {
#define BLOCK_SITE(name, text) text,
#include "blocks/sites.def"
#undef BLOCK_SITE
    };
    return site < SITE_COUNT ? texts[site] : "a site that there is not";
}

/* What has no name comes last, in hexadecimal. */
void block_flags_print(unsigned flags, char *out, size_t size)
{
    static const struct {
        unsigned bit;
        const char *name;
    } rows[] = {
#define BLOCK_FLAG(name, bit, what) {bit, #name},
#include "blocks/flags.def"
#undef BLOCK_FLAG
    };
    size_t length = (size_t)snprintf(out, size, "%s", flags ? "" : "none");
    for (size_t i = 0; i < sizeof rows / sizeof *rows && length < size; i++) {
        if (!(flags & rows[i].bit)) continue;
        length += (size_t)snprintf(out + length, size - length, "%s%s", length ? "|" : "", rows[i].name);
        flags &= ~rows[i].bit;
    }
    if (flags && length < size) snprintf(out + length, size - length, "%s%#x", length ? "|" : "", flags);
}

void block_counters(const BlockAllocator *a, BlockCounters *out)
{
    const MblockDirectory *d = &a->directory;
    size_t capacity = d->committed * MBLOCK_BLOCKS - d->carrying * FIRST_BLOCK;
    *out = a->counters;
    out->committed_mblocks = d->committed;
    out->touched_mblocks = d->touched;
    out->owner_blocks[OWNER_FREE] = capacity - out->allocated_blocks - out->owner_blocks[OWNER_GUARDED];
}

/* ---- Groups */

static bool mega_fits(const BlockAllocator *a, const BlockDescr *head)
{
    const MblockDirectory *d = &a->directory;
    if (block_index(head) != FIRST_BLOCK || (head->blocks - USABLE_BLOCKS) % MBLOCK_BLOCKS) return false;
    size_t first = mblock_number(d, head), mblocks = mega_mblocks(head);
    if (mblocks > d->length - first) return false;
    for (size_t i = 1; i < mblocks; i++) {
        const MblockEntry *entry = &d->entries[first + i];
        if (entry->address != mblock_of(head) + i * MBLOCK_SIZE || entry->carries) return false;
    }
    return true;
}

bool block_group_fits(const BlockAllocator *a, const BlockDescr *head)
{
    if (head->blocks >= USABLE_BLOCKS) return mega_fits(a, head);
    return head->blocks > 0 && block_index(head) + head->blocks <= MBLOCK_BLOCKS;
}

static bool mblock_each_group(BlockAllocator *a, char *mblock, bool (*visit)(void *, BlockDescr *),
                              void *context)
{
    BlockDescr *g = mblock_first(mblock);
    for (uint32_t index = FIRST_BLOCK; index < MBLOCK_BLOCKS && block_group_fits(a, g);) {
        uint32_t blocks = g->blocks;
        if (!visit(context, g)) return false;
        index += blocks;
        g += blocks;
    }
    return true;
}

void block_each_group(BlockAllocator *a, bool (*visit)(void *context, BlockDescr *group), void *context)
{
    const MblockDirectory *d = &a->directory;
    for (size_t i = 0; i < d->length; i++) {
        MblockEntry entry = d->entries[i];
        if (entry.address && entry.carries && !mblock_each_group(a, entry.address, visit, context)) return;
    }
}

/* ---- Inventory */

enum { INVENTORY_LINES = 20 };

typedef struct Inventory {
    FILE *out;
    size_t groups;
} Inventory;

static bool inventory_add(void *context, BlockDescr *g)
{
    Inventory *inventory = context;
    if (!block_is_held(g)) return true;
    const char *owner = g->owner < OWNER_COUNT ? block_owner_names[g->owner] : "an unknown owner";
    if (inventory->groups++ < INVENTORY_LINES)
        fprintf(inventory->out, "  block %u: %u block(s) of %s, generation %u; taken for: %s\n", g->number,
                g->blocks, owner, g->gen_no, block_site_text(g->site));
    return true;
}

size_t block_inventory(BlockAllocator *a, FILE *out)
{
    Inventory inventory = {.out = out};
    block_each_group(a, inventory_add, &inventory);
    if (inventory.groups > INVENTORY_LINES)
        fprintf(out, "  and %zu more group(s)\n", inventory.groups - INVENTORY_LINES);
    return inventory.groups;
}

/* ---- Addresses */

static bool lies_in_descriptors(const MblockEntry *entry, const void *p)
{
    return entry->carries && ((Word)p & (MBLOCK_SIZE - 1)) < FIRST_BLOCK * BLOCK_SIZE;
}

bool block_contains(const BlockAllocator *a, const void *p)
{
    uint32_t number = mblock_number(&a->directory, p);
    return number != NO_MBLOCK && !lies_in_descriptors(&a->directory.entries[number], p);
}

bool block_is_descriptor(const BlockAllocator *a, const BlockDescr *b)
{
    uint32_t number = mblock_number(&a->directory, b), index = block_index(b);
    return number != NO_MBLOCK && a->directory.entries[number].carries && (Word)b % sizeof *b == 0 &&
           index >= FIRST_BLOCK && index < MBLOCK_BLOCKS;
}

BlockDescr *block_group_at(const BlockAllocator *a, const void *p)
{
    if (!block_contains(a, p)) return NULL;
    const MblockDirectory *d = &a->directory;
    uint32_t number = mblock_number(d, p), carrier = mblock_carrier(d, number);
    BlockDescr *g = carrier == number ? block_head(Bdescr(p)) : mblock_first(d->entries[carrier].address);
    if (!block_is_descriptor(a, g) || !block_is_held(g)) return NULL;
    return (Word)p - (Word)g->start < (Word)g->blocks << BLOCK_SHIFT ? g : NULL;
}

int block_address_print(const void *p, char *out, size_t size)
{
    return snprintf(out, size, "block %u +0x%zx", Bdescr(p)->number, (size_t)((Word)p & (BLOCK_SIZE - 1)));
}

const Word *block_first_unpoisoned(const Word *from, const Word *end)
{
    while (end - from >= 4 && !((from[0] ^ BLOCK_POISON) | (from[1] ^ BLOCK_POISON) |
                                (from[2] ^ BLOCK_POISON) | (from[3] ^ BLOCK_POISON)))
        from += 4;
    while (from < end && *from == BLOCK_POISON) from++;
    return from;
}
