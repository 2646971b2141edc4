/* The sanity checker's map: every group of the block layer, and from any address to its group and its mark.
 */
#include "gc/sanity_private.h"

#include <stdlib.h>

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

void sanity_list_reserve(ClosureList *list, size_t more)
{
    if (list->room - list->count >= more) return;
    while (list->room - list->count < more) list->room = list->room ? 2 * list->room : 256;
    list->closures = must(realloc(list->closures, list->room * sizeof *list->closures));
}

void sanity_list_add(ClosureList *list, Closure *c)
{
    sanity_list_reserve(list, 1);
    list->closures[list->count++] = c;
}

/* ---- Megablocks */

static size_t place_of(const SanityMap *map, Word base) { return (base >> MBLOCK_SHIFT) & map->table_mask; }

static void table_clear(SanityMap *map)
{
    for (size_t i = 0; i <= map->table_mask; i++) map->table[i] = map->nowhere;
}

/* Addresses have 47 bits, so that at 27 bits there is a place for each megablock. */
static void table_double(SanityMap *map)
{
    map->table_mask = 2 * map->table_mask + 1;
    map->table = must(realloc(map->table, (map->table_mask + 1) * sizeof(void *)));
    table_clear(map);
    for (SanityMegablock *m = map->megablocks; m;) {
        SanityMegablock **place = &map->table[place_of(map, m->base)];
        if (*place == map->nowhere) {
            *place = m;
            m = m->next;
        } else {
            table_double(map);
            return;
        }
    }
}

static SanityMegablock *megablock_new(SanityMap *map)
{
    SanityMegablock *m = map->spare;
    if (m)
        map->spare = m->next;
    else
        m = must(calloc(1, sizeof *m));
    memset(m->group, 0, sizeof m->group);
    memset(m->former_group, 0, sizeof m->former_group);
    memset(m->rank, sanity_rank(SANITY_NO_OBJECTS), sizeof m->rank);
    return m;
}

static SanityMegablock *megablock_at(SanityMap *map, Word base)
{
    SanityMegablock *m = sanity_megablock(map, base);
    if (m) return m;
    while (map->table[place_of(map, base)] != map->nowhere) table_double(map);
    m = megablock_new(map);
    m->base = base;
    m->next = map->megablocks;
    map->megablocks = m;
    return map->table[place_of(map, base)] = m;
}

static void megablocks_begin(SanityMap *map)
{
    for (SanityMegablock *m = map->megablocks; m; m = m->next) {
        memcpy(m->former_group, m->group, sizeof m->group);
        memset(m->group, 0, sizeof m->group);
        memset(m->rank, sanity_rank(SANITY_NO_OBJECTS), sizeof m->rank);
        m->used = false;
    }
}

/* Those that hold no group any more. */
static void megablocks_forget(SanityMap *map)
{
    SanityMegablock **link = &map->megablocks;
    for (SanityMegablock *m; (m = *link);) {
        if (m->used) {
            link = &m->next;
            continue;
        }
        *link = m->next;
        map->table[place_of(map, m->base)] = map->nowhere;
        m->next = map->spare;
        map->spare = m;
    }
}

static SanityMap *map_new(void)
{
    SanityMap *map = must(calloc(1, sizeof *map));
    map->nowhere = megablock_new(map);
    map->nowhere->base = 1;
    map->table = must(malloc(sizeof(void *)));
    table_clear(map);
    return map;
}

void sanity_unmark(Sanity *s)
{
    for (SanityMegablock *m = s->map->megablocks; m; m = m->next) memset(m->word, 0, sizeof m->word);
}

/* ---- Groups */

static Word base_of(const void *address) { return (Word)address & ~(Word)(MBLOCK_SIZE - 1); }

/* The same group of the check before: what was proved of it comes along. */
static void find_former(const SanityMap *map, SanityGroup *g)
{
    const SanityMegablock *m = sanity_megablock(map, (Word)g->start);
    uint32_t index = m ? m->former_group[sanity_block_index((Word)g->start)] : 0;
    const SanityGroup *f = index ? &map->former[index - 1] : NULL;
    if (!f || f->block != g->block || f->start != g->start || f->gen_no != g->gen_no ||
        f->owner != g->owner || f->block_count != g->block_count || f->from_space || g->free < f->free)
        return;
    g->former = index;
}

