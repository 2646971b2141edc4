/* The sanity checker's map: every group of the block layer, and from any address to its group. */
#include "gc/sanity_private.h"

#include <stdlib.h>
#include <string.h>

static void *must(void *memory)
{
    require(memory, "out of memory for a sanity check");
    return memory;
}

bool sanity_owner_has_objects(BlockOwner owner)
{
    return owner == OWNER_NURSERY || owner == OWNER_GENERATION || owner == OWNER_LARGE ||
           owner == OWNER_PINNED || owner == OWNER_STATIC;
}

/* ---- Groups */

static bool add_group(void *context, BlockDescr *block)
{
    Sanity *s = context;
    if (s->group_count == s->group_room) {
        s->group_room = s->group_room ? 2 * s->group_room : 256;
        s->groups = must(realloc(s->groups, s->group_room * sizeof *s->groups));
    }
    SanityGroup group = {.block = block,
                         .start = block->start,
                         .free = block->free,
                         .first_bit = s->bits,
                         .gen_no = block->gen_no,
                         .owner = (BlockOwner)block->owner,
                         .has_objects = sanity_owner_has_objects((BlockOwner)block->owner)};
    Word *end = block->start + block_group_words(block);
    if (!group.has_objects || group.free < group.start || group.free > end) group.free = group.start;
    if (block == s->h->nursery.current) group.free = s->h->heap.hp;
    s->bits += (size_t)(group.free - group.start);
    s->groups[s->group_count++] = group;
    return true;
}

/* ---- Megablocks */

static int by_base(const void *a, const void *b)
{
    Word x = ((const SanityMegablock *)a)->base, y = ((const SanityMegablock *)b)->base;
    return x < y ? -1 : x > y;
}

static Word base_of(const void *address) { return (Word)address & ~(Word)(MBLOCK_SIZE - 1); }

/* Megablocks that a group touches. */
static size_t group_megablocks(const SanityGroup *g)
{
    Word last = (Word)(g->start + block_group_words(g->block) - 1);
    return ((base_of((void *)last) - base_of(g->start)) >> MBLOCK_SHIFT) + 1;
}

static void collect_megablocks(Sanity *s)
{
    size_t room = 0;
    for (size_t i = 0; i < s->group_count; i++) room += group_megablocks(&s->groups[i]);
    s->megablocks = must(calloc(room ? room : 1, sizeof *s->megablocks));
    Word last = 0;
    for (size_t i = 0; i < s->group_count; i++) {
        Word base = base_of(s->groups[i].start);
        for (size_t k = 0; k < group_megablocks(&s->groups[i]); k++, base += MBLOCK_SIZE)
            if (base != last) s->megablocks[s->megablock_count++].base = last = base;
    }
    qsort(s->megablocks, s->megablock_count, sizeof *s->megablocks, by_base);
}

static SanityMegablock *find_megablock(Sanity *s, Word base)
{
    SanityMegablock key = {.base = base};
    return bsearch(&key, s->megablocks, s->megablock_count, sizeof key, by_base);
}

const SanityMegablock *sanity_find_megablock(Sanity *s, Word base)
{
    const SanityMegablock *found = find_megablock(s, base);
    if (found) s->last_found = found;
    return found;
}

static void fill_megablocks(Sanity *s)
{
    for (size_t i = 0; i < s->group_count; i++) {
        Word at = (Word)s->groups[i].start;
        for (uint32_t b = 0; b < s->groups[i].block->blocks; b++, at += BLOCK_SIZE) {
            SanityMegablock *m = find_megablock(s, base_of((void *)at));
            m->group[(at & (MBLOCK_SIZE - 1)) >> BLOCK_SHIFT] = (uint32_t)i + 1;
        }
    }
}

static uint64_t *bits_new(const Sanity *s) { return must(calloc(s->bits / 64 + 1, sizeof(uint64_t))); }

void sanity_map_make(Sanity *s)
{
    block_each_group(s->h->heap.blocks, add_group, s);
    collect_megablocks(s);
    fill_megablocks(s);
    s->starts = bits_new(s);
    s->remembered = bits_new(s);
    s->cafs = bits_new(s);
}

void sanity_map_free(Sanity *s)
{
    free(s->groups);
    free(s->megablocks);
    free(s->starts);
    free(s->remembered);
    free(s->cafs);
    free(s->reached);
    free(s->threads);
}

/* ---- Asking */

SanityGroup *sanity_group_of_block(Sanity *s, const BlockDescr *block)
{
    Word index = ((Word)block & (MBLOCK_SIZE - 1)) >> BLOCK_DESCR_SHIFT;
    if (index >= MBLOCK_BLOCKS) return NULL;
    SanityGroup *g = sanity_group_of(s, (char *)base_of(block) + (index << BLOCK_SHIFT));
    return g && g->block == block ? g : NULL;
}
