/* The block layer's invariants, each as one function that reads as its sentence.
 *
 * Always true of a check:
 *   - It changes nothing, and it never faults: a link is followed only if it leads to a descriptor, a list no
 *     further than there are blocks, a megablock no further than its descriptors add up.
 *   - It believes descriptors and list links, never a counter; counters are what 7 and 15 prove.
 *   - It looks at everything and reports everything.
 *
 * They run in the order in which one follows from another, so that the first report is the cause. */
#include "blocks/allocator.h"
#include "blocks/guard_private.h"
#include "blocks/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Check {
    BlockAllocator *a;
    BlockReport report;
    void *context;
    size_t looked; /* at groups, list members, megablocks and counters */
    bool sample_poison;
    uint32_t turn;
    uint8_t *lists; /* by block number: on how many free lists the group that starts there is */
    int ends[2];    /* of a pipe that tells what can be read */
    bool small;     /* the lists are the placement's */
} Check;

#define complain(c, invariant, place, ...) (c)->report((c)->context, invariant, place, __VA_ARGS__)

/* ---- Walks */

typedef void (*GroupCheck)(Check *c, BlockDescr *g);

typedef struct GroupWalk {
    Check *check;
    GroupCheck visit;
} GroupWalk;

static bool group_visit(void *context, BlockDescr *g)
{
    GroupWalk *walk = context;
    walk->check->looked++;
    walk->visit(walk->check, g);
    return true;
}

static void each_group(Check *c, GroupCheck visit)
{
    block_each_group(c->a, group_visit, &(GroupWalk){c, visit});
}

/* ---- 8: every committed megablock is tiled exactly by groups */

/* The number of the first megablock behind the groups that start in megablock `number`. */
static size_t tiles_end(Check *c, size_t number)
{
    BlockDescr *first = mblock_first(c->a->directory.entries[number].address), *g = first;
    uint32_t index = FIRST_BLOCK;
    for (; index < MBLOCK_BLOCKS && block_group_fits(c->a, g); g = first + (index - FIRST_BLOCK)) {
        index += g->blocks;
        c->looked++;
    }
    if (index < MBLOCK_BLOCKS)
        complain(c, 8, block_memory(g), "no group of %u blocks fits at block %u of megablock %zu", g->blocks,
                 index, number);
    return number + (group_is_mega(first) && index >= MBLOCK_BLOCKS ? mega_mblocks(first) : 1);
}

static void check_tiling(Check *c)
{
    const MblockDirectory *d = &c->a->directory;
    size_t covered = 0;
    for (size_t number = 0; number < d->length; number++) {
        const MblockEntry *entry = &d->entries[number];
        if (!entry->address) continue;
        c->looked++;
        if (entry->carries)
            covered = tiles_end(c, number);
        else if (number >= covered)
            complain(c, 8, entry->address, "megablock %zu belongs to no group", number);
    }
}

/* ---- 3: a group's other descriptors lead to its head and have no blocks; a free group's last one does */

static void tail_check(Check *c, const BlockDescr *g, uint32_t i)
{
    if (g[i].blocks != 0)
        complain(c, 3, block_memory(g + i), "descriptor %u of group %u has %u blocks, not 0", i, g->number,
                 g[i].blocks);
    else if (g[i].link != g)
        complain(c, 3, block_memory(g + i), "descriptor %u of group %u does not lead to its head", i,
                 g->number);
}

static void check_tails(Check *c, BlockDescr *g)
{
    uint32_t described = group_is_mega(g) ? USABLE_BLOCKS : g->blocks;
    if (block_is_free(g) && group_is_mega(g)) return;
    for (uint32_t i = block_is_free(g) && described > 1 ? described - 1 : 1; i < described; i++)
        tail_check(c, g, i);
}

/* ---- 1, 2, 6: the free lists. The placement checks its own; the mega list is a list like any other. */