static void enter_group(SanityMap *map, const SanityGroup *g, uint32_t index)
{
    Word at = (Word)g->start;
    for (uint32_t left = g->block->blocks; left > 0;) {
        SanityMegablock *m = megablock_at(map, base_of((void *)at));
        uint32_t first = sanity_block_index(at),
                 count = MBLOCK_BLOCKS - first < left ? MBLOCK_BLOCKS - first : left;
        m->used = true;
        for (uint32_t b = first; b < first + count; b++) m->group[b] = index;
        if (g->has_objects) memset(&m->rank[first], sanity_rank(g->gen_no), count);
        memset(&m->copies[first], g->block->flags & BF_TO_SPACE ? m->rank[first] : 0, count);
        if (g->has_objects && !g->former) memset(&m->word[first * BLOCK_WORDS], 0, count * BLOCK_WORDS);
        at += count * BLOCK_SIZE;
        left -= count;
    }
}

/* What is known of the group already, if anything. */
static SanityProof *proof_of(const SanityMap *map, const SanityGroup *g)
{
    if (!g->has_objects) return NULL;
    SanityProof *proof = &sanity_megablock(map, (Word)g->start)->proof[sanity_block_index((Word)g->start)];
    if (!g->former) *proof = (SanityProof){0};
    return proof;
}

static bool add_group(void *context, BlockDescr *block)
{
    Sanity *s = context;
    SanityMap *map = s->map;
    if (map->group_count == map->group_room) {
        map->group_room = map->group_room ? 2 * map->group_room : 256;
        map->groups = must(realloc(map->groups, map->group_room * sizeof *map->groups));
    }
    SanityGroup *g = &map->groups[map->group_count++];
    *g = (SanityGroup){.block = block,
                       .start = block->start,
                       .free = block->free,
                       .block_count = block->blocks,
                       .gen_no = block->gen_no,
                       .owner = block->owner,
                       .has_objects = sanity_owner_has_objects((BlockOwner)block->owner)};
    Word *end = block->start + block_group_words(block);
    if (!g->has_objects || g->free < g->start || g->free > end) g->free = g->start;
    if (block == s->h->nursery.current) g->free = s->h->heap.hp;
    find_former(map, g);
    enter_group(map, g, (uint32_t)map->group_count);
    g->proof = proof_of(map, g);
    return true;
}

static void groups_exchange(SanityMap *map)
{
    SanityGroup *groups = map->former;
    size_t room = map->former_room;
    map->former = map->groups;
    map->former_count = map->group_count;
    map->former_room = map->group_room;
    map->groups = groups;
    map->group_count = 0;
    map->group_room = room;
}

/* Tables may have changed since. Where a 0 would be looked for stands what is looked for elsewhere. */
static void known_forget(SanityMap *map)
{
    memset(map->known, 0, sizeof map->known);
    map->known[0].header = _Alignof(InfoTable);
}

void sanity_map_make(Sanity *s)
{
    if (!s->h->sanity_map) s->h->sanity_map = map_new();
    s->map = s->h->sanity_map;
    groups_exchange(s->map);
    known_forget(s->map);
    megablocks_begin(s->map);
    block_each_group(s->h->heap.blocks, add_group, s);
    megablocks_forget(s->map);
}

static void megablock_list_free(SanityMegablock *m)
{
    for (SanityMegablock *next; m; m = next) {
        next = m->next;
        free(m->number);
        free(m);
    }
}

void sanity_map_free(SanityMap *map)
{
    if (!map) return;
    megablock_list_free(map->megablocks);
    megablock_list_free(map->spare);
    free(map->nowhere);
    free(map->table);
    free(map->groups);
    free(map->former);
    free(map->threads.closures);
    free(map->holes.closures);
    free(map->aside.closures);
    free(map->aside_former.closures);
    free(map->asked.closures);
    free(map->asked_former.closures);
    free(map->saved);
    sanity_graph_free(map->graph);
    free(map->watched);
    free(map);
}

/* ---- Asking */

SanityGroup *sanity_group_of_block(Sanity *s, const BlockDescr *block)
{
    Word index = ((Word)block & (MBLOCK_SIZE - 1)) >> BLOCK_DESCR_SHIFT;
    if (index >= MBLOCK_BLOCKS) return NULL;
    SanityGroup *g = sanity_group_of(s, (char *)base_of(block) + (index << BLOCK_SHIFT));
    return g && g->block == block ? g : NULL;
}

bool sanity_info_is_known(Sanity *s, Word header)
{
    return sanity_known(s->map, header)->header == header || info_is_known(s->h->heap.infos, header);
}