static uint8_t *lists_of(const Check *c, const BlockDescr *g)
{
    return &c->lists[(mblock_number(&c->a->directory, g) * MBLOCK_BLOCKS) + block_index(g)];
}

/* A member is followed the first time it is met: a list that runs in a circle ends. */
static bool member_noted(const PlacementCheck *pc, BlockDescr *g)
{
    Check *c = pc->context;
    if (!block_is_descriptor(c->a, g)) return false;
    c->looked++;
    uint8_t *lists = lists_of(c, g);
    if (*lists < UINT8_MAX) ++*lists;
    if (c->small && group_is_mega(g))
        complain(c, 6, block_memory(g), "free group %u of %u blocks is on a small list", g->number,
                 g->blocks);
    return *lists == 1;
}

static bool descriptor_readable(const PlacementCheck *pc, const BlockDescr *b)
{
    return block_is_descriptor(((Check *)pc->context)->a, b);
}

__attribute__((format(printf, 4, 5))) static void list_reported(const PlacementCheck *pc, int invariant,
                                                                const BlockDescr *g, const char *format, ...)
{
    Check *c = pc->context;
    char what[128];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    complain(c, invariant, block_memory(g), "free group %u %s", g->number, what);
}

/* ---- 5: the mega list is strictly sorted, by numbers (over a range those are addresses), non-adjacent, and
 * of megagroups */

static void check_mega(Check *c, BlockDescr *g)
{
    const Word *place = block_memory(g);
    if (!group_is_mega(g) || (g->blocks - USABLE_BLOCKS) % MBLOCK_BLOCKS) {
        complain(c, 5, place, "free megagroup %u has %u blocks", g->number, g->blocks);
        return;
    }
    const MblockDirectory *d = &c->a->directory;
    if (!number_set_has(&d->free_megas, mblock_number(d, g)))
        complain(c, 5, place, "free megagroup %u is not found by its number", g->number);
    if (mega_mblocks(g) > c->a->mega_most)
        complain(c, 5, place,
                 "free megagroup %u has %zu megablocks, more than the most there is said to be, %zu",
                 g->number, mega_mblocks(g), c->a->mega_most);
    if (!block_is_descriptor(c->a, g->link)) return;
    if (mblock_number(d, g->link) <= mblock_number(d, g))
        complain(c, 5, place, "free megagroup %u does not lie before %u, the next", g->number,
                 g->link->number);
    else if (mega_adjacent(c->a, g, g->link))
        complain(c, 5, place, "free megagroups %u and %u are adjacent", g->number, g->link->number);
}

/* Megagroups are found by number that are free, and no others. */
static void found_check(Check *c, BlockDescr *g)
{
    const MblockDirectory *d = &c->a->directory;
    if (block_index(g) == FIRST_BLOCK && !(group_is_mega(g) && block_is_free(g)) &&
        number_set_has(&d->free_megas, mblock_number(d, g)))
        complain(c, 5, block_memory(g), "group %u, no free megagroup, is found as one by its number",
                 g->number);
}

/* Fills `lists`; 5 is looked at when links have been. */
static void check_free_lists(Check *c)
{
    PlacementCheck pc = {
        .context = c, .member = member_noted, .readable = descriptor_readable, .report = list_reported};
    const BlockPlacer *placer = c->a->placer;
    c->small = true;
    placer->functions->check(placer->state, &pc);
    c->small = false;
    size_t megas = list_check(c->a->mega, &pc);
    for (BlockDescr *g = c->a->mega; megas > 0; g = g->link, megas--) check_mega(c, g);
}

/* ---- 1, 9: what is on a free list is marked free; every group has exactly one owner: a free list, or a name
 */

static void owner_check(Check *c, BlockDescr *g)
{
    unsigned lists = *lists_of(c, g);
    const Word *place = block_memory(g);
    if (lists && g->free != BLOCK_FREE)
        complain(c, 1, place, "group %u is on a free list, and its free is not -1", g->number);
    if (g->owner >= OWNER_COUNT)
        complain(c, 9, place, "group %u has the unknown owner %u", g->number, g->owner);
    else if (block_is_free(g) && lists != 1)
        complain(c, 9, place, "free group %u is on %u free lists", g->number, lists);
    else if (!block_is_free(g) && lists != 0)
        complain(c, 9, place, "group %u of %s is on a free list", g->number, block_owner_names[g->owner]);
}

/* ---- 4: no two free groups of a megablock are adjacent */

static void check_coalesced(Check *c, BlockDescr *g)
{
    if (!block_is_free(g) || block_index(g) + g->blocks >= MBLOCK_BLOCKS) return;
    const BlockDescr *next = g + g->blocks;
    if (next->blocks && block_is_free(next))
        complain(c, 4, block_memory(g), "free groups %u and %u are adjacent", g->number, next->number);
}

/* ---- 14: an allocated group's free pointer lies in it */

static void check_free_pointer(Check *c, BlockDescr *g)
{
    const Word *start = block_memory(g), *end = start + block_group_words(g);
    if (g->start != start) complain(c, 14, start, "group %u does not start where it lies", g->number);
    if (block_is_free(g)) return;
    if (g->free < start || g->free > end)
        complain(c, 14, start, "free of group %u lies %td words from its start; it has %zu", g->number,
                 ((ptrdiff_t)g->free - (ptrdiff_t)start) / (ptrdiff_t)WORD_BYTES, block_group_words(g));
}

/* ---- 7: the blocks of all owners and the free ones add up to the committed ones, and to the counters */

typedef struct Inventory {
    Check *check;
    size_t owner_blocks[OWNER_COUNT], blocks, usable, groups;
} Inventory;

static bool inventory_add(void *context, BlockDescr *g)
{
    Inventory *inventory = context;
    size_t gap = group_is_mega(g) ? (mega_mblocks(g) - 1) * FIRST_BLOCK : 0;
    inventory->usable += g->blocks - gap;
    if (g->owner < OWNER_COUNT) inventory->owner_blocks[g->owner] += g->blocks;
    if (!block_is_held(g)) return true;
    inventory->blocks += g->blocks;
    inventory->groups++;
    return true;
}

static void account_check(Check *c, const char *what, size_t counted, size_t found)
{
    c->looked++;
    if (counted != found) complain(c, 7, NULL, "%s: counted %zu, found %zu", what, counted, found);
}

static void check_inventory(Check *c)
{
    Inventory found = {.check = c};
    BlockCounters counted;
    block_each_group(c->a, inventory_add, &found);
    block_counters(c->a, &counted);
    account_check(c, "usable blocks committed", counted.committed_mblocks * USABLE_BLOCKS, found.usable);
    account_check(c, "blocks with an owner", counted.allocated_blocks, found.blocks);
    account_check(c, "groups taken less returned", counted.groups_taken - counted.groups_returned,
                  found.groups);
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++)
        account_check(c, block_owner_names[owner], counted.owner_blocks[owner], found.owner_blocks[owner]);
}

/* ---- 15: high-water marks are not below what they mark; no counter is negative */

static void mark_check(Check *c, const char *what, size_t peak, size_t now)
{
    c->looked++;
    if (peak < now) complain(c, 15, NULL, "%s: the peak %zu is below the present %zu", what, peak, now);
}

static void sign_check(Check *c, const char *what, size_t count)
{
    c->looked++;
    if (count > PTRDIFF_MAX) complain(c, 15, NULL, "%s: negative, -%zu", what, -count);
}

static void check_marks(Check *c)
{
    BlockCounters n;
    block_counters(c->a, &n);
    mark_check(c, "megablocks", n.peak_mblocks, n.committed_mblocks);
    mark_check(c, "touched megablocks", n.peak_touched_mblocks, n.touched_mblocks);
    mark_check(c, "blocks", n.peak_blocks, n.allocated_blocks);
    sign_check(c, "megablocks", n.committed_mblocks);
    sign_check(c, "blocks", n.allocated_blocks);
    sign_check(c, "groups", n.groups_taken - n.groups_returned);
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++)
        sign_check(c, block_owner_names[owner], n.owner_blocks[owner]);
}

/* Asks the system, which answers with an error where a read would fault. */
static bool can_be_read(const int ends[2], const void *p)
{
    char byte;
    return write(ends[1], p, 1) == 1 && read(ends[0], &byte, 1) == 1;
}

/* ---- 11: free memory is still poisoned; or under a guard, what it has closed cannot be read */

static bool closed_is_sound(Check *c, BlockDescr *g, uint32_t block)
{
    const Word *start = block_memory(g) + block * BLOCK_WORDS;
    if (!guard_is_closed(c->a->guard, start) || !can_be_read(c->ends, start)) return true;
    complain(c, 11, start, "block %u of freed group %u can be read", block, g->number);
    return false;
}

static bool poison_is_sound(Check *c, BlockDescr *g, uint32_t block)
{
    const Word *memory = block_memory(g), *start = memory + block * BLOCK_WORDS, *end = start + BLOCK_WORDS;
    const Word *bad = block_first_unpoisoned(start, end);
    if (bad == end) return true;
    complain(c, 11, bad, "word %td of free group %u was written: %#zx", bad - memory, g->number,
             (size_t)*bad);
    return false;
}

/* Of large free memory one block in so many, another one each time, so that the cost stays in proportion. */
enum { POISON_SAMPLE = 16, POISON_ALL_BLOCKS = 1024 };

static void check_free_memory(Check *c, BlockDescr *g)
{
    if (block_is_held(g)) return;
    uint32_t step = c->sample_poison ? POISON_SAMPLE : 1;
    bool sound = true;
    for (uint32_t b = c->sample_poison ? (c->turn - g->number) % POISON_SAMPLE : 0; sound && b < g->blocks;
         b += step)
        sound = c->a->guard ? closed_is_sound(c, g, b) : poison_is_sound(c, g, b);
}

/* ---- 10: what was given back to the system is unreadable, and is what no group claims */

static void check_given_back(Check *c)
{
    const MblockDirectory *d = &c->a->directory;
    if (!c->a->source->inaccessible || !d->base) return;
    for (size_t n = 0; n < d->length; n++) {
        char *mblock = d->base + n * MBLOCK_SIZE;
        bool readable = can_be_read(c->ends, mblock), committed = d->entries[n].address != NULL;
        bool closed = committed && c->a->guard && guard_is_closed(c->a->guard, mblock);
        c->looked++;
        if (readable && !committed)
            complain(c, 10, mblock, "megablock %zu was given back, and can be read", n);
        if (committed && !readable && !closed)
            complain(c, 10, mblock, "megablock %zu is committed, and cannot be read", n);
    }
}

static bool much_is_free(const BlockAllocator *a)
{
    BlockCounters n;
    block_counters(a, &n);
    return n.owner_blocks[OWNER_FREE] + n.owner_blocks[OWNER_GUARDED] > POISON_ALL_BLOCKS;
}

size_t block_check(BlockAllocator *a, uint32_t turn, BlockReport report, void *context)
{
    Check c = {.a = a, .report = report, .context = context, .turn = turn, .sample_poison = much_is_free(a)};
    c.lists = calloc(a->directory.length + 1, MBLOCK_BLOCKS);
    require(c.lists && pipe(c.ends) == 0, "no memory to check the block layer");
    check_given_back(&c);
    check_tiling(&c);
    each_group(&c, check_tails);
    check_free_lists(&c);
    each_group(&c, owner_check);
    each_group(&c, check_coalesced);
    each_group(&c, check_free_pointer);
    check_inventory(&c);
    check_marks(&c);
    each_group(&c, found_check);
    if (a->poison || a->guard) each_group(&c, check_free_memory);
    free(c.lists);
    close(c.ends[0]);
    close(c.ends[1]);
    return c.looked;
}
